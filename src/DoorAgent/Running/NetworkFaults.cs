using DoorAgent.Events;

namespace DoorAgent.Running;

/// <summary>The present faults of the networks. A network that stays broken is recorded once, and for each attempt that it ends, not for each
/// frame.</summary>
/// <param name="record">Records an event.</param>
/// <param name="endAttempt">Ends the attempt that needed the network.</param>
internal sealed class NetworkFaults(Func<DoorEvent, bool> record, Action endAttempt)
{
    /// <summary>What is wrong with the detector or the encoder; null while they work.</summary>
    public string? OfFaces { get; private set; }

    /// <summary>What is wrong with the check of liveness; null while it works.</summary>
    public string? OfLiveness { get; private set; }

    public bool HasAny => OfFaces is not null || OfLiveness is not null;

    public void FacesWork() => OfFaces = null;

    public void LivenessWorks() => OfLiveness = null;

    public void FailFaces(string fault, bool endsAttempt) => OfFaces = Fail(fault, OfFaces, endsAttempt);

    public void FailLiveness(string fault, bool endsAttempt) => OfLiveness = Fail(fault, OfLiveness, endsAttempt);

    private string Fail(string fault, string? known, bool endsAttempt)
    {
        if (fault != known || endsAttempt)
            record(new DoorEvent(DoorEventKind.Fault) { Detail = fault });
        if (endsAttempt)
            endAttempt();
        return fault;
    }
}
