using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Enrolment;

/// <summary>A picture that enrolment has read.</summary>
/// <param name="Digest">SHA-256 of the file, 32 bytes.</param>
/// <param name="Face">The reading of the networks.</param>
internal sealed record PictureReading(byte[] Digest, FaceReading Face)
{
    /// <summary>Returns a function that reads picture files with these networks, one after the other, into one buffer.</summary>
    /// <returns>A function that throws <see cref="InvalidDataException"/> for a file that is not a picture, and
    /// <see cref="NetworkFaultException"/> for a broken network.</returns>
    public static Func<string, PictureReading> With(FacePipeline pipeline, PictureUse use) => With(pipeline, use, PictureFile.ReadBytes);

    /// <summary>Returns a function that reads pictures with these networks, whose bytes another function reads, such as that of sealed
    /// files.</summary>
    /// <inheritdoc cref="With(FacePipeline, PictureUse)"/>
    public static Func<string, PictureReading> With(FacePipeline pipeline, PictureUse use, Func<string, byte[]> bytesOf)
    {
        Frame frame = new();
        return path =>
        {
            byte[] bytes = bytesOf(path);
            PictureFile.Decode(bytes, path, frame);
            return new PictureReading(SHA256.HashData(bytes), pipeline.ReadPicture(frame, use));
        };
    }
}
