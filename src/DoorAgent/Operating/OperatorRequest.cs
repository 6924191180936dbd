using System.Text.Json.Serialization;
using DoorAgent.Auditing;
using DoorAgent.Fleet;
using DoorAgent.Modes;

namespace DoorAgent.Operating;

/// <summary>A change of the gallery that the daemon makes for an operator who has no key.</summary>
internal enum GalleryChangeKind
{
    /// <summary>Let a person in again.</summary>
    Enable,

    /// <summary>Keep a person out.</summary>
    Disable,

    /// <summary>Remove a person.</summary>
    RemovePerson,

    /// <summary>Mark a badge as blocked.</summary>
    Block,

    /// <summary>Mark a badge as lost.</summary>
    Lose,

    /// <summary>Use a badge again.</summary>
    Unblock,

    /// <summary>Remove a badge.</summary>
    RemoveBadge,

    /// <summary>Let a person in during a lockdown too.</summary>
    AllowInLockdown,

    /// <summary>Keep a person out during a lockdown.</summary>
    DenyInLockdown,

    /// <summary>Let a person in only together with a second one.</summary>
    RequireSecondPerson,

    /// <summary>Let a person in without a second one.</summary>
    AllowAlone,

    /// <summary>Let a visitor in only after one of their hosts.</summary>
    Escort,

    /// <summary>Let a person in without a host.</summary>
    EndEscort,
}

/// <summary>A change of the gallery.</summary>
/// <param name="Kind">What to change.</param>
/// <param name="Name">Name of the person, or number of the badge.</param>
internal sealed record GalleryChangeOrder([property: JsonRequired] GalleryChangeKind Kind, [property: JsonRequired] string Name)
{
    /// <summary>For <see cref="GalleryChangeKind.Escort"/> the names of the hosts.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}

/// <summary>A request to a running door, sent as a line of JSON.</summary>
/// <param name="Verb">The kind of request.</param>
/// <param name="Seconds">For <see cref="OperatorVerb.NextBadge"/> the wait, 1 to 300; for <see cref="OperatorVerb.Frames"/> the time
/// with the camera, 1 to 600; for <see cref="OperatorVerb.Events"/> the wait for a record, 0 to 30.</param>
internal sealed record OperatorRequest([property: JsonRequired] OperatorVerb Verb, double Seconds = 0)
{
    /// <summary>The longest wait for a badge, in seconds.</summary>
    public const double LongestWait = 300;

    /// <summary>The longest use of the camera, in seconds: enough for an enrolment.</summary>
    public const double LongestLook = 600;

    /// <summary>The longest wait for a record, in seconds: shorter than a service's watchdog.</summary>
    public const double LongestPoll = 30;

    /// <summary>The session in whose role the request is judged; null for the rights of the user alone.</summary>
    public string? Session { get; init; }

    /// <summary>For <see cref="OperatorVerb.Events"/> the position after which records are wanted; null for the newest record's position
    /// alone.</summary>
    public JournalPosition? After { get; init; }

    /// <summary>Whether the request arrived at the link by MQTT, for the record.</summary>
    public bool IsByMqtt { get; init; }

    /// <summary>For <see cref="OperatorVerb.EraseNames"/> the number of the person.</summary>
    public long? Person { get; init; }

    /// <summary>For <see cref="OperatorVerb.EraseNames"/> the only name to erase; null erases every name of the number. For
    /// <see cref="OperatorVerb.Forgive"/> the person; null for everybody.</summary>
    public string? Called { get; init; }

    /// <summary>For <see cref="OperatorVerb.AcceptGallery"/> the state of the gallery before, and for
    /// <see cref="OperatorVerb.RememberGallery"/> afterwards, as <see cref="Auditing.DoorHead.Print"/> writes it.</summary>
    public string? Gallery { get; init; }

    /// <summary>For <see cref="OperatorVerb.ChangeGallery"/> the change.</summary>
    public GalleryChangeOrder? Change { get; init; }

    /// <summary>For <see cref="OperatorVerb.PageCode"/> the role of the code.</summary>
    public PageRole? Role { get; init; }

    /// <summary>For <see cref="OperatorVerb.Pair"/> the code, as somebody typed it.</summary>
    public string? Code { get; init; }

    /// <summary>For <see cref="OperatorVerb.Records"/>, <see cref="OperatorVerb.Explain"/> and <see cref="OperatorVerb.People"/> what to
    /// return.</summary>
    public PageQuery? Query { get; init; }

