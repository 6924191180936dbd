using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Doors;
using DoorAgent.Matching;

namespace DoorAgent.Operating;

/// <summary>Keeps the decision loop's state for operators: the summary of the start, the last events, and the wait for a badge.</summary>
/// <param name="start">The summary of the start.</param>
/// <param name="unacknowledged">The ends without a stop that nobody has acknowledged.</param>
/// <param name="time">The clock.</param>
internal sealed class OperatorDesk(StartupSummary start, UncleanShutdowns unacknowledged, TimeProvider time) : IEventPublisher
{
    private readonly DateTimeOffset _since = time.GetLocalNow();
    private IReadOnlyList<string> _changes = [];
    private readonly RecentEvents _events = new();
    private Action<OperatorAnswer>? _badgeWaiter;
    private Badge? _noticed;

    /// <summary>The summary of the start as a line.</summary>
    public string Running => start.Line;

    /// <summary>Whether there is an end without a stop to acknowledge.</summary>
    public bool HasUnacknowledged => unacknowledged.Words is not null;

    /// <summary>Keeps the descriptions of changed files.</summary>
    /// <returns>Events for the new ones, to be recorded.</returns>
    public IReadOnlyList<DoorEvent> Note(IReadOnlyList<string> changes)
    {
        DoorEvent[] news = [.. changes.Except(_changes).Select(change => new DoorEvent(DoorEventKind.Warning) { Detail = change })];
        _changes = changes;
        return news;
    }

    public string Name => "the operator's status";

    /// <summary>Keeps an event for the status; called on another thread than the other members.</summary>
    public void Publish(DoorEvent made)
    {
        if (made is { Kind: DoorEventKind.PersonErased, PersonId: { } erased })
            _events.Erase(erased);
        _events.Add(made);
        unacknowledged.Note(made);
    }

    /// <summary>Registers a wait for a badge and ends an earlier wait.</summary>
    public void AwaitBadge(Action<OperatorAnswer> answer, double seconds)
    {
        _badgeWaiter?.Invoke(OperatorAnswer.Refused("Another operator waits for a badge now."));
        (_badgeWaiter, _noticed) = (answer, null);
        answer(new OperatorAnswer
        {
            Notice = string.Create(
                CultureInfo.InvariantCulture, $"Present the new badge at the door within {seconds:0} s (Ctrl-C ends the wait)."),
        });
    }

    /// <summary>Notifies the waiting operator about a badge that already has an owner, once per badge.</summary>
    public void Saw(Badge badge, BadgeOwner? owner)
    {
        if (_badgeWaiter is null || owner is not { } known || badge == _noticed)
            return;
        _noticed = badge;
        _badgeWaiter(new OperatorAnswer
        {
            Notice = $"The badge {badge.Hint} already belongs to {known.Person.Name} and is not accepted. Present another badge, or remove "
                + "this one first ('dooragent badges remove').",
        });
    }

    /// <summary>Ends a wait for a badge; returns whether this callback was waiting.</summary>
    public bool StopAwaiting(Action<OperatorAnswer> answer)
    {
        if (_badgeWaiter != answer)
            return false;
        _badgeWaiter = null;
        return true;
    }

    /// <summary>Answers the waiting operator with a new badge.</summary>
    public void Deliver(Badge badge)
    {
        _badgeWaiter?.Invoke(new OperatorAnswer { Badge = badge.Number });
        _badgeWaiter = null;
    }

    /// <summary>Makes the status, without the devices.</summary>
    /// <param name="door">The door machine's state.</param>
    /// <param name="access">The policy's state.</param>
    /// <param name="lights">The pattern of the lights.</param>
    /// <param name="faces">The gallery and the networks in use.</param>
    /// <param name="faults">Other faults; null entries are ignored.</param>
    /// <param name="now">Monotonic time.</param>
    public DoorStatus Status(
        DoorState door, AccessState access, LightPattern lights, FaceComparison faces, IEnumerable<string?> faults, TimeSpan now) => new()
    {
        Running = start.LineWith(faces.Networks?.Pipeline),
        Liveness = start.Liveness?.Words,
        LivenessStrength = start.Liveness?.Strength,
        Rates = faces.RatesNote,
        Since = _since,
        Now = time.GetLocalNow(),
        Door = door.Phase,
        RelaySecondsLeft = door.IsRelayOn ? Math.Round(Math.Max(0, (door.RelayUntil - now).TotalSeconds), 1) : null,
        HasRelayFault = door.HasRelayFault,
        Lights = lights,
        LookingFor = LookingFor(access, faces.Gallery),
        Gallery = faces.Gallery?.ToString(),
        LockedOut = LockedOut(access, faces.Gallery, now),
        Faults = [.. FaultsOf(door, access).Concat(faults.Append(unacknowledged.Words).OfType<string>())],
        Notes = [.. _changes, .. new[] { faces.EstimatesNote }.OfType<string>()],
        Events = _events.Read(),
    };

    /// <summary>Describes the result of an unlock.</summary>
    public static OperatorAnswer Unlocked(DoorState door, TimeSpan now)
    {
        if (door is { IsHeld: true, IsRelayOn: true })
            return new OperatorAnswer { Done = "The door is held unlocked already; 'dooragent mode' says until when." };
        if (door.IsRelayOn)
        {
            double seconds = (door.RelayUntil - now).TotalSeconds;
            return new OperatorAnswer { Done = string.Create(CultureInfo.InvariantCulture, $"Unlocked for {seconds:0.#} s.") };
        }

        return door.IsOpen
            ? new OperatorAnswer { Done = "The door is already open, so the relay stays off." }
            : OperatorAnswer.Refused("The relay does not obey; 'dooragent status' says what is wrong.");
    }

    private LockedOutPerson[] LockedOut(AccessState access, Gallery? gallery, TimeSpan now) =>
    [
        .. access.People.Where(one => one.Value.IsOn(now)).Select(one => (gallery?.Find(one.Key), one.Value))
            .Where(one => one.Item1 is not null)
            .Select(one => new LockedOutPerson(one.Item1!.Id, one.Item1.Name, time.GetLocalNow() + (one.Value.Until - now))),
    ];

    private static string? LookingFor(AccessState access, Gallery? gallery) => access.Attempt is not { } attempt ? null
        : attempt.PersonId is { } id ? gallery?.Find(id)?.Name : "anybody enrolled";

    private static IEnumerable<string> FaultsOf(DoorState door, AccessState access)
    {
        if (access.HasCameraFault)
            yield return access.IsCameraFallback ? "the camera gives no picture: A BADGE AND ITS PIN OPEN until it is back"
                : "the camera gives no usable picture";
        else if (access.IsCameraSlow)
            yield return "the camera gives too few frames a second to compare a face";
        if (access.ReaderFault is { } gone)
            yield return $"the badge reader is offline: {gone}";
        if (access.ExitReaderFault is { } exitGone)
            yield return $"the exit reader is offline: {exitGone}";
        if (door.HasRelayFault)
            yield return "the relay does not obey";
    }
}
