using DoorAgent.Encodings;
using DoorAgent.Galleries;

namespace DoorAgent.Tests.Support;

/// <summary>Encodings without a network: unit vectors with a few values.</summary>
internal static class MadeEncodings
{
    public const int Dimension = 16;

    public static EncoderIdentity Encoder { get; } = new("made", new string('a', 64), 1, Dimension);

    /// <summary>Returns a unit vector in a plane at an angle; two such vectors are 2 sin(difference / 2) apart.</summary>
    public static FaceEncoding At(double degrees)
    {
        float[] vector = new float[Dimension];
        (vector[0], vector[1]) = ((float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180));
        return FaceEncoding.Normalised(vector);
    }

    /// <summary>Returns a picture with a made digest and quality.</summary>
    public static EnrolledPicture Picture(double degrees, byte digest, float quality = 1) =>
        new([.. Enumerable.Repeat(digest, 32)], quality, At(degrees));
}
