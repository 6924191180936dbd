using System.Numerics.Tensors;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Makes sets of random unit vectors: each person has a direction, and their encodings lie around it.</summary>
internal static class ScatteredEncodings
{
    /// <param name="counts">Number of encodings of each person.</param>
    /// <param name="seed">Seed of the numbers.</param>
    /// <param name="dimension">Length of a vector.</param>
    /// <param name="noise">Length of the random part of each encoding, relative to the person's direction.</param>
    public static EncodedSet Of(IReadOnlyList<int> counts, int seed, int dimension = 32, double noise = 0.5)
    {
        Random random = new(seed);
        List<float> vectors = [];
        List<int> people = [];
        for (int person = 0; person < counts.Count; person++)
        {
            double[] direction = Direction(random, dimension);
            for (int i = 0; i < counts[person]; i++)
            {
                double[] other = Direction(random, dimension);
                float[] vector = [.. direction.Select((value, k) => (float)(value + (noise * other[k])))];
                TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
                vectors.AddRange(vector);
                people.Add(person);
            }
        }

        return new EncodedSet([.. counts.Select((_, i) => $"person {i}")], [.. people], [.. vectors], dimension);
    }

    private static double[] Direction(Random random, int dimension)
    {
        double[] vector = [.. Enumerable.Range(0, dimension).Select(_ =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        double length = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }
}
