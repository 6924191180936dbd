using DoorAgent.Encodings;

namespace DoorAgent.Evaluation;

/// <summary>Two people and the distance of their nearest encodings.</summary>
/// <param name="One">Index of a person in the set.</param>
/// <param name="Other">Index of another person, above <paramref name="One"/>.</param>
/// <param name="Distance">Distance of their nearest encodings, 0 to 2.</param>
internal readonly record struct PeoplePair(int One, int Other, float Distance);

/// <summary>Who is nearest to whom in a set: for each row the nearest row of another person, and the nearest pairs of people. Memory grows
/// with the rows and not with their pairs.</summary>
internal sealed class NearestPeople
{
    private readonly int[] _rows;
    private readonly float[] _dots;

    private NearestPeople(int[] rows, float[] dots, IReadOnlyList<PeoplePair> pairs) => (_rows, _dots, Pairs) = (rows, dots, pairs);

    /// <summary>The nearest pairs of people, nearest first.</summary>
    public IReadOnlyList<PeoplePair> Pairs { get; }

    /// <summary>Compares all rows of different people.</summary>
    /// <param name="set">The encodings.</param>
    /// <param name="mostPairs">How many of the nearest pairs are kept, at least 1.</param>
    /// <param name="progress">Receives the share of the compared pairs, 0 to 1.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static NearestPeople Of(EncodedSet set, int mostPairs, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        IReadOnlyList<Worker> workers = PairKernel.Run(set.Vectors, set.Dimension, () => new Worker(set.Rows, mostPairs),
            (worker, block) => worker.Visit(set, block), progress, cancellation);
        Worker all = new(set.Rows, mostPairs);
        foreach (Worker worker in workers)
            all.Merge(worker);
        return new NearestPeople(all.Rows, all.Dots, all.Nearest());
    }

    /// <summary>Returns the row of another person that is nearest to a row, with its distance; null where there is no other
    /// person.</summary>
    public (int Row, float Distance)? OfRow(int row) => _rows[row] < 0 ? null : (_rows[row], FaceEncoding.DistanceOf(_dots[row]));

    /// <summary>What one worker has found.</summary>
    private sealed class Worker(int rows, int mostPairs)
    {
        private readonly Dictionary<(int One, int Other), float> _pairs = [];
        private float _limit = float.NegativeInfinity;

        public int[] Rows { get; } = Filled(rows, -1);

        public float[] Dots { get; } = Filled(rows, float.NegativeInfinity);

        public void Visit(EncodedSet set, PairBlock block)
        {
            for (int row = block.FirstRow; row < block.EndRow; row++)
            {
                int column = block.FirstColumnOf(row), own = Math.Max(0, set.EndOfPersonAt(row) - column);
                ReadOnlySpan<float> dots = block.DotsOf(row);
                for (int i = own; i < dots.Length; i++)
                {
                    float dot = dots[i];
                    Note(row, column + i, dot);
                    Note(column + i, row, dot);
                    if (dot > _limit)
                        Add((set.PersonOf[row], set.PersonOf[column + i]), dot);
                }
            }
        }

        public void Merge(Worker other)
        {
            for (int row = 0; row < Rows.Length; row++)
            {
                if (other.Rows[row] >= 0)
                    Note(row, other.Rows[row], other.Dots[row]);
            }

            foreach (((int One, int Other) people, float dot) in other._pairs)
                Add(people, dot);
        }

        public IReadOnlyList<PeoplePair> Nearest() =>
        [
            .. _pairs.Select(pair => new PeoplePair(pair.Key.One, pair.Key.Other, FaceEncoding.DistanceOf(pair.Value)))
                .OrderBy(pair => pair.Distance).ThenBy(pair => pair.One).ThenBy(pair => pair.Other).Take(mostPairs),
        ];

        // Of equally near rows the first counts, whatever worker finds them.
        private void Note(int row, int other, float dot)
        {
            if (dot > Dots[row] || (dot == Dots[row] && other < Rows[row]))
                (Dots[row], Rows[row]) = (dot, other);
        }

        private void Add((int One, int Other) people, float dot)
        {
            if (!_pairs.TryGetValue(people, out float known) || dot > known)
                _pairs[people] = dot;
            if (_pairs.Count <= 2 * mostPairs)
                return;
            float[] dots = [.. _pairs.Values];
            Array.Sort(dots);
            // Pairs at the limit itself stay, so that equal ones do not depend on the order of the blocks.
            _limit = MathF.BitDecrement(dots[^mostPairs]);
            foreach ((int One, int Other) far in _pairs.Where(pair => pair.Value <= _limit).Select(pair => pair.Key).ToArray())
                _pairs.Remove(far);
        }

        private static T[] Filled<T>(int length, T value)
        {
            T[] array = new T[length];
            Array.Fill(array, value);
            return array;
        }
    }
}
