using DoorAgent.Auditing;

namespace DoorAgent.Operating;

/// <summary>Takes the people out of a status, for a reader that carries it out of the house.</summary>
internal static class NamelessStatus
{
    /// <summary>Returns the status without names: neither in its events and faults, nor who is looked for, locked out or named on the
    /// display.</summary>
    public static DoorStatus Of(DoorStatus status) => status with
    {
        LookingFor = status.LookingFor is null ? null : "somebody",
        LockedOut = [.. status.LockedOut.Select(one => one with { Person = $"person {one.Id}" })],
        Display = null,
        Mode = status.Mode is { } mode
            ? mode with { Words = mode.Mode.ToString().ToLowerInvariant(), By = null, HoursSuspendedBy = null } : null,
        Schedules = new Dictionary<string, string>(),
        Faults = status.NamelessFaults ?? status.Faults,
        Notes = [],
        Events = [.. status.Events.Select(made => JournalTail.Nameless(made))],
    };
}
