using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public sealed class CoreWorkersTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void EachPieceIsDoneOnceWithTheStateOfOneWorker(int pieces)
    {
        IReadOnlyList<List<int>> done = CoreWorkers.Run(pieces, () => new List<int>(), (list, piece) => list.Add(piece),
            CancellationToken.None);
        Assert.InRange(done.Count, 0, Environment.ProcessorCount);
        Assert.Equal(Enumerable.Range(0, pieces), done.SelectMany(list => list).Order());
    }

    [Fact]
    public void TheFirstExceptionStopsTheOthersAndIsThrownAsItIs()
    {
        int done = 0;
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => CoreWorkers.Run(1_000_000, () => 0, (_, piece) =>
        {
            if (piece == 10)
                throw new InvalidDataException("piece 10");
            Interlocked.Increment(ref done);
        }, CancellationToken.None));
        Assert.Equal("piece 10", failure.Message);
        Assert.InRange(done, 10, 999_998);
    }

    [Fact]
    public void ACancelledRunEndsWithTheCancellation()
    {
        using CancellationTokenSource source = new();
        Assert.ThrowsAny<OperationCanceledException>(() => CoreWorkers.Run(1_000_000, () => 0, (_, piece) =>
        {
            if (piece == 10)
                source.Cancel();
        }, source.Token));
    }
}
