using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Doors;
using DoorAgent.Matching;

namespace DoorAgent.Operating;

/// <summary>What the deciding loop keeps for its operator: what was said at the start, the last events, and who waits for a badge.</summary>
/// <param name="start">What the start says of the door.</param>
/// <param name="unacknowledged">What is still to be looked at.</param>
/// <param name="time">The clock.</param>
internal sealed class OperatorDesk(StartupSummary start, Unacknowledged unacknowledged, TimeProvider time) : IEventPublisher
{
    private readonly DateTimeOffset _since = time.GetLocalNow();
    private IReadOnlyList<string> _changes = [];
    private readonly RecentEvents _events = new();
    private Action<OperatorAnswer>? _awaitsBadge;
    private Badge? _noticed;

    /// <summary>What the start says of the door.</summary>
    public string Running => start.Line;

    /// <summary>Whether an operator has something to acknowledge.</summary>
    public bool HasUnacknowledged => unacknowledged.Words is not null;

    /// <summary>Keeps what became of the files in use.</summary>
    /// <returns>What of it is new, to be recorded.</returns>
    public IReadOnlyList<DoorEvent> Note(IReadOnlyList<string> changes)
    {
        DoorEvent[] news = [.. changes.Except(_changes).Select(change => new DoorEvent(DoorEventKind.Warning) { Detail = change })];
        _changes = changes;
        return news;
    }

    public string Name => "the operator's status";

    /// <summary>Keeps an event for the status; called by another thread than the rest.</summary>
    public void Publish(DoorEvent made)
    {
        _events.Add(made);
        unacknowledged.Note(made);
    }

    /// <summary>Whoever asks last gets the badge; who waited before is notified.</summary>
    public void AwaitBadge(Action<OperatorAnswer> answer, double seconds)
    {
        _awaitsBadge?.Invoke(OperatorAnswer.Refused("Somebody else waits for a badge now."));
        (_awaitsBadge, _noticed) = (answer, null);
        answer(new OperatorAnswer { Notice = string.Create(CultureInfo.InvariantCulture, $"Present the new badge at the door within {seconds:0} s (Ctrl-C ends the wait).") });
    }

    /// <summary>Somebody's badge was read: whoever waits for a new one learns whose it is, once for a badge that is held to the reader.</summary>
    public void Saw(Badge badge, BadgeOwner? owner)
    {
        if (_awaitsBadge is null || owner is not { } known || badge == _noticed)
            return;
        _noticed = badge;
        _awaitsBadge(new OperatorAnswer { Notice = $"The badge {badge.Hint} is {known.Person.Name}'s already, and is not taken. Present another, or remove it there first ('dooragent badges remove')." });
    }

    /// <summary>Whether this one had waited; they do not any more.</summary>
    public bool StopAwaiting(Action<OperatorAnswer> answer)
    {
        if (_awaitsBadge != answer)
            return false;
        _awaitsBadge = null;
        return true;
    }

    public void Take(Badge badge)
    {
        _awaitsBadge?.Invoke(new OperatorAnswer { Badge = badge.Number });
        _awaitsBadge = null;
    }

    /// <summary>How the door is.</summary>
    /// <param name="door">The door machine's state.</param>
    /// <param name="access">The policy's state.</param>
    /// <param name="lights">What the reader shows.</param>
    /// <param name="faces">The gallery and the networks in use.</param>
    /// <param name="faults">What else is wrong; null for what is not.</param>
    /// <param name="now">Monotonic time.</param>
    public DoorStatus Status(DoorState door, AccessState access, LightPattern lights, FaceComparison faces, IEnumerable<string?> faults, TimeSpan now) => new()
    {
        Running = start.LineWith(faces.Pipeline),
        Since = _since,
        Now = time.GetLocalNow(),
        Door = door.Phase,
        RelaySecondsLeft = door.IsRelayOn ? Math.Round(Math.Max(0, (door.RelayUntil - now).TotalSeconds), 1) : null,
        Lights = lights,
        LookingFor = LookingFor(access, faces.Gallery),
        Gallery = faces.Gallery?.ToString(),
        LockedOut = LockedOut(access, faces.Gallery, now),
        Faults = [.. FaultsOf(door, access).Concat(faults.Append(unacknowledged.Words).OfType<string>())],
        Notes = _changes,
        Events = _events.Read(),
    };

    /// <summary>What came of an unlock that the door machine was told.</summary>
    public static OperatorAnswer Unlocked(DoorState door, TimeSpan now)
    {
        if (door.IsRelayOn)
            return new OperatorAnswer { Done = string.Create(CultureInfo.InvariantCulture, $"Unlocked for {(door.RelayUntil - now).TotalSeconds:0.#} s.") };
        return door.IsOpen
            ? new OperatorAnswer { Done = "The door stands open, so the relay stays off." }
            : OperatorAnswer.Refused("The relay does not obey; 'dooragent status' says what is wrong.");
    }

    private LockedOutPerson[] LockedOut(AccessState access, Gallery? gallery, TimeSpan now) =>
    [
        .. access.People.Where(one => one.Value.IsOn(now)).Select(one => (gallery?.Find(one.Key), one.Value)).Where(one => one.Item1 is not null)
            .Select(one => new LockedOutPerson(one.Item1!.Id, one.Item1.Name, time.GetLocalNow() + (one.Value.Until - now))),
    ];

    private static string? LookingFor(AccessState access, Gallery? gallery) => access.Attempt is not { } attempt ? null
        : attempt.PersonId is { } id ? gallery?.Find(id)?.Name : "anybody enrolled";

    private static IEnumerable<string> FaultsOf(DoorState door, AccessState access)
    {
        if (access.HasCameraFault)
            yield return "the camera gives no usable picture";
        else if (access.IsCameraSlow)
            yield return "the camera gives too few frames a second to compare a face";
        if (access.ReaderFault is { } gone)
            yield return $"the badge reader is offline: {gone}";
        if (door.HasRelayFault)
            yield return "the relay does not obey";
    }
}
