using DoorAgent.Fleet;
using DoorAgent.Operating;

namespace DoorAgent.Tests.Support;

/// <summary>A fleet without an office: what a door's gallery would have of it.</summary>
internal static class FleetReadings
{
    /// <summary>A door in no fleet.</summary>
    public static FleetStore None { get; } =
        new("", () => FleetReading.InNone, (_, _) => throw new InvalidOperationException("This door is in no fleet."));

    /// <summary>A reading of door d17 in group lab with a manifest; null stands for the time before the first one.</summary>
    public static FleetReading Reading(FleetManifest? manifest, params string[] faults) => new(new FleetView(
        new FleetStanding("d17", "lab") { Manifest = manifest?.Serial ?? 0, Confirmed = manifest?.Serial ?? 0, Faults = faults }, manifest));
}
