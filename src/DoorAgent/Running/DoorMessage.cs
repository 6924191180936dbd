using DoorAgent.Decisions;
using DoorAgent.Doors;
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

    /// <summary>Monotonic time of the event; null for the time at which the loop takes the message.</summary>
    public TimeSpan? HappenedAt { get; private init; }

    /// <summary>Makes the policy's event out of a signal of the badge reader.</summary>
    public static DoorMessage Of(BadgeRead read) => new ForPolicy(read switch
    {
        { Badge: { } badge } => new BadgePresented(badge, read.LastEdge),
        { Key: { } key } => new KeyPressed(key, read.LastEdge),
        { Health: { } health } => new ReaderChanged(health.Fault),
        _ => new ReaderFaulted(read.Fault, read.Bits),
    })
    { HappenedAt = read.LastEdge };

    /// <summary>Makes the door machine's input out of a changed level; null for a released exit button, which means nothing.</summary>
    public static DoorMessage? Of(DoorInputChange change) => change switch
    {
        { Input: DoorInput.Contact } => new ForDoor(new ContactLevel(change.IsActive)) { HappenedAt = change.At },
        { IsActive: true } => new ForDoor(new ExitPressed()) { HappenedAt = change.At },
        _ => null,
    };

    /// <summary>Makes a message out of a change of the display.</summary>
    public static DoorMessage Of(DisplayHealth health) => new Display(health);

    /// <summary>An event for the policy: a badge, a key, a checked PIN, or a change of the reader or the camera.</summary>
    internal sealed record ForPolicy(AccessEvent Event) : DoorMessage;

    /// <summary>An input for the door machine: the contact or the exit button.</summary>
    internal sealed record ForDoor(DoorInputEvent Input) : DoorMessage;

    /// <summary>The display at the door failed, or works again.</summary>
    internal sealed record Display(DisplayHealth Health) : DoorMessage;

    /// <summary>VisionLoop looked at a frame.</summary>
    /// <param name="CapturedAt">Monotonic time of the capture.</param>
    /// <param name="TakenUpAt">Monotonic time at which seeing took it up.</param>
    /// <param name="Reading">What it showed.</param>
    /// <param name="By">The networks that read it: what others made of it cannot be compared with the gallery.</param>
    internal sealed record Seen(TimeSpan CapturedAt, TimeSpan TakenUpAt, FaceReading Reading, FacePipeline By) : DoorMessage;

    /// <summary>A network gave what no working network gives.</summary>
    internal sealed record NetworkFault(string What) : DoorMessage;

    /// <summary>The gallery file holds something new.</summary>
    /// <param name="Gallery">Everybody.</param>
    /// <param name="Networks">Those whose encoder it names.</param>
    internal sealed record GalleryRead(Gallery Gallery, LoadedNetworks Networks) : DoorMessage;

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
