using System.Collections.Concurrent;
using System.Device.Gpio;

namespace DoorAgent.Hardware.Gpio;

/// <summary>
/// Implements a System.Device.Gpio driver on <see cref="IGpioLines"/>, so that a <see cref="GpioController"/> and any binding of
/// dotnet/iot can use them. The door's own devices do not use this driver: its interface has neither edge times nor requests
/// for two lines.
/// </summary>
/// <param name="lines">The chip; not disposed with this object.</param>
/// <param name="lineCount">The number of lines of the chip.</param>
/// <param name="callbackFailed">Receives, on the pin's own loop, what a callback of a binding threw; the pin goes on. Without it the words
/// go to standard error, which a service's journal keeps.</param>
internal sealed class DoorGpioDriver(IGpioLines lines, int lineCount, Action<string>? callbackFailed = null) : GpioDriver
{
    private readonly ConcurrentDictionary<int, DriverPin> _pins = [];

    protected override int PinCount => lineCount;

    protected override void OpenPin(int pinNumber)
    {
        if (!_pins.TryAdd(pinNumber, new DriverPin(lines, pinNumber, callbackFailed ?? Console.Error.WriteLine)))
            throw new InvalidOperationException($"Line {pinNumber} is open already.");
    }

    protected override void ClosePin(int pinNumber)
    {
        if (_pins.TryRemove(pinNumber, out DriverPin? pin))
            pin.Dispose();
    }

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) =>
        mode is PinMode.Input or PinMode.InputPullUp or PinMode.InputPullDown or PinMode.Output;

    protected override void SetPinMode(int pinNumber, PinMode mode) => Pin(pinNumber).SetMode(mode, PinValue.Low);

    /// <summary>Direction and level in one step, so that nothing pulses.</summary>
    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue) => Pin(pinNumber).SetMode(mode, initialValue);

    protected override PinMode GetPinMode(int pinNumber) => Pin(pinNumber).Mode;

    protected override PinValue Read(int pinNumber) => Pin(pinNumber).Read();

    protected override void Write(int pinNumber, PinValue value) => Pin(pinNumber).Write(value);

    protected override void Toggle(int pinNumber)
    {
        DriverPin pin = Pin(pinNumber);
        pin.Write(!pin.Read());
    }

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        WaitForEventAsync(pinNumber, eventTypes, cancellationToken).AsTask().GetAwaiter().GetResult();

    protected override async ValueTask<WaitForEventResult> WaitForEventAsync(
        int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken)
    {
        DriverPin pin = Pin(pinNumber);
        TaskCompletionSource<PinEventTypes> changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnChange(object sender, PinValueChangedEventArgs change) => changed.TrySetResult(change.ChangeType);
        pin.Add(eventTypes, OnChange);
        try
        {
            return new WaitForEventResult { EventTypes = await changed.Task.WaitAsync(cancellationToken) };
        }
        catch (OperationCanceledException)
        {
            return new WaitForEventResult { TimedOut = true };
        }
        finally
        {
            pin.Remove(OnChange);
        }
    }

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
        Pin(pinNumber).Add(eventTypes, callback);

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        Pin(pinNumber).Remove(callback);

    protected override void Dispose(bool disposing)
    {
        foreach (int pin in _pins.Keys)
            ClosePin(pin);
        base.Dispose(disposing);
    }

    private DriverPin Pin(int number) =>
        _pins.TryGetValue(number, out DriverPin? pin) ? pin : throw new InvalidOperationException($"Line {number} is not open.");
}
