using DoorAgent.Auditing;
using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Where what happens at the door, on its own threads, and what the user does become one state.</summary>
internal sealed class TryBoard(TryState first, TimeProvider time) : ITrialWatcher
{
    private readonly Lock _gate = new();
    private TryState _state = first;
    private TimeSpan _changedAt = time.Monotonic();

    public TryState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>For how long nothing has changed.</summary>
    public TimeSpan QuietFor
    {
        get
        {
            lock (_gate)
                return time.Monotonic() - _changedAt;
        }
    }

    public void Happened(DoorEvent what) => Change(state => state.After(what, time.Monotonic()));

    public void Looked(FaceReading reading) => Change(state => state.After(reading));

    public void Moved(TrialPart part, bool isOn) => Change(state => state.After(part, isOn, time.Monotonic()));

    /// <summary>The user changed something.</summary>
    public void Change(Func<TryState, TryState> change)
    {
        lock (_gate)
            (_state, _changedAt) = (change(_state), time.Monotonic());
    }
}
