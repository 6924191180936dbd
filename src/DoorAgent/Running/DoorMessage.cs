using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Doors;
using DoorAgent.Matching;
using DoorAgent.Operating;

namespace DoorAgent.Running;

/// <summary>What the deciding loop takes from its inbox, one at a time.</summary>
internal abstract record DoorMessage
{
    private DoorMessage()
    {
    }

    /// <summary>Monotonic time at which it happened; null for now.</summary>
    public virtual TimeSpan? HappenedAt => null;

    /// <summary>What it is to the policy, where nothing else must be known for that; else null.</summary>
    public virtual AccessEvent? Meaning => null;

    /// <summary>The reader read a badge, a key, or a fault; or it went or came back.</summary>
    internal sealed record Read(BadgeRead What) : DoorMessage
    {
        public override TimeSpan? HappenedAt => What.LastEdge;

        public override AccessEvent? Meaning => What switch
        {
            { Badge: not null } => null,
            { Key: { } key } => new KeyPressed(key, What.LastEdge),
            { Health: { } health } => new ReaderChanged(health.Fault),
            _ => new ReaderFaulted(What.Fault, What.Bits),
        };
    }

    /// <summary>The display at the door failed, or works again.</summary>
    internal sealed record Display(DisplayHealth Health) : DoorMessage;

    /// <summary>A typed PIN has been checked.</summary>
    internal sealed record PinAnswered(long Question, PinAnswer Answer) : DoorMessage
    {
        public override AccessEvent Meaning => new PinChecked(Question, Answer);
    }

    /// <summary>VisionLoop looked at a frame.</summary>
    /// <param name="CapturedAt">Monotonic time of the capture.</param>
    /// <param name="TakenUpAt">Monotonic time at which seeing took it up.</param>
    /// <param name="Reading">What it showed.</param>
    /// <param name="By">The networks that read it: what others made of it cannot be compared with the gallery.</param>
    internal sealed record Seen(TimeSpan CapturedAt, TimeSpan TakenUpAt, FaceReading Reading, FacePipeline By) : DoorMessage;

    /// <summary>The camera fell silent, froze, was lost or came back.</summary>
    /// <param name="Fault">What is wrong, in words; null when it is well again.</param>
    internal sealed record CameraHealth(string? Fault) : DoorMessage
    {
        public override AccessEvent Meaning => Fault is null ? new CameraRecovered() : new CameraFaulted(Fault);
    }

    /// <summary>The camera's frames were counted for a while.</summary>
    /// <param name="Rate">Frames a second.</param>
    internal sealed record CameraPaced(double Rate) : DoorMessage
    {
        public override AccessEvent Meaning => new CameraCounted(Rate);
    }

    /// <summary>A network gave what no working network gives.</summary>
    internal sealed record NetworkFault(string What) : DoorMessage;

    /// <summary>Door contact or exit button.</summary>
    internal sealed record Input(DoorInputChange Change) : DoorMessage
    {
        public override TimeSpan? HappenedAt => Change.At;
    }

    /// <summary>The gallery file holds something new.</summary>
    /// <param name="Gallery">Everybody.</param>
    /// <param name="Networks">Those whose encoder it names.</param>
    internal sealed record GalleryRead(Gallery Gallery, NetworksInUse Networks) : DoorMessage;

    /// <summary>The gallery file holds something that cannot be used; the last good one stays.</summary>
    internal sealed record GalleryRefused(string Why) : DoorMessage;

    /// <summary>Another day of the run is over: what weakens this door is said again.</summary>
    internal sealed record DayPassed : DoorMessage
    {
        public static DayPassed Instance { get; } = new();
    }

    /// <summary>An operator asks something of the door.</summary>
    /// <param name="Request">What.</param>
    /// <param name="By">Who, for the record.</param>
    /// <param name="Answer">Is told the answer once, perhaps later; must not block.</param>
    internal sealed record Asked(OperatorRequest Request, string By, Action<OperatorAnswer> Answer) : DoorMessage;

    /// <summary>Whoever waited for a badge went away.</summary>
    internal sealed record BadgeNotAwaited(Action<OperatorAnswer> Answer) : DoorMessage;

    /// <summary>Something beside the door's work failed: it is said, and the work goes on.</summary>
    internal sealed record Failed(string What) : DoorMessage;

    /// <summary>The files in use were looked at.</summary>
    /// <param name="Changes">What became of each that is no longer what the door was started with, in words; it stays the same as long as that is so.</param>
    /// <param name="Log">Why the log's files cannot be written; null when they can.</param>
    internal sealed record FilesLookedAt(IReadOnlyList<string> Changes, string? Log) : DoorMessage;

    /// <summary>Asks the deciding loop for a sign of life.</summary>
    internal sealed record Pulse : DoorMessage
    {
        public static Pulse Instance { get; } = new();
    }

    /// <summary>A moment has come that policy or door waits for.</summary>
    internal sealed record Tick : DoorMessage
    {
        public static Tick Instance { get; } = new();
    }
}
