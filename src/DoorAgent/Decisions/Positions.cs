using System.Collections.Immutable;
using DoorAgent.Events;

namespace DoorAgent.Decisions;

/// <summary>
/// The side of the door on which each person is, as the door's events say. Pure: the events of the running door and, after a restart, those
/// of its journal give the same positions. A pass counts from its grant on, because without a contact nobody knows whether the door was
/// opened; where a contact reports that the door stayed closed, the pass is undone. While the door is held unlocked everybody passes unseen,
/// so that then, and afterwards until seen again, nobody's position is known.
/// </summary>
internal sealed record Positions
{
    public static Positions Unknown { get; } = new();

    /// <summary>The kinds of events that <see cref="After"/> reads.</summary>
    public static IReadOnlyList<DoorEventKind> Kinds { get; } =
    [
        DoorEventKind.Started, DoorEventKind.Granted, DoorEventKind.ExitGranted, DoorEventKind.Denied, DoorEventKind.GrantedDoorOpen,
        DoorEventKind.AccessTaken, DoorEventKind.ExitTaken, DoorEventKind.AccessNotTaken, DoorEventKind.ExitNotTaken,
        DoorEventKind.UnlockCutShort, DoorEventKind.RelayOff, DoorEventKind.ExitReaderOffline, DoorEventKind.ExitReaderRestored,
        DoorEventKind.PassbackForgiven, DoorEventKind.HeldUnlocked, DoorEventKind.HoldEnded,
    ];

    /// <summary>The only reasons of denials that <see cref="After"/> reads.</summary>
    public static IReadOnlyList<DenyReason> Denials { get; } = [DenyReason.RelayFault, DenyReason.AuditFailed];

    private ImmutableDictionary<long, Position> People { get; init; } = ImmutableDictionary<long, Position>.Empty;

    /// <summary>Where the people were before the passes that an opening of the door still has to confirm.</summary>
    private ImmutableDictionary<long, Position?> Before { get; init; } = ImmutableDictionary<long, Position?>.Empty;

    /// <summary>The passes that were undone last: an opening within the grace after the access time makes them valid again.</summary>
    private ImmutableDictionary<long, Position> Undone { get; init; } = ImmutableDictionary<long, Position>.Empty;

    /// <summary>Whether the exit reader is offline, so that people leave unseen.</summary>
    public bool IsExitUnseen { get; private init; }

    /// <summary>Whether the door is held unlocked, so that everybody passes unseen.</summary>
    private bool IsHeld { get; init; }

    /// <summary>The people whose position is known, with it.</summary>
    public IEnumerable<KeyValuePair<long, Position>> All => People;

    /// <summary>Returns the position of a person; null when it is unknown.</summary>
    public Position? Of(long person) => People.GetValueOrDefault(person);

    /// <summary>Returns the positions after an event; the same object where the event says nothing about them.</summary>
    /// <param name="raised">An event of the door; events come in their order.</param>
    /// <param name="at">Monotonic time of the event.</param>
    public Positions After(DoorEvent raised, TimeSpan at) => raised switch
    {
        { Kind: DoorEventKind.Granted, PersonId: { } person } => Pass(person, new Position(true, at) { IsCertain = !IsExitUnseen }),
        // A reported badge says nothing about its owner.
        { Kind: DoorEventKind.ExitGranted, PersonId: { } person, Reason: not DenyReason.BadgeBlocked } =>
            Pass(person, new Position(false, at)),
        { Kind: DoorEventKind.AccessNotTaken or DoorEventKind.ExitNotTaken or DoorEventKind.UnlockCutShort } => Undo(),
        { Kind: DoorEventKind.Denied, Reason: DenyReason.RelayFault or DenyReason.AuditFailed, PersonId: not null } => Undo(),
        { Kind: DoorEventKind.AccessTaken or DoorEventKind.ExitTaken, PersonId: not null } => Redo(),
        { Kind: DoorEventKind.GrantedDoorOpen or DoorEventKind.RelayOff } => Confirmed(),
        { Kind: DoorEventKind.Started } => Confirmed() with { Undone = Undone.Clear(), IsExitUnseen = false, IsHeld = false },
        { Kind: DoorEventKind.ExitReaderOffline } => Doubted() with { IsExitUnseen = true },
        { Kind: DoorEventKind.ExitReaderRestored } => this with { IsExitUnseen = false },
        { Kind: DoorEventKind.PassbackForgiven, PersonId: { } person } => Forgotten(person),
        { Kind: DoorEventKind.HeldUnlocked } => Unknown with { IsExitUnseen = IsExitUnseen, IsHeld = true },
        { Kind: DoorEventKind.HoldEnded } => this with { IsHeld = false },
        { Kind: DoorEventKind.PassbackForgiven } => Unknown with { IsExitUnseen = IsExitUnseen, IsHeld = IsHeld },
        _ => this,
    };

    private Positions Pass(long person, Position position) => IsHeld ? this : this with
    {
        People = People.SetItem(person, position),
        Before = Before.ContainsKey(person) ? Before : Before.Add(person, Of(person)),
        Undone = Undone.Clear(),
    };

    private Positions Undo()
    {
        ImmutableDictionary<long, Position> people = People, undone = Undone.Clear();
        foreach ((long person, Position? before) in Before)
        {
            undone = undone.Add(person, people[person]);
            people = before is null ? people.Remove(person) : people.SetItem(person, before);
        }

        return this with { People = people, Before = Before.Clear(), Undone = undone };
    }

    private Positions Redo() => this with { People = People.SetItems(Undone), Before = Before.Clear(), Undone = Undone.Clear() };

    private Positions Confirmed() => Before.IsEmpty ? this : this with { Before = Before.Clear() };

    private Positions Doubted() => this with
    {
        People = People.ToImmutableDictionary(one => one.Key, one => one.Value with { IsCertain = false }),
        Before = Before.ToImmutableDictionary(one => one.Key, one => one.Value is { } known ? known with { IsCertain = false } : null),
        Undone = Undone.ToImmutableDictionary(one => one.Key, one => one.Value with { IsCertain = false }),
    };

    private Positions Forgotten(long person) => this with
    {
        People = People.Remove(person), Before = Before.Remove(person), Undone = Undone.Remove(person),
    };
}
