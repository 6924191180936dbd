using System.Numerics.Tensors;

namespace DoorAgent.Encodings;

/// <summary>
/// The centre of a site: half the mean of its people's mean encodings. Faces before one camera in one light lie nearer to each other than
/// faces from many sources; subtracting the centre from every encoding removes a part of what they have in common. Immutable.
/// </summary>
internal sealed class EncodingCentre
{
    /// <summary>The part of the mean that is subtracted. The whole mean would also remove what distinguishes this site's people from
    /// others, and would remove too much where few people are known.</summary>
    public const float Share = 0.5f;

    private readonly float[] _vector;

    private EncodingCentre(float[] vector) => _vector = vector;

    public int Dimension => _vector.Length;

    /// <summary>The vector that is subtracted, at most half a unit long.</summary>
    public ReadOnlySpan<float> Vector => _vector;

    /// <summary>Computes the centre; every person has the same weight, however many encodings they have.</summary>
    /// <param name="vectors">Unit vectors, one after the other.</param>
    /// <param name="dimension">Length of one vector.</param>
    /// <param name="people">For each vector the number of its person, from 0.</param>
    /// <exception cref="ArgumentException">There is no vector, or the numbers do not fit each other.</exception>
    public static EncodingCentre Of(ReadOnlySpan<float> vectors, int dimension, ReadOnlySpan<int> people)
    {
        if (people.Length == 0 || vectors.Length != people.Length * dimension)
            throw new ArgumentException($"{vectors.Length} numbers are not {people.Length} vectors of {dimension}.", nameof(vectors));
        int[] counts = new int[people.ToArray().Max() + 1];
        foreach (int person in people)
            counts[person]++;
        int present = counts.Count(count => count > 0);
        // Sums of thousands of vectors lose digits in single precision.
        double[] sum = new double[dimension];
        for (int row = 0; row < people.Length; row++)
        {
            double weight = Share / ((double)counts[people[row]] * present);
            ReadOnlySpan<float> vector = vectors.Slice(row * dimension, dimension);
            for (int i = 0; i < dimension; i++)
                sum[i] += weight * vector[i];
        }

        return new EncodingCentre([.. sum.Select(value => (float)value)]);
    }

    /// <summary>Takes over a stored centre.</summary>
    /// <exception cref="InvalidDataException">The vector is not finite, or longer than a centre can be: probes could vanish.</exception>
    public static EncodingCentre Stored(ReadOnlySpan<float> vector) =>
        TensorPrimitives.Norm(vector) <= Share + FaceEncoding.LengthTolerance
            ? new EncodingCentre(vector.ToArray())
            : throw new InvalidDataException("its centre is not finite, or longer than half a unit");

    /// <summary>Subtracts the centre and scales to unit length.</summary>
    /// <param name="encoding">A unit vector.</param>
    /// <param name="into">Receives the result; may be the same memory.</param>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public void Apply(ReadOnlySpan<float> encoding, Span<float> into)
    {
        // A centre is at most half a unit long, so that at least half a unit remains.
        TensorPrimitives.Subtract(encoding, _vector, into);
        TensorPrimitives.Divide(into, TensorPrimitives.Norm<float>(into), into);
    }

    /// <summary>Subtracts the centre from each of many vectors, in place.</summary>
    /// <param name="vectors">Unit vectors, one after the other.</param>
    public void ApplyToAll(Span<float> vectors)
    {
        for (int at = 0; at < vectors.Length; at += Dimension)
            Apply(vectors.Slice(at, Dimension), vectors.Slice(at, Dimension));
    }

    /// <summary>Returns an encoding with the centre subtracted, of unit length.</summary>
    public FaceEncoding Apply(FaceEncoding encoding)
    {
        float[] centred = new float[Dimension];
        Apply(encoding.Vector, centred);
        return FaceEncoding.Normalised(centred);
    }

    /// <summary>Omits the numbers, because they come from faces.</summary>
    public override string ToString() => $"centre of {Dimension} numbers";
}
