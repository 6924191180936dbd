using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Enrolment;

/// <summary>A picture file as enrolment reads it.</summary>
/// <param name="Digest">SHA-256 of the file, 32 bytes.</param>
/// <param name="Face">What the networks made of it.</param>
internal sealed record PictureReading(byte[] Digest, FaceReading Face)
{
    /// <summary>Reads picture files with these networks, one after the other into one buffer.</summary>
    /// <returns>A function that throws <see cref="InvalidDataException"/> for what is no picture, and
    /// <see cref="NetworkFaultException"/> for a broken network.</returns>
    public static Func<string, PictureReading> With(FacePipeline pipeline, PictureUse use)
    {
        Frame frame = new();
        return path =>
        {
            byte[] bytes = PictureFile.ReadBytes(path);
            PictureFile.Decode(bytes, path, frame);
            return new PictureReading(SHA256.HashData(bytes), pipeline.ReadPicture(frame, use));
        };
    }
}
