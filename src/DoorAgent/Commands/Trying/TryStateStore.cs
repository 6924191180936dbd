using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Keeps the state of a trial and applies changes from the door's threads and from the user under one lock.</summary>
internal sealed class TryStateStore(TryState first, TimeProvider time) : IDoorObserver
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TryState _state = first;
    private long _events;

    /// <summary>The current state: a new object after each change, the same object while nothing changes.</summary>
    public TryState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Number of events so far.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Completes when the door has loaded its gallery: a badge presented earlier would be unknown.</summary>
    public Task Ready => _ready.Task;

    public void OnEvent(DoorEvent recorded)
    {
        Change(state => state.After(recorded, time.Monotonic()));
        Interlocked.Increment(ref _events);
        if (recorded.Kind is DoorEventKind.GalleryLoaded or DoorEventKind.GalleryRefused or DoorEventKind.GalleryRolledBack)
            _ready.TrySetResult();
    }

    public void OnFrame(FaceReading reading) => Change(state => state.After(reading));

    public void OnPart(DoorPart part, bool isOn) => Change(state => state.After(part, isOn, time.Monotonic()));

    /// <summary>Applies a change. An equal state keeps the old object, because a door in a face mode reports readings all the
    /// time.</summary>
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
