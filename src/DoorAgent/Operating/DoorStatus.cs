using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Operating;

/// <summary>Somebody who must wait after failures.</summary>
/// <param name="Id">The gallery's row.</param>
/// <param name="Person">Their name.</param>
/// <param name="Until">When the wait is over.</param>
internal sealed record LockedOutPerson(long Id, string Person, DateTimeOffset Until);

/// <summary>How a running door is, at one moment.</summary>
internal sealed record DoorStatus
{
    /// <summary>Kind of hardware, mode, networks in use, camera.</summary>
    public required string Running { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required DoorPhase Door { get; init; }

    /// <summary>How long the relay stays on at most, in seconds; null while it is off.</summary>
    public double? RelaySecondsLeft { get; init; }

    /// <summary>What the reader's lights show.</summary>
    public required LightPattern Lights { get; init; }

    /// <summary>Whom an attempt looks for; null while none does.</summary>
    public string? LookingFor { get; init; }

    /// <summary>What the door contact says: open, closed, or none where none is fitted. Null from a door of an older version.</summary>
    public string? Contact { get; init; }

    /// <summary>What the exit button says: pressed, released, or none. Null from a door of an older version.</summary>
    public string? ExitButton { get; init; }

    /// <summary>The badge reader. Null from a door of an older version.</summary>
    public string? Reader { get; init; }

    /// <summary>What the display at the door shows; null where there is none.</summary>
    public string? Display { get; init; }

    /// <summary>Frames a second from the camera over the last two seconds, 0 while none come. Null from a door of an older version.</summary>
    public double? FramesASecond { get; init; }

    /// <summary>The running program. Null from a door of an older version.</summary>
    public string? Version { get; init; }

    /// <summary>The gallery in use; null while there is none.</summary>
    public string? Gallery { get; init; }

    /// <summary>The hours that it read at its start, by name.</summary>
    public IReadOnlyDictionary<string, string> Schedules { get; init; } = new Dictionary<string, string>();

    /// <summary>Who must wait after failures, by the gallery's rows.</summary>
    public IReadOnlyList<LockedOutPerson> LockedOut { get; init; } = [];

    /// <summary>What is wrong now, in words; empty when all is well.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>What is well now and will not be after a restart: files that were changed since the start, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The last events, oldest first.</summary>
    public required IReadOnlyList<DoorEvent> Events { get; init; }
}
