using System.Numerics;
using System.Runtime.InteropServices;

namespace DoorAgent.Evaluation;

/// <summary>A rectangle of the matrix of dot products of all rows with all rows.</summary>
/// <param name="firstRow">Index of the first row.</param>
/// <param name="firstColumn">Index of the first column; at least <paramref name="firstRow"/>.</param>
/// <param name="columns">Number of columns.</param>
/// <param name="dots">The products, row after row.</param>
internal readonly ref struct PairBlock(int firstRow, int firstColumn, int columns, ReadOnlySpan<float> dots)
{
    private readonly ReadOnlySpan<float> _dots = dots;

    public int FirstRow => firstRow;

    public int EndRow => firstRow + (_dots.Length / columns);

    /// <summary>Returns the first column whose pair with the row lies in the block: a pair is in one block only, with the lower index
    /// as its row.</summary>
    public int FirstColumnOf(int row) => Math.Max(firstColumn, row + 1);

    public int EndColumn => firstColumn + columns;

    /// <summary>Returns the dot products of a row with the columns from <see cref="FirstColumnOf"/> on.</summary>
    public ReadOnlySpan<float> DotsOf(int row) =>
        _dots.Slice(((row - firstRow) * columns) + FirstColumnOf(row) - firstColumn, Math.Max(0, EndColumn - FirstColumnOf(row)));
}

/// <summary>Takes the dot products of a block.</summary>
/// <param name="state">What the worker has counted so far; no other worker uses it.</param>
/// <param name="block">The block; valid during the call.</param>
internal delegate void PairVisit<TState>(TState state, PairBlock block);

/// <summary>Computes the dot products of all pairs of rows on all cores, in blocks that fit into a core's cache. Nothing is allocated per
/// pair.</summary>
internal static class PairKernel
{
    // Two blocks of rows stay in a cache of 512 KiB.
    private const int BlockFloats = 48 * 1024, LargestBlock = 128, SmallestBlock = 8;

    /// <summary>Visits every pair of different rows once.</summary>
    /// <param name="vectors">The rows, one after the other.</param>
    /// <param name="dimension">Length of one row, at least 1.</param>
    /// <param name="newState">Creates the state of a worker.</param>
    /// <param name="visit">Takes a block; called by one worker at a time with that worker's state.</param>
    /// <param name="progress">Receives the share of the visited pairs, 0 to 1.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>The states of the workers, to be added up.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<TState> Run<TState>(float[] vectors, int dimension, Func<TState> newState, PairVisit<TState> visit,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        int rows = vectors.Length / dimension;
        int side = Math.Clamp(BlockFloats / dimension, SmallestBlock, LargestBlock), blocks = (rows + side - 1) / side;
        int done = 0;
        // The first rows have most columns, so they come first, and the workers end at about the same time.
        return [.. CoreWorkers.Run(blocks, () => (State: newState(), Dots: new float[side * side]), (worker, block) =>
        {
            int first = block * side, count = Math.Min(side, rows - first);
            for (int column = first; column < rows; column += side)
            {
                cancellation.ThrowIfCancellationRequested();
                int columns = Math.Min(side, rows - column);
                Span<float> dots = worker.Dots.AsSpan(0, count * columns);
                for (int row = 0; row < count; row++)
                {
                    Dots(vectors.AsSpan((first + row) * dimension, dimension), vectors.AsSpan(column * dimension, columns * dimension),
                        dots.Slice(row * columns, columns));
                }

                visit(worker.State, new PairBlock(first, column, columns, dots));
            }

            double rest = 1 - ((double)Interlocked.Increment(ref done) / blocks);
            progress?.Report(1 - (rest * rest));
        }, cancellation).Select(worker => worker.State)];
    }

    /// <summary>Computes the dot products of one row with others; four columns at a time share the loads of the row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="others">The others, one after the other.</param>
    /// <param name="dots">One result for each of them.</param>
    public static void Dots(ReadOnlySpan<float> row, ReadOnlySpan<float> others, Span<float> dots)
    {
        const int Columns = 4;
        int dimension = row.Length, whole = dimension - (dimension % Vector<float>.Count), column = 0;
        ReadOnlySpan<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(row[..whole]);
        for (; column <= dots.Length - Columns; column += Columns)
        {
            ReadOnlySpan<float> from = others.Slice(column * dimension, Columns * dimension);
            ReadOnlySpan<Vector<float>> a = MemoryMarshal.Cast<float, Vector<float>>(from[..whole]);
            ReadOnlySpan<Vector<float>> b = MemoryMarshal.Cast<float, Vector<float>>(from.Slice(dimension, whole));
            ReadOnlySpan<Vector<float>> c = MemoryMarshal.Cast<float, Vector<float>>(from.Slice(2 * dimension, whole));
            ReadOnlySpan<Vector<float>> d = MemoryMarshal.Cast<float, Vector<float>>(from.Slice(3 * dimension, whole));
            Vector<float> sumA = default, sumB = default, sumC = default, sumD = default;
            for (int i = 0; i < x.Length; i++)
            {
                sumA = Vector.FusedMultiplyAdd(x[i], a[i], sumA);
                sumB = Vector.FusedMultiplyAdd(x[i], b[i], sumB);
                sumC = Vector.FusedMultiplyAdd(x[i], c[i], sumC);
                sumD = Vector.FusedMultiplyAdd(x[i], d[i], sumD);
            }

            (dots[column], dots[column + 1]) = (Vector.Sum(sumA), Vector.Sum(sumB));
            (dots[column + 2], dots[column + 3]) = (Vector.Sum(sumC), Vector.Sum(sumD));
            for (int i = whole; i < dimension; i++)
            {
                dots[column] += row[i] * from[i];
                dots[column + 1] += row[i] * from[dimension + i];
                dots[column + 2] += row[i] * from[(2 * dimension) + i];
                dots[column + 3] += row[i] * from[(3 * dimension) + i];
            }
        }

        for (; column < dots.Length; column++)
            dots[column] = System.Numerics.Tensors.TensorPrimitives.Dot(row, others.Slice(column * dimension, dimension));
    }
}
