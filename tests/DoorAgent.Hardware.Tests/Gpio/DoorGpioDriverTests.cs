using System.Device.Gpio;
using DoorAgent.Hardware.Gpio;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Gpio;

/// <summary>Runs a GpioController of System.Device.Gpio on simulated lines.</summary>
public sealed class DoorGpioDriverTests : IDisposable
{
    private readonly SimulatedGpioLines _lines = new(new FakeTimeProvider(), 32);
    private readonly GpioController _controller;
    private readonly List<string> _failures = [];

    public DoorGpioDriverTests() => _controller = new GpioController(new DoorGpioDriver(_lines, 32, _failures.Add));

    [Fact]
    public void AnOutputIsRequestedWithItsLevelInOneStepWrittenAndToggled()
    {
        GpioPin pin = _controller.OpenPin(22, PinMode.Output, PinValue.High);
        Assert.Equal([true], _lines.Timeline.Select(change => change.IsHigh));
        pin.Write(PinValue.Low);
        Assert.Equal((PinValue.Low, PinMode.Output), (pin.Read(), pin.GetPinMode()));
        pin.Toggle();
        Assert.True(_lines.IsHigh(22));
    }

    [Fact]
    public void AnInputReadsItsLevel()
    {
        GpioPin pin = _controller.OpenPin(17, PinMode.InputPullUp);
        Assert.Equal(PinValue.High, pin.Read());
        _lines.Drive(17, false);
        Assert.Equal(PinValue.Low, pin.Read());
    }

    [Fact]
    public async Task CallbacksReceiveTheirEdgesUntilRemoved()
    {
        List<PinEventTypes> seen = [];
        void Note(object sender, PinValueChangedEventArgs change) => seen.Add(change.ChangeType);
        _controller.OpenPin(17, PinMode.Input);
        _controller.RegisterCallbackForPinValueChangedEvent(17, PinEventTypes.Rising, Note);
        _lines.Drive(17, true);
        _lines.Drive(17, false);
        await _lines.WhenIdleAsync();
        Assert.Equal([PinEventTypes.Rising], seen);
        _controller.UnregisterCallbackForPinValueChangedEvent(17, Note);
        _lines.Drive(17, true);
        await _lines.WhenIdleAsync();
        Assert.Single(seen);
    }

    [Fact]
    public async Task ACallbackThatThrowsIsReportedAndThePinAndTheOtherCallbacksGoOn()
    {
        List<PinEventTypes> seen = [];
        _controller.OpenPin(17, PinMode.Input);
        _controller.RegisterCallbackForPinValueChangedEvent(17, PinEventTypes.Rising,
            (_, _) => throw new InvalidOperationException("the binding has lost count"));
        _controller.RegisterCallbackForPinValueChangedEvent(17,
            PinEventTypes.Rising | PinEventTypes.Falling, (_, change) => seen.Add(change.ChangeType));
        foreach (bool isHigh in new[] { true, false, true })
            _lines.Drive(17, isHigh);
        await _lines.WhenIdleAsync();

        Assert.Equal([PinEventTypes.Rising, PinEventTypes.Falling, PinEventTypes.Rising], seen);
        Assert.Equal(2, _failures.Count);
        Assert.All(_failures, said => Assert.Equal("A callback for line 17 failed (Rising): the binding has lost count", said));
    }

    [Fact]
    public async Task AWaitEndsAtItsEdgeOrAtCancellation()
    {
        _controller.OpenPin(17, PinMode.Input);
        ValueTask<WaitForEventResult> waiting = _controller.WaitForEventAsync(17,
            PinEventTypes.Falling | PinEventTypes.Rising, TestContext.Current.CancellationToken);
        _lines.Drive(17, true);
        WaitForEventResult risen = await waiting;
        Assert.Equal((PinEventTypes.Rising, false), (risen.EventTypes, risen.TimedOut));
        Assert.True((await _controller.WaitForEventAsync(17, PinEventTypes.Rising, new CancellationToken(canceled: true))).TimedOut);
    }

    [Fact]
    public void AClosedPinIsFreeForOthers()
    {
        _controller.OpenPin(22, PinMode.Output);
        Assert.Throws<IOException>(() => _lines.RequestOutput("lock relay", 22, false, false));
        _controller.ClosePin(22);
        _lines.RequestOutput("lock relay", 22, false, false).Dispose();
    }

    public void Dispose()
    {
        _controller.Dispose();
        _lines.Dispose();
    }
}
