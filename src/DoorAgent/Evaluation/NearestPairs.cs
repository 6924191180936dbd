using DoorAgent.Encodings;

namespace DoorAgent.Evaluation;

/// <summary>Finds the nearest comparisons of different people among all templates and all pictures, on all cores.</summary>
internal static class NearestPairs
{
    // A block of pictures stays in a core's cache while all templates pass.
    private const int BlockFloats = 48 * 1024, SmallestBlock = 8;

    /// <summary>Compares every template with every picture of another person.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="pictures">The pictures, of the same people. The same set as the templates: each pair is compared once.</param>
    /// <param name="most">How many of the nearest are wanted.</param>
    /// <param name="progress">Receives the share of the work that is done, 0 to 1.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>At least the wanted number of the nearest, or all; in no order.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<NearPair> Of(EncodedSet templates, EncodedSet pictures, int most, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        bool isSymmetric = ReferenceEquals(templates, pictures);
        int dimension = pictures.Dimension, side = Math.Max(SmallestBlock, BlockFloats / dimension);
        int blocks = (pictures.Rows + side - 1) / side, done = 0;
        List<NearPair> found = [];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, blocks, options, () => (Nearest: new Shortlist(most), Dots: new float[side]), (block, _, worker) =>
        {
            int first = block * side, count = Math.Min(side, pictures.Rows - first);
            ReadOnlySpan<float> columns = pictures.Vectors.AsSpan(first * dimension, count * dimension);
            int rows = isSymmetric ? first + count : templates.Rows;
            for (int row = 0; row < rows; row++)
            {
                Span<float> dots = worker.Dots.AsSpan(0, count);
                PairKernel.Dots(templates.Vector(row), columns, dots);
                int person = templates.PersonOf[row], from = isSymmetric ? Math.Max(0, row + 1 - first) : 0;
                for (int i = from; i < count; i++)
                {
                    if (dots[i] > worker.Nearest.Floor && pictures.PersonOf[first + i] != person)
                        worker.Nearest.Add(dots[i], person, pictures.PersonOf[first + i]);
                }
            }

            progress?.Report((double)Interlocked.Increment(ref done) / blocks);
            return worker;
        }, worker =>
        {
            lock (found)
                found.AddRange(worker.Nearest.Pairs);
        });
        return found;
    }

    /// <summary>The largest dot products that one worker has seen.</summary>
    private sealed class Shortlist(int most)
    {
        private readonly List<(float Dot, int One, int Other)> _kept = [];

        /// <summary>Products up to this are no longer wanted.</summary>
        public float Floor { get; private set; } = float.NegativeInfinity;

        public IEnumerable<NearPair> Pairs => _kept.Select(pair => new NearPair(FaceEncoding.DistanceOf(pair.Dot), pair.One, pair.Other));

        public void Add(float dot, int one, int other)
        {
            _kept.Add((dot, one, other));
            if (_kept.Count < 2 * most)
                return;
            _kept.Sort((left, right) => right.Dot.CompareTo(left.Dot));
            _kept.RemoveRange(most, _kept.Count - most);
            Floor = _kept[^1].Dot;
        }
    }
}
