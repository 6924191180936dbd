using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Devices;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Operating.Metrics;

namespace DoorAgent.Running;

/// <summary>The parts that a <see cref="DecisionLoop"/> connects. The devices are not disposed with the loop.</summary>
internal sealed record DecisionParts
{
    public required AccessPolicy Policy { get; init; }

    public required DoorMachine Door { get; init; }

    public required FaceComparison Faces { get; init; }

    public required EventRecorder Recorder { get; init; }

    public required AuditingOptions Auditing { get; init; }

    public required DoorDevices Devices { get; init; }

    public required DisplayController Display { get; init; }

    public required Mailbox<DoorMessage> Inbox { get; init; }

    public required PinChecking Pins { get; init; }

    public required LivenessChecking Liveness { get; init; }

    public required AttemptPictures Pictures { get; init; }

    public required OperatorDesk Desk { get; init; }

    /// <summary>The galleries that this door has used.</summary>
    public required GalleryHistory History { get; init; }

    public required Calendar Calendar { get; init; }

    /// <summary>What the door's mode works with.</summary>
    public required ModeParts Modes { get; init; }

    /// <summary>What the door's fleet works with.</summary>
    public required FleetParts Fleet { get; init; }

    /// <summary>What the journal says about previous runs.</summary>
    public required PreviousRun Previous { get; init; }

    /// <summary>Returns the measured frame rate of the camera, for the status.</summary>
    public required Func<double> FramesPerSecond { get; init; }

    public required DoorMetrics Metrics { get; init; }

    public required TimeProvider Time { get; init; }
}