    /// <summary>For <see cref="OperatorVerb.ChangePerson"/> and <see cref="OperatorVerb.ErasePerson"/> the change.</summary>
    public PersonChange? PersonChange { get; init; }

    /// <summary>What the page's change is called in a record; set by the daemon, never sent.</summary>
    [JsonIgnore]
    public string? Words { get; init; }

    /// <summary>For <see cref="OperatorVerb.FleetApply"/> what the delivery changed; set by the daemon, never sent.</summary>
    [JsonIgnore]
    public FleetNews? News { get; init; }

    /// <summary>For <see cref="OperatorVerb.Enrol"/> whom to enrol.</summary>
    public EnrolmentOrder? Enrolment { get; init; }

    /// <summary>For <see cref="OperatorVerb.Mode"/> the mode. <see cref="DoorMode.Unlocked"/> also needs an end: <see cref="Seconds"/>
    /// or <see cref="Until"/>.</summary>
    public DoorMode? Mode { get; init; }

    /// <summary>For <see cref="OperatorVerb.FleetApply"/> what is delivered. The bytes themselves follow once the door has answered with
    /// <see cref="OperatorAnswer.IsReady"/>: see <see cref="OperatorBody"/>.</summary>
    public FleetDelivery? Delivery { get; init; }

    /// <summary>For <see cref="OperatorVerb.FleetContact"/> the state of the connection.</summary>
    public FleetContact? Contact { get; init; }

    /// <summary>For <see cref="DoorMode.Normal"/> whether a lockdown of the fleet's group ends too, which only root may order.</summary>
    public bool? IsEvenFleet { get; init; }

    /// <summary>For <see cref="DoorMode.Unlocked"/> the end as hh:mm in the door's local time; null where
    /// <see cref="Seconds"/> are given.</summary>
    public string? Until { get; init; }
}

/// <summary>The size of a frame, whose interleaved B, G, R bytes follow the line.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record PictureSize(int Width, int Height);

/// <summary>The door's answer, sent as a line of JSON.</summary>
internal sealed record OperatorAnswer
{
    /// <summary>The reason of a refusal; null when the request succeeded.</summary>
    public string? Refusal { get; init; }

    /// <summary>A description of the result.</summary>
    public string? Done { get; init; }

    /// <summary>A text for the waiting operator before the answer; null in the answer.</summary>
    public string? Notice { get; init; }

    /// <summary>The number of the accepted badge.</summary>
    public string? Badge { get; init; }

    /// <summary>The frame whose bytes follow this line.</summary>
    public PictureSize? Picture { get; init; }

    /// <summary>Why the camera delivers no frame.</summary>
    public string? CameraFault { get; init; }

    public DoorStatus? Status { get; init; }

    /// <summary>What the page needs to know of a refusal beside its words; null for other refusals.</summary>
    public PageProblem? Problem { get; init; }

    /// <summary>The code of a new pairing, and how long it is valid.</summary>
    public PairingCode? Code { get; init; }

    /// <summary>The session of the request.</summary>
    public PageSession? Session { get; init; }

    /// <summary>What the frame shows whose JPEG follows this line.</summary>
    public PictureFacts? Facts { get; init; }

    /// <summary>The records, in the order of the query.</summary>
    public PageRecords? Records { get; init; }

    public PageExplanation? Explanation { get; init; }

    public PagePeople? People { get; init; }

    public EnrolmentState? Enrolment { get; init; }

    public CheckReport? Check { get; init; }

    public IReadOnlyList<ShownSetting>? Settings { get; init; }

    /// <summary>The channels that leave the house, as their process describes them; null where it does not run.</summary>
    public System.Text.Json.JsonElement? Links { get; init; }

    /// <summary>The records that were asked for.</summary>
    public JournalBatch? Batch { get; init; }

    /// <summary>The metrics in Prometheus' text format.</summary>
    public string? Metrics { get; init; }

    /// <summary>Whether the door waits for the bytes that the request announced; the answer proper follows them.</summary>
    public bool? IsReady { get; init; }

    /// <summary>For <see cref="OperatorVerb.FleetStanding"/> and <see cref="OperatorVerb.FleetContact"/> where the door stands in its
    /// fleet.</summary>
    public FleetStanding? Standing { get; init; }

    /// <summary>What became of a delivery.</summary>
    public FleetOutcome? Outcome { get; init; }

    public static OperatorAnswer Refused(string why) => new() { Refusal = why };
}
