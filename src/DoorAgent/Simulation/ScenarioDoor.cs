using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Auditing;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Simulation;

/// <summary>Runs the production worker on simulated lines and a simulated camera, from its start to its end.</summary>
internal sealed class ScenarioDoor : IDisposable
{
    private readonly SimulatedGpioLines _lines;
    private readonly DoorDevices _devices;
    private readonly LivenessCheck _liveness;
    private readonly DoorRuntime _runtime;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _directions;

    public ScenarioDoor(DoorSettings settings, Places places, FacePipeline pipeline, SimulatedGpioLines lines, Action<DoorEvent> recorded,
        TimeProvider time, DateTimeOffset? built = null, IReadOnlyList<IEventPublisher>? publishers = null, LivenessCheck? liveness = null)
    {
        _lines = lines;
        Camera = new SimulatedCamera(time);
        HardwareOptions hardware = settings.Hardware;
        _devices = settings.CreateDevices(lines, TurnedCamera.Of(Camera, hardware.CameraRotation), hardware, time);
        try
        {
            _liveness = liveness ?? LivenessFactory.Open(places, settings.Liveness);
            _runtime = new DoorRuntime(settings, places, pipeline, _liveness, _devices, publishers ?? [], time, built, observer: recorded,
                draw: NextDirection);
        }
        catch
        {
            _liveness?.Dispose();
            _devices.Dispose();
            throw;
        }

        _running = _runtime.RunAsync(_stop.Token);
    }

    public SimulatedCamera Camera { get; }

    /// <summary>The worker, for the operator's desk.</summary>
    public IOperable Operable => _runtime;

    /// <summary>What the fleet's requests read and write.</summary>
    public FleetStore Fleet => _runtime.Fleet;

    /// <summary>Whether each loop of the worker has made progress since the last call.</summary>
    public bool HasMoved() => _runtime.HasMoved();

    /// <summary>Completes when the worker has ended; the task is faulted when the worker failed.</summary>
    public Task Ended => _running;

    public Doors.DoorPhase Phase => _runtime.Phase;

    /// <summary>What judges liveness.</summary>
    public LivenessStrength Strength => _liveness.Strength;

    /// <summary>Whether an attempt is under way.</summary>
    public bool IsLooking => _runtime.IsLooking;

    public Hardware.Doors.LightPattern Lights => _devices.Lights.Shown;

    /// <summary>Completes when everything that has happened is completely processed.</summary>
    /// <exception cref="Exception">The worker failed.</exception>
    public async Task SettleAsync()
    {
        Task idle = WhenIdleAsync();
        // A loop that ended with work left ends the worker too, whose task has the reason.
        if (await Task.WhenAny(idle, _running) == _running || idle.IsFaulted)
            await _running;
        await idle;
    }

    /// <summary>Stops the worker as systemd does, and waits until the worker has ended.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Ends the worker as a power cut does: its lines are released at once, and the worker records nothing more.</summary>
    public async Task KillAsync()
    {
        _runtime.CutOff();
        _lines.ReleaseAll();
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        Dispose();
    }

    /// <summary>Releases the worker's resources after it has ended.</summary>
    public void Dispose()
    {
        _runtime.Dispose();
        _liveness.Dispose();
        _devices.Dispose();
        _stop.Dispose();
    }

    /// <summary>Returns the directions of the requests to turn the head: always the same, so that two runs decide alike. The first request
    /// of a run asks for the left and the second one for the right, in turn; the second request of one attempt is the other side.</summary>
    private TurnDirection NextDirection() => _directions++ % 4 is 0 or 3 ? TurnDirection.Left : TurnDirection.Right;

    private async Task WhenIdleAsync()
    {
        // In the direction of the data: lines and camera first, then the inbox that they post to.
        await _lines.WhenIdleAsync();
        await Camera.WhenIdleAsync();
        await _runtime.WhenIdleAsync();
    }
}
