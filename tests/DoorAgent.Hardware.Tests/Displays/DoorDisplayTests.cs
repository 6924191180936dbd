using System.Threading.Channels;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Displays;

public sealed class DoorDisplayTests : IDisposable
{
    private readonly AwaitedTime _time = new();
    private readonly RecordingDisplay _wire = new();
    private readonly DoorDisplay _display;

    public DoorDisplayTests() => _display = new DoorDisplay("a display", () => _wire, _time);

    public void Dispose()
    {
        _wire.Hanging.Set();
        _display.Dispose();
        _time.Dispose();
        _wire.Hanging.Dispose();
    }

    [Fact]
    public async Task ATextIsShownUntilTheNextAndNoTextDarkensTheDisplay()
    {
        Assert.Equal("", await ShownAsync());
        _display.Show(["Welcome"]);
        Assert.Equal("Welcome", await ShownAsync());
        _display.Show([]);
        Assert.Equal("", await ShownAsync());
    }

    [Fact]
    public async Task SeveralLanguagesAreShownInTurn()
    {
        Assert.Equal("", await ShownAsync());
        _display.Show(["Welcome", "Willkommen"]);
        foreach (string expected in new[] { "Welcome", "Willkommen", "Welcome" })
        {
            Assert.Equal(expected, await ShownAsync());
            await _time.PassAsync(DoorDisplay.Turn);
        }
    }

    [Fact]
    public async Task ALostDisplayIsReportedOnceAndShowsTheNewestTextWhenItIsBack()
    {
        Assert.Equal("", await ShownAsync());
        _wire.Fault = "Error 121";
        _display.Show(["Welcome"]);
        List<double> waits = [];
        for (int i = 0; i < 7; i++)
            waits.Add(await _time.PassAsync());
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits);
        await _time.WaitAsync();
        _display.Show(["Close the door"]);
        _wire.Fault = null;
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("Close the door", await ShownAsync());
        _display.Dispose();
        List<DisplayHealth> said = [];
        await foreach (DisplayHealth health in _display.Health.ReadAllAsync(TestContext.Current.CancellationToken))
            said.Add(health);
        Assert.Equal([new DisplayHealth("Error 121"), new DisplayHealth(Fault: null)], said);
    }

    [Fact]
    public async Task AHangingDisplayDoesNotDelayTheCallerAndThenShowsTheNewestText()
    {
        Assert.Equal("", await ShownAsync());
        _wire.Hanging.Reset();
        _display.Show(["first"]);
        await _wire.Entered.WaitAsync(TestContext.Current.CancellationToken).InTimeAsync();
        for (int i = 0; i < 1000; i++)
            _display.Show([$"text {i}"]);
        _wire.Hanging.Set();
        Assert.Equal("first", await ShownAsync());
        Assert.Equal("text 999", await ShownAsync());
    }

    [Fact]
    public async Task DisposingDarkensTheDisplayAndDoesNotWaitForAHangingOne()
    {
        _display.Show(["Welcome"]);
        while (await ShownAsync() != "Welcome")
            continue;
        _display.Dispose();
        Assert.Equal("", await ShownAsync());
        Assert.True(_wire.IsDisposed);

        using DoorDisplay hanging = new("a display", () => _wire, _time);
        _wire.Hanging.Reset();
        hanging.Show(["Welcome"]);
        hanging.Dispose();
    }

    [Fact]
    public async Task AnyExceptionOfABindingIsReported()
    {
        using DoorDisplay strange = new("a display", () => throw new InvalidCastException("strange"), _time);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using IAsyncEnumerator<DisplayHealth> said = strange.Health.ReadAllAsync(cancellation).GetAsyncEnumerator(cancellation);
        Assert.True(await said.MoveNextAsync().InTimeAsync());
        Assert.Equal("strange", said.Current.Fault);
    }

    private Task<string> ShownAsync() => _wire.Shown.Reader.ReadAsync(TestContext.Current.CancellationToken).InTimeAsync();

    private sealed class RecordingDisplay : IDisplay
    {
        public Channel<string> Shown { get; } = Channel.CreateBounded<string>(100);

        public SemaphoreSlim Entered { get; } = new(0);

        public ManualResetEventSlim Hanging { get; } = new(initialState: true);

        public string? Fault { get; set; }

        public bool IsDisposed { get; private set; }

        public void Show(string text)
        {
            if (Fault is { } fault)
                throw new IOException(fault);
            if (!Hanging.IsSet)
                Entered.Release();
            Hanging.Wait();
            Shown.Writer.TryWrite(text);
        }

        public void Dispose() => IsDisposed = true;
    }
}
