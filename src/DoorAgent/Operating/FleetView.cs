using DoorAgent.Fleet;

namespace DoorAgent.Operating;

/// <summary>What the door's gallery has of the fleet beside its people.</summary>
/// <param name="Standing">Where the door stands.</param>
/// <param name="Manifest">The newest manifest; null before the first one.</param>
internal sealed record FleetView(FleetStanding Standing, FleetManifest? Manifest);

/// <summary>A look at the fleet's part of the gallery.</summary>
/// <param name="View">What was read; null for a door in no fleet, and where nothing could be read.</param>
/// <param name="Why">Why nothing could be read; null where it could.</param>
internal sealed record FleetReading(FleetView? View, string? Why = null)
{
    /// <summary>Whether there is a gallery: without one nothing is known of the fleet.</summary>
    public bool HasGallery { get; init; } = true;

    /// <summary>Whether this says what the gallery has: else what was known before stays.</summary>
    public bool IsKnown => Why is null && HasGallery;

    /// <summary>A door in no fleet.</summary>
    public static FleetReading InNone { get; } = new((FleetView?)null);
}

/// <summary>The result of a delivery, for the decision loop.</summary>
/// <param name="Outcome">What the delivery changed.</param>
/// <param name="Reading">What the gallery has of the fleet afterwards.</param>
internal sealed record FleetNews(FleetOutcome Outcome, FleetReading Reading);

/// <summary>The file that keeps the last contact to the fleet over a restart.</summary>
/// <param name="path">Path of the file, in the data directory.</param>
internal sealed class FleetContactFile(string path) : Storage.StateFile<KeptContact>(path);

/// <summary>The last contact, as it is kept.</summary>
/// <param name="Door">Name of the door, so that the file of another fleet says nothing.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="At">The last moment at which the door had everything that the hub had.</param>
internal sealed record KeptContact(string Door, string Group, DateTimeOffset At);
