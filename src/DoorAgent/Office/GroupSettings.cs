using DoorAgent.Fleet;

namespace DoorAgent.Office;

/// <summary>The rules of a group, which travel in its manifest.</summary>
internal sealed record GroupSettings
{
    /// <summary>How long a door works without contact to the hub.</summary>
    public TimeSpan OfflineFor { get; init; } = TimeSpan.FromDays(60);

    /// <summary>Whether a door of the group refuses the fleet's people after that time.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Within which time of the last manifest the office signs the next one; null where it need not.</summary>
    public TimeSpan? RenewWithin { get; init; }

    /// <summary>The group's hours of the week by name.</summary>
    public IReadOnlyDictionary<string, string> Schedules { get; init; } = new Dictionary<string, string>();

    /// <summary>The dates of the group's holidays; null without any.</summary>
    public string? Holidays { get; init; }

    /// <summary>The group's lockdown; null without one.</summary>
    public FleetLockdown? Lockdown { get; init; }
}
