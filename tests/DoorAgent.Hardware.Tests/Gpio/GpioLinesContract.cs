using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Gpio;

/// <summary>A chip with the means to drive and measure its lines from outside the program.</summary>
internal interface IGpioBench : IDisposable
{
    IGpioLines Lines { get; }

    int LineCount { get; }

    void Drive(int line, bool high);

    bool IsHigh(int line);
}

/// <summary>The contract of lines, simulated or real, that the door's devices rely on.</summary>
public abstract class GpioLinesContract : IDisposable
{
    private readonly Lazy<IGpioBench> _bench;

    private protected GpioLinesContract(Func<IGpioBench> makeBench) => _bench = new Lazy<IGpioBench>(makeBench);

    private protected IGpioBench Bench => _bench.Value;

    private protected IGpioLines Lines => Bench.Lines;

    public void Dispose()
    {
        if (_bench.IsValueCreated)
            _bench.Value.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void ALineIsHeldByOneRequestWhichIsNamed()
    {
        using IOutputLine output = Lines.RequestOutput("lock relay", 22, activeLow: false, isActive: false);
        Assert.Contains("lock relay", Assert.Throws<IOException>(() => Lines.RequestOutput("reader green", 22, false, false)).Message,
            StringComparison.Ordinal);
        Assert.Contains("reader", Assert.Throws<IOException>(() => Inputs(22)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALineRequestedTwiceInOneRequestIsRefused() =>
        Assert.Contains("twice", Assert.Throws<IOException>(() => Inputs(17, 17)).Message, StringComparison.Ordinal);

    [Fact]
    public void AFailedRequestHoldsNoLine()
    {
        using IOutputLine output = Lines.RequestOutput("lock relay", 22, false, false);
        Assert.Throws<IOException>(() => Inputs(17, 22));
        using IInputLines inputs = Inputs(17);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(32)]
    public void AnAbsentLineIsRefusedWithThePresentLines(int line)
    {
        Assert.Equal(32, Bench.LineCount);
        Assert.Contains("0 to 31", Assert.Throws<IOException>(() => Inputs(line)).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 31", Assert.Throws<IOException>(() => Lines.RequestOutput("lock relay", line, false, false)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AReleasedLineCanBeRequestedAgain()
    {
        Inputs(17).Dispose();
        Lines.RequestOutput("lock relay", 17, false, false).Dispose();
    }

    [Fact]
    public void NothingWorksAfterDispose()
    {
        IOutputLine output = Lines.RequestOutput("lock relay", 22, false, true);
        IInputLines inputs = Inputs(17);
        output.Dispose();
        inputs.Dispose();
        Assert.Throws<ObjectDisposedException>(() => output.Set(true));
        Assert.Throws<ObjectDisposedException>(() => output.IsActive);
        Assert.Throws<ObjectDisposedException>(() => inputs.IsActive(17));
        output.Dispose();
        inputs.Dispose();
        Lines.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Lines.RequestOutput("lock relay", 22, false, false));
        Assert.Throws<ObjectDisposedException>(() => Inputs(17));
    }

    [Fact]
    public void ReadingALineOfAnotherRequestAsInputIsRefused()
    {
        using IOutputLine output = Lines.RequestOutput("lock relay", 22, false, false);
        using IInputLines inputs = Inputs(17);
        Assert.Throws<IOException>(() => inputs.IsActive(22));
    }

    [Fact]
    public void TheBiasDeterminesTheLevelOfAnUndrivenLine()
    {
        using IInputLines up = Inputs(17);
        using IInputLines down = Lines.RequestInputs(new InputRequest("reader", [18], LineEdges.Both, LineBias.PullDown, ActiveLow: false));
        Assert.True(Bench.IsHigh(17));
        Assert.False(up.IsActive(17));
        Assert.False(Bench.IsHigh(18));
        Assert.False(down.IsActive(18));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void AnOutputHasItsLevelFromTheRequestOnAndFollowsEachChange(bool activeLow, bool isActive)
    {
        using IOutputLine output = Lines.RequestOutput("lock relay", 22, activeLow, isActive);
        Assert.Equal((isActive, isActive != activeLow), (output.IsActive, Bench.IsHigh(22)));
        output.Set(!isActive);
        Assert.Equal((!isActive, isActive == activeLow), (output.IsActive, Bench.IsHigh(22)));
    }

    // Each edge is waited for before the next is driven: a kernel merges the edges that arrive while it still handles one.
    [Fact]
    public async Task EdgesOfSeveralLinesArriveInOneQueueInOrder()
    {
        using IInputLines inputs = Inputs(17, 18);
        await using IAsyncEnumerator<LineEdge> queue = EdgesOf(inputs);
        int[] order = [18, 17, 17, 18, 17, 18, 18, 18, 17];
        List<LineEdge> edges = [];
        foreach (int line in order)
        {
            Bench.Drive(line, false);
            edges.Add(await NextAsync(queue));
            Bench.Drive(line, true);
        }

        Assert.Equal(order, edges.Select(edge => edge.Line));
        Assert.All(edges, edge => Assert.Equal((true, 0), (edge.IsActive, edge.LostBefore)));
        Assert.Equal(edges.Select(edge => edge.At).Order(), edges.Select(edge => edge.At));
        await EndsAsync(inputs, queue);
    }

    [Fact]
    public async Task BothEdgesAreLogicalLevels()
    {
        using IInputLines inputs =
            Lines.RequestInputs(new InputRequest("door contact", [27], LineEdges.Both, LineBias.PullUp, ActiveLow: true));
        await using IAsyncEnumerator<LineEdge> queue = EdgesOf(inputs);
        foreach (bool isActive in new[] { true, false })
        {
            Bench.Drive(27, !isActive);
            Assert.Equal(isActive, (await NextAsync(queue)).IsActive);
            Assert.Equal(isActive, inputs.IsActive(27));
        }

        await EndsAsync(inputs, queue);
    }

    private protected IInputLines Inputs(params int[] lines) =>
        Lines.RequestInputs(new InputRequest("reader", lines, LineEdges.ToActive, LineBias.PullUp, ActiveLow: true));

    private static IAsyncEnumerator<LineEdge> EdgesOf(IInputLines inputs) =>
        inputs.Edges.ReadAllAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    private static async Task<LineEdge> NextAsync(IAsyncEnumerator<LineEdge> queue)
    {
        Assert.True(await queue.MoveNextAsync().InTimeAsync());
        return queue.Current;
    }

    /// <summary>Checks that no further edge arrived.</summary>
    private static async Task EndsAsync(IInputLines inputs, IAsyncEnumerator<LineEdge> queue)
    {
        inputs.Dispose();
        Assert.False(await queue.MoveNextAsync().InTimeAsync());
    }
}
