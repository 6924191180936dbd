using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Doors;
using DoorAgent.Matching;
using DoorAgent.Operating;

namespace DoorAgent.Running;

/// <summary>A message to the decision loop.</summary>
internal abstract record DoorMessage
{
    private DoorMessage()
    {
    }

    /// <summary>Monotonic time of the event; null for the time at which the loop takes the message.</summary>
    public TimeSpan? HappenedAt { get; private init; }

    /// <summary>Makes the policy's event out of a signal of a reader; null for a key of the exit reader, which means nothing.</summary>
    public static DoorMessage? Of(BadgeRead read, ReaderSide side) => EventOf(read, side) is { } made
        ? new ForPolicy(made) { HappenedAt = read.LastEdge } : null;

    /// <summary>Makes the door machine's input out of a changed level; null for a released exit button, which means nothing.</summary>
    public static DoorMessage? Of(DoorInputChange change) => change switch
    {
        { Input: DoorInput.Contact } => new ForDoor(new ContactLevel(change.IsActive)) { HappenedAt = change.At },
        { IsActive: true } => new ForDoor(new ExitPressed()) { HappenedAt = change.At },
        _ => null,
    };

    private static AccessEvent? EventOf(BadgeRead read, ReaderSide side) => read switch
    {
        { Badge: { } badge } => new BadgePresented(badge, read.LastEdge) { Side = side },
        { Key: { } key } => side == ReaderSide.Exit ? null : new KeyPressed(key, read.LastEdge),
        { Health: { } health } => new ReaderChanged(health.Fault) { Side = side },
        _ => new ReaderFaulted(read.Fault, read.Bits) { Side = side },
    };

    /// <summary>Makes a message out of a change of the display.</summary>
    public static DoorMessage Of(DisplayHealth health) => new Display(health);

    /// <summary>An event for the policy: a badge, a key, a checked PIN, or a change of the reader or the camera.</summary>
    internal sealed record ForPolicy(AccessEvent Event) : DoorMessage;

    /// <summary>An input for the door machine: the contact or the exit button.</summary>
    internal sealed record ForDoor(DoorInputEvent Input) : DoorMessage;

    /// <summary>The display at the door failed, or works again.</summary>
    internal sealed record Display(DisplayHealth Health) : DoorMessage;

    /// <summary>The vision loop processed a frame.</summary>
    /// <param name="CapturedAt">Monotonic time of the capture.</param>
    /// <param name="TakenUpAt">Monotonic time at which the vision loop began with the frame.</param>
    /// <param name="Reading">The result for the frame.</param>
    /// <param name="By">The networks that read the frame: only encodings of the gallery's encoder and rule can be compared.</param>
    internal sealed record Seen(TimeSpan CapturedAt, TimeSpan TakenUpAt, FaceReading Reading, LoadedNetworks By) : DoorMessage;

    /// <summary>A network returned an invalid result.</summary>
    internal sealed record NetworkFault(string What) : DoorMessage;

    /// <summary>The liveness of an attempt could not be judged.</summary>
    /// <param name="Question">Number of the <see cref="Decisions.LivenessQuestion"/> that has no answer.</param>
    /// <param name="What">Why.</param>
    internal sealed record LivenessFault(long Question, string What) : DoorMessage;

    /// <summary>The gallery file has new content.</summary>
    /// <param name="Gallery">All people.</param>
    /// <param name="Networks">The networks with the gallery's encoder.</param>
    internal sealed record GalleryRead(Gallery Gallery, LoadedNetworks Networks) : DoorMessage;

    /// <summary>The gallery file has content that cannot be used; the last good gallery stays in use.</summary>
    internal sealed record GalleryRefused(string Why) : DoorMessage;

    /// <summary>The fleet's part of the gallery was read, because the file has changed.</summary>
    internal sealed record FleetRead(FleetReading Reading) : DoorMessage;

    /// <summary>Another day of the run has passed: warnings are recorded again.</summary>
    internal sealed record DayPassed : DoorMessage
    {
        public static DayPassed Instance { get; } = new();
    }

    /// <summary>An operator sends a request to the door.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="By">The operator, for the record.</param>
    /// <param name="Answer">Receives the answer once, perhaps later; must not block.</param>
    internal sealed record Asked(OperatorRequest Request, string By, Action<OperatorAnswer> Answer) : DoorMessage;

    /// <summary>The operator who waited for a badge has disconnected.</summary>
    internal sealed record BadgeNotAwaited(Action<OperatorAnswer> Answer) : DoorMessage;

    /// <summary>A part outside the door's own work has news that a technician should know; the door works as before.</summary>
    internal sealed record Warned(string What) : DoorMessage;

    /// <summary>A part outside the door's own work failed: the failure is recorded and the work continues.</summary>
    internal sealed record Failed(string What) : DoorMessage;

    /// <summary>The files in use were checked.</summary>
    /// <param name="Changes">Descriptions of the files that differ from those of the start; the same text while the state is the
    /// same.</param>
    /// <param name="Log">Why the log's files cannot be written; null when they can.</param>
    internal sealed record FilesLookedAt(IReadOnlyList<string> Changes, string? Log) : DoorMessage;

    /// <summary>Records of the journal are to be removed.</summary>
    /// <param name="UpTo">The last one.</param>
    /// <param name="Archive">The file that they were archived in; null where they were not archived.</param>
    internal sealed record RecordsDue(long UpTo, string? Archive) : DoorMessage;

    /// <summary>Asks the decision loop for a sign of life.</summary>
    internal sealed record Pulse : DoorMessage
    {
        public static Pulse Instance { get; } = new();
    }

    /// <summary>A moment that the policy or the door machine waits for has arrived.</summary>
    internal sealed record Tick : DoorMessage
    {
        public static Tick Instance { get; } = new();
    }
}
