using CsCheck;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Made sets of encodings.</summary>
internal static class SomeEncodings
{
    /// <summary>Sets of 2 to 8 people with 0 to 6 rows each.</summary>
    public static Gen<EncodedSet> Sets { get; } =
        from counts in Gen.Int[0, 6].Array[2, 8]
        from seed in Gen.Int[0, 1_000_000]
        select Make(counts, seed);

    /// <summary>Makes rows that lie about their person's centre: some pairs of one person are further apart than some of two.</summary>
    /// <param name="counts">Number of rows of each person.</param>
    /// <param name="seed">Start of the random numbers.</param>
    /// <param name="spread">Length of the deviation from the centre; at 0 all rows of a person are equal.</param>
    /// <param name="dimension">Length of a row.</param>
    public static EncodedSet Make(int[] counts, int seed, double spread = 1, int dimension = 9)
    {
        Random random = new(seed);
        List<int> people = [];
        List<float> vectors = [];
        foreach ((int person, int count) in counts.Index())
        {
            float[] centre = Direction(random, dimension);
            for (int i = 0; i < count; i++)
            {
                float[] noise = Direction(random, dimension);
                float[] row = [.. centre.Zip(noise, (c, n) => c + ((float)spread * n))];
                vectors.AddRange(FaceEncoding.Normalised(row).Vector);
                people.Add(person);
            }
        }

        return new EncodedSet([.. counts.Select((_, person) => $"person {person}")], [.. people], [.. vectors], dimension);
    }

    private static float[] Direction(Random random, int dimension)
    {
        float[] numbers = [.. Enumerable.Range(0, dimension).Select(_ => (float)Gaussian(random))];
        return FaceEncoding.Normalised(numbers).Vector.ToArray();
    }

    // Box and Muller.
    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
