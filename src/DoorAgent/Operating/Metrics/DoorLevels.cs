using DoorAgent.Decisions;
using DoorAgent.Hardware.Devices;
using DoorAgent.Matching;

namespace DoorAgent.Operating.Metrics;

/// <summary>What has a value at each moment, as the gauges of the metrics show it.</summary>
internal sealed record DoorLevels
{
    /// <summary>Whether the camera gives usable frames.</summary>
    public required bool IsCameraUp { get; init; }

    /// <summary>Whether the badge reader answers and can be trusted.</summary>
    public required bool IsReaderUp { get; init; }

    /// <summary>The level of the door contact; null without a contact.</summary>
    public required bool? IsDoorOpen { get; init; }

    /// <summary>Whether the relay is on.</summary>
    public required bool IsRelayOn { get; init; }

    /// <summary>The number of people in the gallery in use; 0 without a gallery.</summary>
    public required int People { get; init; }

    /// <summary>The revision of the gallery in use; 0 without a gallery.</summary>
    public required long Revision { get; init; }

    /// <summary>Where the door stands in its fleet; null for a door in none.</summary>
    public FleetSummary? Fleet { get; init; }

    /// <summary>Reads the present state.</summary>
    /// <param name="access">The policy's state.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="gallery">The gallery in use; null without one.</param>
    public static DoorLevels Of(AccessState access, DoorDevices devices, Gallery? gallery) => new()
    {
        IsCameraUp = !access.HasCameraFault,
        IsReaderUp = access.ReaderFault is null,
        IsDoorOpen = devices.Inputs.IsDoorOpen,
        IsRelayOn = devices.Relay.IsEnergised,
        People = gallery?.People.Length ?? 0,
        Revision = gallery?.Revision ?? 0,
    };
}
