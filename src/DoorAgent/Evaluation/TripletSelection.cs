using System.Numerics.Tensors;

namespace DoorAgent.Evaluation;

/// <summary>A triplet of rows of a batch.</summary>
/// <param name="Anchor">Row of a person.</param>
/// <param name="Positive">Row of another picture of the same person.</param>
/// <param name="Negative">Row of another person.</param>
internal readonly record struct Triplet(int Anchor, int Positive, int Negative);

/// <summary>
/// Selects the triplets of a batch from which a network still learns (Schroff et al. 2015, FaceNet, section 3.2), with d(x, y) = |x - y|^2.
/// Distances are computed once, and the negatives of each anchor are sorted once. Of two rows at equal distance the earlier one is
/// selected.
/// </summary>
internal sealed class TripletSelection
{
    private readonly int[] _people;
    private readonly float[] _distances;
    private readonly (float Distance, int Row)[][] _negatives;

    /// <param name="encodings">The batch: one encoding per row, all of one dimension, finite.</param>
    /// <param name="people">The person of each row.</param>
    /// <exception cref="ArgumentException">The lengths or the rows' dimensions differ, or a number is not finite.</exception>
    public TripletSelection(IReadOnlyList<float[]> encodings, IReadOnlyList<int> people)
    {
        if (encodings.Count != people.Count)
            throw new ArgumentException($"A batch needs one person per encoding: {encodings.Count} and {people.Count}.", nameof(people));
        _people = [.. people];
        _distances = Distances(encodings);
        _negatives = [.. Enumerable.Range(0, people.Count).Select(SortedNegatives)];
    }

    /// <summary>Selects, for each ordered pair of one person, the hardest semi-hard negative: the n with the least d(a, n) and
    /// d(a, p) &lt; d(a, n) &lt; d(a, p) + alpha. A pair without such a negative yields no triplet.</summary>
    /// <param name="alpha">The margin, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not above 0.</exception>
    public IReadOnlyList<Triplet> SemiHard(double alpha = TripletLoss.DefaultAlpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        List<Triplet> triplets = [];
        foreach ((int anchor, int positive) in Pairs())
        {
            float distance = Distance(anchor, positive);
            if (FirstFurther(anchor, distance) is { } negative && negative.Distance < distance + alpha)
                triplets.Add(new Triplet(anchor, positive, negative.Row));
        }

        return triplets;
    }

    /// <summary>Selects, for each ordered pair of one person, the hard negative: argmin over n of d(a, n). A batch of one person yields
    /// nothing.</summary>
    public IReadOnlyList<Triplet> HardNegatives() =>
        [.. Pairs().Where(pair => _negatives[pair.Anchor].Length > 0)
            .Select(pair => new Triplet(pair.Anchor, pair.Positive, _negatives[pair.Anchor][0].Row))];

    /// <summary>Selects for each anchor the hard positive, argmax over p of d(a, p), and the hard negative, argmin over n of d(a, n).
    /// An anchor without a positive or a negative yields no triplet.</summary>
    public IReadOnlyList<Triplet> Hardest() =>
        [.. HardNegatives().GroupBy(triplet => triplet.Anchor)
            .Select(triplets => triplets.MaxBy(triplet => Distance(triplet.Anchor, triplet.Positive)))];

    /// <summary>Returns the squared distance of two rows.</summary>
    public float Distance(int one, int other) => _distances[(one * _people.Length) + other];

    /// <summary>Returns whether a triplet has a loss: |a - p|^2 + alpha &gt; |a - n|^2.</summary>
    public bool Violates(Triplet triplet, double alpha = TripletLoss.DefaultAlpha) =>
        Distance(triplet.Anchor, triplet.Positive) + alpha > Distance(triplet.Anchor, triplet.Negative);

    private IEnumerable<(int Anchor, int Positive)> Pairs()
    {
        ILookup<int, int> rows = Enumerable.Range(0, _people.Length).ToLookup(row => _people[row]);
        return Enumerable.Range(0, _people.Length)
            .SelectMany(anchor => rows[_people[anchor]].Where(positive => positive != anchor).Select(positive => (anchor, positive)));
    }

    private (float Distance, int Row)? FirstFurther(int anchor, float distance)
    {
        (float Distance, int Row)[] negatives = _negatives[anchor];
        // Searches for an imaginary last row at this distance: the rows that follow are further away.
        int at = ~Array.BinarySearch(negatives, (distance, int.MaxValue));
        return at < negatives.Length ? negatives[at] : null;
    }

    private (float Distance, int Row)[] SortedNegatives(int anchor)
    {
        (float Distance, int Row)[] negatives =
            [.. Enumerable.Range(0, _people.Length).Where(row => _people[row] != _people[anchor])
                .Select(row => (Distance(anchor, row), row))];
        Array.Sort(negatives);
        return negatives;
    }

    private static float[] Distances(IReadOnlyList<float[]> encodings)
    {
        int rows = encodings.Count;
        float[] distances = new float[rows * rows];
        float[] difference = new float[rows == 0 ? 0 : encodings[0].Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                TensorPrimitives.Subtract(encodings[i], encodings[j], difference);
                float square = TensorPrimitives.SumOfSquares<float>(difference);
                if (!float.IsFinite(square))
                    throw new ArgumentException($"The encodings {j} and {i} have no finite distance.", nameof(encodings));
                distances[(i * rows) + j] = distances[(j * rows) + i] = square;
            }
        }

        return distances;
    }
}
