using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Simulation;

/// <summary>A visible part of an interactive door.</summary>
internal enum DoorPart
{
    /// <summary>On means unlocked.</summary>
    Relay,

    /// <summary>On means open.</summary>
    Leaf,
    Green,
    Red,
    Buzzer,
    LeftLight,
    RightLight,
}

/// <summary>Receives what happens at an interactive door. Calls come from the threads of the door and must return quickly.</summary>
internal interface IDoorObserver
{
    /// <summary>Called for every recorded event.</summary>
    void OnEvent(DoorEvent recorded);

    /// <summary>Called when the networks have read a frame.</summary>
    void OnFrame(FaceReading reading);

    /// <summary>Called when a part switches.</summary>
    void OnPart(DoorPart part, bool isOn);
}

/// <summary>Runs the production worker at a simulated door in real time: steps come in, events go to an observer.</summary>
internal sealed class InteractiveDoor : IAsyncDisposable
{
    private readonly SimulatedGpioLines _lines;
    private readonly DoorDevices _devices;
    private readonly LivenessCheck _liveness;
    private readonly DoorRuntime _runtime;
    private readonly DoorScene _scene;
    private readonly HardwareOptions _pins;
    private readonly CancellationTokenSource _stop = new();
    private readonly IDoorObserver _observer;

    /// <summary>Opens the door and starts the worker. The caller keeps the networks; the door owns the camera.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="places">A data directory for this door alone, with its gallery.</param>
    /// <param name="pipeline">The networks, proven.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="observer">Receives what happens, on the threads of the door.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">Settings or lines cannot be used.</exception>
    public InteractiveDoor(
        DoorSettings settings, Places places, FacePipeline pipeline, ICamera camera, IDoorObserver observer, TimeProvider time)
    {
        _observer = observer;
        _pins = settings.Hardware;
        _lines = new SimulatedGpioLines(time, HardwareOptions.SimulatedLineCount);
        _scene = new DoorScene(_lines, _pins, settings.Badges.KeypadLayout, time);
        try
        {
            // The door starts closed.
            _scene.MoveDoor(open: false);
            _lines.Changed += OnLevelChanged;
            _devices = settings.CreateDevices(_lines, camera, _pins, time);
        }
        catch (IOException failure)
        {
            camera.Dispose();
            throw new UserErrorException(failure.Message, failure);
        }

        try
        {
            _liveness = LivenessFactory.Open(places, settings.Liveness);
            _runtime = new DoorRuntime(settings, places, pipeline, _liveness, _devices, [], time, observer: observer.OnEvent);
        }
        catch
        {
            _liveness?.Dispose();
            _devices.Dispose();
            throw;
        }

        _runtime.Looked += observer.OnFrame;
        Ended = _runtime.RunAsync(_stop.Token);
    }

    /// <summary>Completes when the worker has ended; the task is faulted when the worker failed.</summary>
    public Task Ended { get; }

    /// <summary>The steps that can be typed at this door.</summary>
    public IReadOnlyList<ConsoleStep> Typed => _scene.Typed;

    /// <summary>Whether the lock is released.</summary>
    public bool IsRelayOn => _lines.IsHigh(_pins.Relay) != _pins.RelayActiveLow;

    /// <summary>Performs a step at the door: a badge, the door leaf, the exit button.</summary>
    /// <exception cref="UserErrorException">This door lacks what the step needs.</exception>
    /// <exception cref="FormatException">The badge cannot be sent over the reader's lines.</exception>
    public bool Do(StepAction action) => _scene.Do(action);

    /// <summary>Stops the worker as SIGTERM does; the door is locked afterwards.</summary>
    /// <exception cref="Exception">The worker had failed.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // StopAsync reports a failure; here the worker only has to end.
        await Ended.ContinueWith(_ => { }, TaskScheduler.Default);
        _runtime.Dispose();
        _liveness.Dispose();
        _devices.Dispose();
        _lines.Dispose();
        _stop.Dispose();
    }

    private void OnLevelChanged(LevelChange change)
    {
        DoorPart? part = change.Line == _pins.Relay ? DoorPart.Relay
            : change.Line == _pins.ContactLine ? DoorPart.Leaf
            : change.Line == _pins.Green ? DoorPart.Green
            : change.Line == _pins.Red ? DoorPart.Red
            : change.Line == _pins.Buzzer ? DoorPart.Buzzer
            : change.Line == _pins.LeftLight ? DoorPart.LeftLight
            : change.Line == _pins.RightLight ? DoorPart.RightLight
            : null;
        if (part is not { } moved)
            return;
        bool isInverted = moved switch
        {
            DoorPart.Relay => _pins.RelayActiveLow,
            DoorPart.Leaf => _pins.ContactOpenIsLow,
            _ => _pins.LightsActiveLow,
        };
        _observer.OnPart(moved, change.IsHigh != isInverted);
    }
}
