using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Where what happens at the door, on its own threads, and what the user does become one state.</summary>
internal sealed class TryBoard(TryState first, TimeProvider time) : IDoorObserver
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TryState _state = first;
    private long _events;

    /// <summary>What there is to see: another object once something has changed, the same as long as nothing has.</summary>
    public TryState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>How many events there were.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Completes when the door knows who may enter: a badge before that would find nobody.</summary>
    public Task Ready => _ready.Task;

    public void OnEvent(DoorEvent recorded)
    {
        Change(state => state.After(recorded, time.Monotonic()));
        Interlocked.Increment(ref _events);
        if (recorded.Kind is DoorEventKind.GalleryLoaded or DoorEventKind.GalleryRefused)
            _ready.TrySetResult();
    }

    public void OnFrame(FaceReading reading) => Change(state => state.After(reading));

    public void OnPart(DoorPart part, bool isOn) => Change(state => state.After(part, isOn, time.Monotonic()));

    /// <summary>The user changed something. What changes nothing does not disturb the quiet: a door that goes by faces looks all the time.</summary>
    public void Change(Func<TryState, TryState> change)
    {
        lock (_gate)
        {
            TryState next = change(_state);
            if (next != _state)
                _state = next;
        }
    }
}
