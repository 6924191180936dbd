using System.Collections.Immutable;
using System.Device.Gpio;

namespace DoorAgent.Hardware.Gpio;

/// <summary>An open pin of <see cref="DoorGpioDriver"/>: the line is requested from the chip when the mode is set.</summary>
internal sealed class DriverPin(IGpioLines lines, int number, Action<string> callbackFailed) : IDisposable
{
    private const string Consumer = "binding";

    private IOutputLine? _output;
    private IInputLines? _input;
    private ImmutableArray<(PinEventTypes Types, PinChangeEventHandler Callback)> _callbacks = [];

    public PinMode Mode { get; private set; } = PinMode.Input;

    /// <exception cref="IOException">The line cannot be requested.</exception>
    /// <exception cref="NotSupportedException">The mode is neither input nor output.</exception>
    public void SetMode(PinMode mode, PinValue level)
    {
        LineBias bias = mode switch
        {
            PinMode.InputPullUp => LineBias.PullUp,
            PinMode.InputPullDown => LineBias.PullDown,
            PinMode.Input or PinMode.Output => LineBias.AsIs,
            _ => throw new NotSupportedException($"A line cannot be {mode}."),
        };
        Release();
        if (mode == PinMode.Output)
        {
            _output = lines.RequestOutput(Consumer, number, activeLow: false, isActive: level == PinValue.High);
        }
        else
        {
            _input = lines.RequestInputs(new InputRequest(Consumer, [number], LineEdges.Both, bias, ActiveLow: false));
            _ = InvokeCallbacksAsync(_input);
        }

        Mode = mode;
    }

    public PinValue Read() => (_output?.IsActive ?? _input?.IsActive(number)) switch
    {
        true => PinValue.High,
        false => PinValue.Low,
        _ => throw new InvalidOperationException($"Line {number} has no mode yet."),
    };

    public void Write(PinValue value)
    {
        if (_output is null)
            throw new InvalidOperationException($"Line {number} is not an output.");
        _output.Set(value == PinValue.High);
    }

    public void Add(PinEventTypes types, PinChangeEventHandler callback) =>
        ImmutableInterlocked.Update(ref _callbacks, callbacks => callbacks.Add((types, callback)));

    public void Remove(PinChangeEventHandler callback) =>
        ImmutableInterlocked.Update(ref _callbacks, callbacks => callbacks.RemoveAll(one => one.Callback == callback));

    public void Dispose() => Release();

    private async Task InvokeCallbacksAsync(IInputLines input)
    {
        await foreach (LineEdge edge in input.Edges.ReadAllAsync())
        {
            PinEventTypes type = edge.IsActive ? PinEventTypes.Rising : PinEventTypes.Falling;
            foreach ((PinEventTypes types, PinChangeEventHandler callback) in _callbacks)
            {
                if (types.HasFlag(type))
                    Invoke(callback, type);
            }
        }
    }

    private void Invoke(PinChangeEventHandler callback, PinEventTypes type)
    {
        try
        {
            callback(this, new PinValueChangedEventArgs(type, number));
        }
#pragma warning disable CA1031 // Foreign code: whatever a callback throws, the other callbacks and later edges must not be lost.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            callbackFailed($"A callback for line {number} failed ({type}): {failure.Message}");
        }
    }

    private void Release()
    {
        _output?.Dispose();
        _input?.Dispose();
        (_output, _input) = (null, null);
    }
}
