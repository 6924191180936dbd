using DoorAgent.Decisions;

namespace DoorAgent.Operating;

/// <summary>What <see cref="DoorFleet"/> works with.</summary>
internal sealed record FleetParts
{
    /// <summary>What the gallery has of the fleet at the start.</summary>
    public required FleetReading First { get; init; }

    public required FleetFreshness Freshness { get; init; }

    public required FleetContactFile File { get; init; }

    /// <summary>Receives the group's hours of each new manifest.</summary>
    public required Action<FleetHours> TakeHours { get; init; }

    /// <summary>Returns the wall time, at the door's offset.</summary>
    public required Func<DateTimeOffset> Wall { get; init; }

    /// <summary>Returns the time to the next whole minute of the wall clock.</summary>
    public required Func<TimeSpan> ToNextMinute { get; init; }
}
