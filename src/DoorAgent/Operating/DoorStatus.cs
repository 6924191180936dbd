using System.Text.Json.Serialization;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;
using DoorAgent.Liveness;
using DoorAgent.Modes;

namespace DoorAgent.Operating;

/// <summary>A person who is locked out after failures.</summary>
/// <param name="Id">The gallery's row.</param>
/// <param name="Person">The person's name.</param>
/// <param name="Until">The end of the lockout.</param>
internal sealed record LockedOutPerson(long Id, string Person, DateTimeOffset Until);

/// <summary>The state of a running door at one moment.</summary>
internal sealed record DoorStatus
{
    /// <summary>Kind of hardware, mode, networks in use, camera.</summary>
    public required string Running { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required DoorPhase Door { get; init; }

    /// <summary>The mode of the door. Null from a door of an older version.</summary>
    public ModeStatus? Mode { get; init; }

    /// <summary>The longest time that the relay stays on, in seconds; null while the relay is off.</summary>
    public double? RelaySecondsLeft { get; init; }

    /// <summary>Whether the relay does not obey. Null from a door of an older version.</summary>
    public bool? HasRelayFault { get; init; }

    /// <summary>The pattern of the reader's lights.</summary>
    public required LightPattern Lights { get; init; }

    /// <summary>The person that the open attempt looks for; null without an attempt.</summary>
    public string? LookingFor { get; init; }

    /// <summary>The door contact: open, closed, or none without a contact. Null from a door of an older version.</summary>
    public string? Contact { get; init; }

    /// <summary>The exit button: pressed, released, or none without a button. Null from a door of an older version.</summary>
    public string? ExitButton { get; init; }

    /// <summary>The badge reader. Null from a door of an older version.</summary>
    public string? Reader { get; init; }

    /// <summary>The reader of people who leave; null without one, and from a door of an older version.</summary>
    public string? ExitReader { get; init; }

    /// <summary>The text on the display at the door; null without a display.</summary>
    public string? Display { get; init; }

    /// <summary>Frames per second of the camera over the last two seconds; 0 without frames. Null from a door of an older
    /// version.</summary>
    public double? FramesASecond { get; init; }

    /// <summary>What judges liveness, and how to get a stronger check. Null where no face counts, and from a door of an older
    /// version.</summary>
    public string? Liveness { get; init; }

    /// <summary>What judges liveness, for programs. Null where no face counts, and from a door of an older version.</summary>
    public LivenessStrength? LivenessStrength { get; init; }

    /// <summary>The error rates of the thresholds, and on which pictures they were measured. Null where no table is used, and from a door of
    /// an older version.</summary>
    public string? Rates { get; init; }

    /// <summary>How an older gallery is noticed. Null from a door of an older version.</summary>
    public string? Rollback { get; init; }

    /// <summary>The version of the running program. Null from a door of an older version.</summary>
    public string? Version { get; init; }

    /// <summary>The gallery in use; null without one.</summary>
    public string? Gallery { get; init; }

    /// <summary>Where the door stands in its fleet; null for a door in none.</summary>
    public FleetSummary? Fleet { get; init; }

    /// <summary>The access hours of the door and of its fleet's group, by name.</summary>
    public IReadOnlyDictionary<string, string> Schedules { get; init; } = new Dictionary<string, string>();

    /// <summary>The locked-out people, in order of the gallery's rows.</summary>
    public IReadOnlyList<LockedOutPerson> LockedOut { get; init; } = [];

    /// <summary>Descriptions of the present faults; empty without faults.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>The faults without the names of people, for a reader that carries the status out of the house; null where they are the
    /// same. Not a part of the answer.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? NamelessFaults { get; init; }

    /// <summary>Descriptions of files that were changed since the start, which a restart would read.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The last events, oldest first.</summary>
    public required IReadOnlyList<DoorEvent> Events { get; init; }
}
