using System.Numerics.Tensors;
using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>The encoding of a face: a unit vector in the encoder's dimension (128 for the built-in encoder). Prints redacted.</summary>
internal sealed class FaceEncoding
{
    /// <summary>Maximum deviation of a stored vector's length from 1.</summary>
    public const float LengthTolerance = 1e-3f;

    private readonly float[] _vector;

    private FaceEncoding(float[] vector) => _vector = vector;

    public int Dimension => _vector.Length;

    public ReadOnlySpan<float> Vector => _vector;

    /// <summary>Copies <paramref name="raw"/>, scaled to unit length.</summary>
    /// <exception cref="NetworkFaultException">A value is not finite or all are zero: the network is broken; the door stays
    /// locked.</exception>
    public static FaceEncoding Normalised(ReadOnlySpan<float> raw)
    {
        float length = TensorPrimitives.Norm(raw);
        if (!float.IsFinite(length) || length < 1e-6f)
            throw new NetworkFaultException("The encoder returned a vector that is not finite or has no length: the network is broken.");
        float[] unit = new float[raw.Length];
        TensorPrimitives.Divide(raw, length, unit);
        return new FaceEncoding(unit);
    }

    /// <summary>Computes the mean of two encodings of one dimension, scaled to unit length.</summary>
    /// <exception cref="NetworkFaultException">The encodings are opposite.</exception>
    public static FaceEncoding MeanOf(FaceEncoding one, FaceEncoding other)
    {
        float[] sum = new float[one.Dimension];
        TensorPrimitives.Add(one._vector, other._vector, sum);
        return Normalised(sum);
    }

    /// <summary>Joins encodings of one face by several networks: their numbers one after the other, scaled to unit length. One encoding
    /// is returned as it is.</summary>
    public static FaceEncoding Joined(FaceEncoding[] parts)
    {
        if (parts.Length == 1)
            return parts[0];
        float[] joined = new float[parts.Sum(part => part.Dimension)];
        int at = 0;
        foreach (FaceEncoding part in parts)
        {
            part._vector.CopyTo(joined, at);
            at += part.Dimension;
        }

        return Normalised(joined);
    }

    /// <summary>Returns one of the encodings that were joined.</summary>
    /// <param name="numbers">The part's numbers; all of them return this encoding as it is.</param>
    /// <exception cref="NetworkFaultException">The part has no length.</exception>
    public FaceEncoding Part(Range numbers) =>
        numbers.GetOffsetAndLength(Dimension).Length == Dimension ? this : Normalised(_vector.AsSpan(numbers));

    /// <summary>Computes the Euclidean distance, 0 to 2.</summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public float DistanceTo(FaceEncoding other) => TensorPrimitives.Distance(_vector, other._vector);

    /// <summary>Returns the distance of two unit vectors with a dot product: sqrt(2 - 2 dot), 0 to 2.</summary>
    public static float DistanceOf(float dot) => MathF.Sqrt(MathF.Max(0, 2 - (2 * dot)));

    /// <summary>Omits the numbers, because an encoding is as personal as the face.</summary>
    public override string ToString() => $"encoding of {Dimension} numbers";
}
