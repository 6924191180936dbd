using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Simulation;

/// <summary>The production worker at a simulated door, in real time: what is done at it comes in as steps, what happens goes out as it happens.</summary>
internal sealed class TrialDoor : IAsyncDisposable
{
    private readonly SimulatedGpioLines _lines;
    private readonly DoorDevices _devices;
    private readonly DoorRuntime _runtime;
    private readonly DoorScene _scene;
    private readonly HardwareOptions _pins;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITrialWatcher _watcher;

    /// <summary>Opens the door and starts it; the networks stay the caller's, the camera is the door's from then on.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="places">A data directory of the trial's own, with its gallery.</param>
    /// <param name="reader">The networks, proven.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="watcher">Is told what happens, on the threads on which it does.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">Settings or lines cannot be used.</exception>
    public TrialDoor(DoorSettings settings, Places places, FacePipeline reader, ICamera camera, ITrialWatcher watcher, TimeProvider time)
    {
        _watcher = watcher;
        _pins = settings.Hardware;
        _lines = new SimulatedGpioLines(time, HardwareOptions.SimulatedLineCount);
        _scene = new DoorScene(_lines, _pins, settings.Badges.KeypadLayout, time);
        try
        {
            // The door stands closed at first.
            _scene.MoveDoor(open: false);
            _lines.Changed += Tell;
            _devices = new DoorDevices(_lines, camera, _pins, settings.Badges, settings.Doors.Debounce, time);
        }
        catch (IOException failure)
        {
            camera.Dispose();
            throw new UserErrorException(failure.Message, failure);
        }

        try
        {
            _runtime = new DoorRuntime(settings, places, reader, _devices, [], time, observer: watcher.Happened);
        }
        catch
        {
            _devices.Dispose();
            throw;
        }

        _runtime.Looked += watcher.Looked;
        Ended = _runtime.RunAsync(_stop.Token);
    }

    /// <summary>Completes when the worker has ended; faulted when it failed.</summary>
    public Task Ended { get; }

    /// <summary>The steps that people can type at this door.</summary>
    public IReadOnlyList<TypedStep> Typed => _scene.Typed;

    /// <summary>Whether the lock is released.</summary>
    public bool IsRelayOn => _lines.IsHigh(_pins.Relay) != _pins.RelayActiveLow;

    /// <summary>Does something at the door: a badge, the door leaf, the exit button.</summary>
    /// <exception cref="UserErrorException">This door has no such thing.</exception>
    /// <exception cref="FormatException">The badge cannot be sent over the reader's lines.</exception>
    public bool Do(StepAction action) => _scene.Do(action);

    /// <summary>Stops the worker as SIGTERM does: the door is locked afterwards.</summary>
    /// <exception cref="Exception">The worker had failed.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Whether it failed is said by StopAsync; here it only has to be over.
        await Ended.ContinueWith(_ => { }, TaskScheduler.Default);
        _runtime.Dispose();
        _devices.Dispose();
        _lines.Dispose();
        _stop.Dispose();
    }

    private void Tell(LevelChange change)
    {
        TrialPart? part = change.Line == _pins.Relay ? TrialPart.Relay
            : change.Line == _pins.ContactLine ? TrialPart.Leaf
            : change.Line == _pins.Green ? TrialPart.Green
            : change.Line == _pins.Red ? TrialPart.Red
            : change.Line == _pins.Buzzer ? TrialPart.Buzzer
            : null;
        if (part is not { } moved)
            return;
        bool isInverted = moved switch
        {
            TrialPart.Relay => _pins.RelayActiveLow,
            TrialPart.Leaf => _pins.ContactOpenIsLow,
            _ => _pins.LightsActiveLow,
        };
        _watcher.Moved(moved, change.IsHigh != isInverted);
    }
}
