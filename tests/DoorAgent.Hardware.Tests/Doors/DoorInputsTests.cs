using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Doors;

public sealed class DoorInputsTests : IDisposable
{
    private const int Contact = 23;
    private const int Exit = 24;

    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedGpioLines _lines;

    public DoorInputsTests() => _lines = new SimulatedGpioLines(_time, 28);

    public void Dispose() => _lines.Dispose();

    [Fact]
    public async Task AChangeCountsOnceTheLineHasBeenQuietFor50Milliseconds()
    {
        using DoorInputs inputs = ClosedDoor();
        await DriveAsync(Contact, true);
        Advance(49);
        Assert.False(inputs.IsDoorOpen);
        Advance(1);
        Assert.True(inputs.IsDoorOpen);
        Assert.Equal([new DoorInputChange(DoorInput.Contact, true, _time.Monotonic())], await ChangesAsync(inputs));
    }

    [Fact]
    public async Task ABouncingContactIsOneChange()
    {
        using DoorInputs inputs = ClosedDoor();
        foreach (bool high in new[] { true, false, true, false, true })
        {
            await DriveAsync(Contact, high);
            Advance(10);
        }

        Assert.False(inputs.IsDoorOpen);
        Advance(40);
        Assert.Single(await ChangesAsync(inputs));
    }

    [Fact]
    public async Task ABounceThatEndsAtItsFirstLevelIsNotAChange()
    {
        using DoorInputs inputs = ClosedDoor();
        await DriveAsync(Contact, true);
        Advance(20);
        await DriveAsync(Contact, false);
        Advance(1000);
        Assert.Empty(await ChangesAsync(inputs));
        Assert.False(inputs.IsDoorOpen);
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    public async Task TheLevelAtStartIsReadWithItsPolarity(bool openIsLow, bool high, bool isOpen)
    {
        _lines.Drive(Contact, high);
        using DoorInputs inputs = Inputs(new HardwareOptions { Contact = $"{Contact}", ContactOpenIsLow = openIsLow });
        Assert.Equal(isOpen, inputs.IsDoorOpen);
        await DriveAsync(Contact, !high);
        Advance(50);
        Assert.Equal(!isOpen, inputs.IsDoorOpen);
        Assert.Equal([!isOpen], (await ChangesAsync(inputs)).Select(change => change.IsActive));
    }

    [Fact]
    public void ACutWireCountsAsAnOpenDoor()
    {
        using DoorInputs inputs = Inputs(new HardwareOptions { Contact = $"{Contact}" });
        Assert.True(inputs.IsDoorOpen);
    }

    [Fact]
    public async Task ThePressAndTheReleaseOfTheExitButtonAreChanges()
    {
        using DoorInputs inputs = Inputs(new HardwareOptions { Contact = "none", Exit = Exit });
        Assert.Null(inputs.IsDoorOpen);
        await DriveAsync(Exit, false);
        Advance(50);
        await DriveAsync(Exit, true);
        Advance(50);
        Assert.Equal(
            [(DoorInput.ExitButton, true), (DoorInput.ExitButton, false)],
            (await ChangesAsync(inputs)).Select(change => (change.Input, change.IsActive)));
    }

    [Fact]
    public void WhenOneLineCannotBeRequestedTheOtherIsReleased()
    {
        using IOutputLine other = _lines.RequestOutput("lamp", Exit, false, false);
        HardwareOptions options = new() { Contact = $"{Contact}", Exit = Exit };
        Assert.Throws<IOException>(() => Inputs(options));
        other.Dispose();
        using DoorInputs inputs = Inputs(options);
    }

    [Fact]
    public async Task AfterDisposeNothingIsReported()
    {
        using DoorInputs inputs = ClosedDoor();
        await DriveAsync(Contact, true);
        inputs.Dispose();
        Advance(1000);
        Assert.Empty(await ChangesAsync(inputs));
    }

    [Fact]
    public async Task WithoutAnyLineTheChangesEndWithTheInputs()
    {
        using DoorInputs inputs = Inputs(new HardwareOptions { Contact = "none" });
        Assert.Equal((null, true), (inputs.IsDoorOpen, inputs.IsListening));
        inputs.Dispose();
        await EndsAsync(inputs);
    }

    [Theory]
    [InlineData("none", Exit)]
    [InlineData("23", null)]
    [InlineData("23", Exit)]
    public async Task ALostLineEndsTheChanges(string contact, int? exit)
    {
        using DoorInputs inputs = Inputs(new HardwareOptions { Contact = contact, Exit = exit });
        Assert.True(inputs.IsListening);
        _lines.ReleaseAll();
        await EndsAsync(inputs);
        Assert.False(inputs.IsListening);
    }

    [Fact]
    public async Task AnUnreadableLineEndsTheChanges()
    {
        UnreadableLines lines = new();
        using DoorInputs inputs = new(lines, new HardwareOptions { Contact = $"{Contact}" }, TimeSpan.FromMilliseconds(50), _time);
        lines.Edges.Post(new LineEdge(Contact, true, _time.Monotonic(), 0));
        await lines.Edges.WhenIdleAsync();
        lines.Fails = true;
        Advance(50);
        await EndsAsync(inputs);
    }

    /// <summary>Checks that the changes end, and the reader is notified, before the inputs are disposed.</summary>
    private static async Task EndsAsync(DoorInputs inputs)
    {
        await using IAsyncEnumerator<DoorInputChange> changes = inputs.Changes.ReadAllAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.False(await changes.MoveNextAsync().InTimeAsync());
    }

    private DoorInputs ClosedDoor()
    {
        _lines.Drive(Contact, high: false);
        return Inputs(new HardwareOptions { Contact = $"{Contact}" });
    }

    private DoorInputs Inputs(HardwareOptions options) => new(_lines, options, TimeSpan.FromMilliseconds(50), _time);

    private async Task DriveAsync(int line, bool high)
    {
        _lines.Drive(line, high);
        await _lines.WhenIdleAsync();
    }

    private void Advance(double milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private static async Task<List<DoorInputChange>> ChangesAsync(DoorInputs inputs)
    {
        inputs.Dispose();
        List<DoorInputChange> changes = [];
        await foreach (DoorInputChange change in inputs.Changes.ReadAllAsync(TestContext.Current.CancellationToken))
            changes.Add(change);
        return changes;
    }

    /// <summary>An input whose device is lost although its queue of edges has not ended.</summary>
    private sealed class UnreadableLines : IGpioLines, IInputLines
    {
        public bool IsSimulated => false;

        public bool IsListening => true;

        public bool Fails { get; set; }

        public Mailbox<LineEdge> Edges { get; } = new(16);

        public IInputLines RequestInputs(InputRequest request) => this;

        public IOutputLine RequestOutput(string consumer, int line, bool activeLow, bool isActive) =>
            throw new IOException("There are no outputs.");

        public bool IsActive(int line) => Fails ? throw new IOException("No such device.") : false;

        public void Dispose() => Edges.Close();
    }
}
