using System.Numerics.Tensors;
using DoorAgent.Networks;

namespace DoorAgent.Matching;

/// <summary>Makes the templates of one person: the vectors with which a probe is compared (<see cref="TemplateKind"/>). Pure.</summary>
internal static class PersonTemplate
{
    /// <summary>The least number of encodings of which <see cref="TemplateKind.Trimmed"/> drops any: of two nobody knows which is the
    /// wrong one.</summary>
    public const int LeastToTrim = 3;

    // A mean of unit vectors that is shorter has no direction worth comparing.
    private const float LeastLength = 1e-3f;

    /// <summary>Returns the number of templates of a person with a number of encodings.</summary>
    public static int Count(TemplateKind kind, int encodings) => kind == TemplateKind.Nearest ? encodings : Math.Min(encodings, 1);

    /// <summary>Returns how many encodings <see cref="TemplateKind.Trimmed"/> drops: a quarter, rounded to the nearest number and from
    /// the middle upwards (1 of 3 to 5, 2 of 6 to 9, 3 of 10), and none of fewer than <see cref="LeastToTrim"/>.</summary>
    public static int Dropped(int encodings) => encodings < LeastToTrim ? 0 : (encodings + 2) / 4;

    /// <summary>
    /// Writes a person's templates: with <see cref="TemplateKind.Nearest"/> the encodings; with <see cref="TemplateKind.Mean"/> their
    /// mean, scaled to unit length; with <see cref="TemplateKind.Trimmed"/> the mean, scaled to unit length, of the encodings that remain
    /// when the <see cref="Dropped"/> ones farthest from the mean of all are left out (of equally far ones the later).
    /// </summary>
    /// <param name="kind">How encodings become templates.</param>
    /// <param name="encodings">The person's encodings as they are compared, unit vectors one after the other; centred where the rule is
    /// centred.</param>
    /// <param name="dimension">Length of one vector.</param>
    /// <param name="into">Receives the templates, unit vectors.</param>
    /// <returns>The number of templates.</returns>
    /// <exception cref="InvalidDataException">The encodings cancel each other out, so that their mean has no direction.</exception>
    public static int Write(TemplateKind kind, ReadOnlySpan<float> encodings, int dimension, Span<float> into)
    {
        int count = encodings.Length / dimension;
        if (kind == TemplateKind.Nearest || count <= 1)
        {
            encodings.CopyTo(into);
            return count;
        }

        Span<float> mean = into[..dimension];
        Mean(encodings, dimension, mean);
        if (kind == TemplateKind.Trimmed && Dropped(count) is > 0 and var dropped)
            Mean(NearestTo(mean, encodings, dimension, count - dropped), dimension, mean);
        return 1;
    }

    /// <summary>Returns the templates of <see cref="Write"/>.</summary>
    /// <exception cref="InvalidDataException">The encodings cancel each other out.</exception>
    public static float[] Of(TemplateKind kind, ReadOnlySpan<float> encodings, int dimension)
    {
        float[] into = new float[Math.Max(encodings.Length, dimension)];
        return into[..(dimension * Write(kind, encodings, dimension, into))];
    }

    private static void Mean(ReadOnlySpan<float> encodings, int dimension, Span<float> mean)
    {
        mean.Clear();
        for (int at = 0; at < encodings.Length; at += dimension)
            TensorPrimitives.Add(mean, encodings.Slice(at, dimension), mean);
        float length = TensorPrimitives.Norm<float>(mean);
        if (!(length >= LeastLength))
            throw new InvalidDataException("the encodings of one person cancel each other out");
        TensorPrimitives.Divide(mean, length, mean);
    }

    private static float[] NearestTo(ReadOnlySpan<float> mean, ReadOnlySpan<float> encodings, int dimension, int count)
    {
        float[] similarities = new float[encodings.Length / dimension];
        for (int i = 0; i < similarities.Length; i++)
            similarities[i] = TensorPrimitives.Dot(mean, encodings.Slice(i * dimension, dimension));
        float[] kept = new float[count * dimension];
        int row = 0;
        // OrderBy is stable, so that of equally far encodings the earlier stay.
        foreach (int i in Enumerable.Range(0, similarities.Length).OrderByDescending(i => similarities[i]).Take(count).Order())
            encodings.Slice(i * dimension, dimension).CopyTo(kept.AsSpan(dimension * row++));
        return kept;
    }
}
