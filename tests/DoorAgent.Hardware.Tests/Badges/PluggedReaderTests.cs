using System.Threading.Channels;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class PluggedReaderTests : IDisposable
{
    private static readonly Badge Known = Badge.Parse("H10301:123:4567");

    private readonly AwaitedTime _time = new();
    private readonly Channel<IReaderDevice?> _plugs = Channel.CreateBounded<IReaderDevice?>(100);
    private readonly PluggedReader _reader;
    private readonly IAsyncEnumerator<BadgeRead> _reads;

    public PluggedReaderTests()
    {
        _reader = new PluggedReader("a reader", OpenAsync, _time);
        CancellationToken stopping = TestContext.Current.CancellationToken;
        _reads = _reader.Reads.ReadAllAsync(stopping).GetAsyncEnumerator(stopping);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _time.Dispose();
    }

    [Fact]
    public async Task TheDevicesSignalsAreRead()
    {
        Plug(out TypedText text);
        text.Type("0008065495\n");
        Assert.Equal(Known, (await NextAsync()).Badge);
        Assert.Equal((true, false), (_reader.IsListening, _reader.IsSimulated));
    }

    [Fact]
    public async Task AMissingReaderIsReportedOnceAndOpenedWithGrowingDelays()
    {
        List<double> waits = [];
        for (int i = 0; i < 8; i++)
        {
            _plugs.Writer.TryWrite(null);
            waits.Add(await _time.PassAsync());
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], waits);
        Assert.Equal("no such device", (await NextAsync()).Health?.Fault);
        Plug(out TypedText text);
        text.Type("0008065495\n");
        Assert.Equal(new ReaderHealth(Fault: null), (await NextAsync()).Health);
        Assert.Equal(Known, (await NextAsync()).Badge);
        Assert.True(_reader.IsListening);
    }

    [Fact]
    public async Task AnUnpluggedReaderIsReportedLostAndBackAndReadsAgain()
    {
        Plug(out TypedText text);
        text.Type("0008065495\n");
        Assert.NotNull((await NextAsync()).Badge);
        text.Unplug();
        Assert.Contains("unplugged", (await NextAsync()).Health!.Fault, StringComparison.Ordinal);
        Assert.True(text.IsDisposed);
        Plug(out TypedText again);
        await _time.PassAsync();
        Assert.Null((await NextAsync()).Health!.Fault);
        again.Type("0008065495\n");
        Assert.Equal(Known, (await NextAsync()).Badge);
    }

    [Fact]
    public async Task AFlappingReaderIsOpenedWithGrowingDelaysAndASteadyOneSoonAgain()
    {
        List<double> waits = [];
        foreach (double wasThere in new double[] { 0, 0, 0, 29.9, 30, 0 })
        {
            Plug(out TypedText text);
            text.Type("0008065495\n");
            while ((await NextAsync()).Badge is null)
                continue;
            _time.Advance(TimeSpan.FromSeconds(wasThere));
            text.Unplug();
            waits.Add(await _time.PassAsync());
        }

        Assert.Equal([1, 2, 4, 8, 1, 2], waits);
    }

    [Fact]
    public async Task DisposingEndsTheReaderAlsoDuringADelay()
    {
        _plugs.Writer.TryWrite(null);
        Assert.NotNull((await NextAsync()).Health);
        _reader.Dispose();
        Assert.False(await _reads.MoveNextAsync().InTimeAsync());
    }

    [Fact]
    public async Task AnUnexpectedExceptionEndsTheReads()
    {
        _plugs.Writer.Complete(new NotSupportedException());
        Assert.False(await _reads.MoveNextAsync().InTimeAsync());
        // The task may complete shortly after it has closed the queue.
        Assert.True(SpinWait.SpinUntil(() => !_reader.IsListening, TimeSpan.FromMinutes(2)));
    }

    private async Task<IReaderDevice> OpenAsync(CancellationToken stopping)
    {
        try
        {
            return await _plugs.Reader.ReadAsync(stopping) ?? throw new IOException("no such device");
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException!;
        }
    }

    private void Plug(out TypedText text)
    {
        text = new TypedText();
        Assert.True(_plugs.Writer.TryWrite(new TextReaderDevice(text, TextFormat.Find("decimal-10")!, _time)));
    }

    private async Task<BadgeRead> NextAsync()
    {
        Assert.True(await _reads.MoveNextAsync().InTimeAsync());
        return _reads.Current;
    }
}
