using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Modes;

namespace DoorAgent.Operating;

/// <summary>The door that <see cref="OperatorOrders"/> controls, on the door's own thread.</summary>
internal interface IOperatedDoor
{
    DoorState State { get; }

    /// <summary>The description of the camera.</summary>
    string Camera { get; }

    DoorStatus Status();

    /// <summary>The metrics in Prometheus' text format.</summary>
    string Metrics();

    /// <summary>The gallery in use; null without one.</summary>
    Gallery? Gallery { get; }

    /// <summary>Why an older gallery is in use than the file has, without the name of a person; null where the file's is in use, and where
    /// none is: then nobody enters.</summary>
    string? GalleryFault { get; }

    /// <summary>Remembers a gallery as the newest one that this door has used; returns why that was not written, or null.</summary>
    string? Remember(GalleryHead gallery);

    /// <summary>Records an event; returns whether the journal accepted the record.</summary>
    bool Record(DoorEvent raised);

    /// <summary>Applies an input to the door machine.</summary>
    void Advance(DoorInputEvent input);

    /// <summary>Applies an event to the policy.</summary>
    void Advance(AccessEvent accessEvent);
}

/// <summary>Carries out operators' requests. An unlock is recorded first, as a grant is, and a lock does not wait for a record; a
/// refused unlock is recorded as denied.</summary>
/// <param name="door">The door.</param>
/// <param name="desk">The waits and acknowledgements of operators.</param>
/// <param name="needsRecord">Whether an unlock without a record is refused.</param>
/// <param name="eraseNames">Erases the names of a person in the journal, or only one name; returns why not, or null.</param>
/// <param name="modes">The door's mode.</param>
/// <param name="fleet">The door's fleet.</param>
internal sealed class OperatorOrders(
    IOperatedDoor door, OperatorDesk desk, bool needsRecord, Func<long, string?, string?> eraseNames, DoorModes modes, DoorFleet fleet)
{
    public const string NoRecord = "the journal cannot be written. Free disk space, or check whether the disk has become read-only.";

    /// <summary>Carries out a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="by">The operator, for the record.</param>
    /// <param name="answer">Receives the answer once, for a badge later.</param>
    /// <param name="now">Monotonic time.</param>
    public void Obey(OperatorRequest request, string by, Action<OperatorAnswer> answer, TimeSpan now)
    {
        TimeSpan until = now + TimeSpan.FromSeconds(Math.Clamp(request.Seconds, 0, OperatorRequest.LongestLook));
        switch (request.Verb)
        {
            case OperatorVerb.Unlock:
                answer(Unlock(by, now));
                break;
            case OperatorVerb.Lock:
                answer(Lock(by, now));
                break;
            case OperatorVerb.Acknowledge:
                answer(Acknowledge(by));
                break;
            case OperatorVerb.NextBadge:
                door.Record(new DoorEvent(DoorEventKind.BadgeAwaited) { Detail = by });
                desk.AwaitBadge(answer, request.Seconds);
                door.Advance(new BadgeAwaited(until));
                break;
            case OperatorVerb.Frames:
                door.Record(new DoorEvent(DoorEventKind.CameraLent) { Detail = by });
                door.Advance(new CameraLoan(until));
                answer(new OperatorAnswer { Done = $"the running door's camera ({door.Camera})" });
                break;
            case OperatorVerb.EraseNames:
                answer(EraseNames(request.Person ?? 0, request.Called, by));
                break;
            case OperatorVerb.AcceptGallery or OperatorVerb.RememberGallery:
                answer(Accept(request.Verb, request.Gallery ?? "", by));
                break;
            case OperatorVerb.ChangeGallery:
                answer(RecordChange(request, by));
                break;
            case OperatorVerb.ChangePerson or OperatorVerb.ErasePerson or OperatorVerb.Enrol:
                answer(RecordForPage(DoorEventKind.GalleryChanged, request, by));
                break;
            case OperatorVerb.PageCode or OperatorVerb.Pair:
                answer(RecordForPage(DoorEventKind.PageAccess, request, by));
                break;
            case OperatorVerb.Mode:
                answer(modes.Obey(request, by, now));
                break;
            case OperatorVerb.Metrics:
                answer(new OperatorAnswer { Metrics = door.Metrics() });
                break;
            case OperatorVerb.FleetContact:
                answer(fleet.Hear(request.Contact, now));
                break;
            case OperatorVerb.FleetApply when request.News is { } news:
                answer(fleet.Applied(news, now));
                break;
            case OperatorVerb.Forgive:
                answer(Forgive(request.Called, by));
                break;
            default:
                answer(new OperatorAnswer { Status = door.Status() });
                break;
        }
    }

    private OperatorAnswer Unlock(string by, TimeSpan now)
    {
        if (modes.Mode == DoorMode.Lockdown)
            return Refuse(DenyReason.Lockdown, by, $"Not unlocked: {modes.EndOfLockdown}");
        if (door.State.HasRelayFault)
            return Refuse(DenyReason.RelayFault, by, "Not unlocked: the relay does not obey; 'dooragent status' shows the fault.");
        if (!door.Record(new DoorEvent(DoorEventKind.OperatorUnlock) { Detail = by }) && needsRecord)
            return Refuse(DenyReason.AuditFailed, by, $"Not unlocked: {NoRecord}");
        door.Advance(new DoorGranted(PersonId: null, IsExtended: false));
        return OperatorDesk.Unlocked(door.State, now);
    }

    private OperatorAnswer Lock(string by, TimeSpan now)
    {
        door.Advance(new OperatorLocks());
        door.Record(new DoorEvent(DoorEventKind.OperatorLock) { Detail = by });
        string hours = modes.Lock(by, now);
        return new OperatorAnswer
        {
            Done = (door.State.IsOpen ? "The relay is off; the door itself is open." : "The door is locked.") + hours,
        };
    }

    /// <summary>Acknowledges ends without a stop; without a record the next start would show them again.</summary>
    private OperatorAnswer Acknowledge(string by)
    {
        if (!desk.HasUnacknowledged)
            return new OperatorAnswer { Done = "There is nothing to acknowledge." };
        return door.Record(new DoorEvent(DoorEventKind.Acknowledged) { Detail = by })
            ? new OperatorAnswer { Done = "Acknowledged and recorded." }
            : OperatorAnswer.Refused($"Not recorded, so the next start shows it again: {NoRecord}");
    }

    // While the gallery in use has the person, the next record would have the name again.
    private OperatorAnswer EraseNames(long person, string? called, string by)
    {
        if (called is null && door.Gallery?.Find(person) is not null)
            return OperatorAnswer.Refused("The door still uses a gallery that has this person; 'dooragent status' says why.");
        if (eraseNames(person, called) is { } why)
            return OperatorAnswer.Refused(why);
        DoorEvent erased = new(DoorEventKind.PersonErased) { PersonId = person, IsErased = true, Detail = by };
        return door.Record(erased) ? new OperatorAnswer { Done = "Erased and recorded." }
            : OperatorAnswer.Refused($"The name is erased, and this was not recorded: {NoRecord}");
    }

    /// <summary>Forgets where a person is, or everybody; without a record nobody is let in who was kept out.</summary>
    private OperatorAnswer Forgive(string? name, string by)
    {
        Person? person = name is null ? null : door.Gallery?.People.FirstOrDefault(one => PersonName.KeyOf(one.Name) == PersonName.KeyOf(name));
        if (name is not null && person is null)
            return OperatorAnswer.Refused($"The door knows nobody called '{name}': 'dooragent people list' shows the names.");
        DoorEvent forgiven = new(DoorEventKind.PassbackForgiven) { PersonId = person?.Id, Detail = person is null ? $"everybody, {by}" : by };
        if (!door.Record(forgiven) && needsRecord)
            return OperatorAnswer.Refused($"Nothing was changed: {NoRecord}");
        door.Advance(new DoorReported([forgiven]));
        return new OperatorAnswer
        {
            Done = $"Where {person?.Name ?? "everybody"} is was forgotten: the next entry is not a passback.",
        };
    }

    private OperatorAnswer Accept(OperatorVerb verb, string text, string by)
    {
        if (GalleryAcceptance.Parse(text) is not { } gallery)
            return OperatorAnswer.Refused("The request names no gallery.");
        string? why = verb == OperatorVerb.RememberGallery ? door.Remember(gallery)
            : door.Record(GalleryAcceptance.EventOf(gallery, by)) ? null : NoRecord;
        return why is null ? new OperatorAnswer { Done = "Recorded." } : OperatorAnswer.Refused($"Not recorded: {why}");
    }

    /// <summary>Records a change of the gallery, which <see cref="OperatorGallery"/> makes then. Without a record nobody is let in who was
    /// kept out; keeping somebody out does not wait for one.</summary>
    private OperatorAnswer RecordChange(OperatorRequest request, string by)
    {
        if (request.Change is not { } change)
            return OperatorAnswer.Refused("The request names no change.");
        bool isRecorded = door.Record(new DoorEvent(DoorEventKind.GalleryChanged)
        {
            PersonId = request.Person, Detail = $"{OperatorGallery.WordsOf(change)}, {by}",
        });
        return isRecorded || !needsRecord || !LetsIn(change.Kind)
            ? new OperatorAnswer { Done = "recorded" } : OperatorAnswer.Refused($"Nothing was changed: {NoRecord}");
    }

    /// <summary>Records what the page does then. Without a record nothing is changed, except that somebody is kept out.</summary>
    private OperatorAnswer RecordForPage(DoorEventKind kind, OperatorRequest request, string by)
    {
        bool isRecorded = door.Record(new DoorEvent(kind) { PersonId = request.Person, Detail = $"{request.Words}, {by}" });
        return isRecorded || !needsRecord || request is { Verb: OperatorVerb.ErasePerson } or { PersonChange.OnlyKeepsOut: true }
            ? new OperatorAnswer { Done = "recorded" } : OperatorAnswer.Refused($"Nothing was changed: {NoRecord}");
    }

    private static bool LetsIn(GalleryChangeKind kind) => kind is GalleryChangeKind.Enable or GalleryChangeKind.Unblock
        or GalleryChangeKind.AllowInLockdown or GalleryChangeKind.AllowAlone or GalleryChangeKind.Escort or GalleryChangeKind.EndEscort;

    private OperatorAnswer Refuse(DenyReason reason, string by, string why)
    {
        door.Record(new DoorEvent(DoorEventKind.Denied) { Reason = reason, Detail = $"unlock by an operator, {by}" });
        return OperatorAnswer.Refused(why);
    }
}
