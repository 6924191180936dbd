using System.Collections.Immutable;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Settings;

namespace DoorAgent.Operating.Metrics;

/// <summary>
/// Counts what happens at a running door, and writes the counts as Prometheus reads them. Counting allocates nothing and never waits. No
/// label names a person, a badge or a distance, and nothing here differs after a duress PIN.
/// </summary>
/// <param name="mode">What a person must present, in the words of the configuration.</param>
internal sealed class DoorMetrics(string mode) : IEventPublisher
{
    /// <summary>The mode of grants while the camera is lost and Doors:OnCameraFault lets people in without it.</summary>
    private const string Fallback = "badge-and-pin";

    private readonly EventCounts _events = new();
    private readonly long[] _unusable = new long[Enum.GetValues<UnusableReason>().Length];
    private readonly DurationHistogram _decisions = new(Seconds(0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 7.5, 10, 15, 30));
    private readonly DurationHistogram _appends = new(Seconds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5));
    private long _frames;
    private long _grantedByPin;

    public string Name => "the metrics";

    public void Publish(DoorEvent made)
    {
        if (made.Kind == DoorEventKind.Granted && _events.IsActive(DoorEventKind.CameraFallback))
            Interlocked.Increment(ref _grantedByPin);
        _events.Note(made);
    }

    /// <summary>Counts a frame of the camera.</summary>
    public void CountFrame() => Interlocked.Increment(ref _frames);

    /// <summary>Counts a frame that the networks looked at and that could not be compared.</summary>
    public void CountUnusable(UnusableReason reason) => Interlocked.Increment(ref _unusable[(int)reason]);

    /// <summary>Notes how long a grant or denial took, since the begin of the attempt that it ends, or since the badge that needed
    /// none; other events do not count.</summary>
    /// <param name="raised">The event.</param>
    /// <param name="cause">What the policy decided on.</param>
    /// <param name="before">The policy's state before.</param>
    /// <param name="now">Monotonic time.</param>
    public void NoteDecision(DoorEvent raised, AccessEvent cause, AccessState before, TimeSpan now)
    {
        TimeSpan? began = (raised.EndsAttempt ? before.Attempt?.BeganAt : null) ?? (cause as BadgePresented)?.ReadAt;
        if (raised.Kind is DoorEventKind.Granted or DoorEventKind.Denied && began is { } at)
            _decisions.Observe(now - at);
    }

    /// <summary>Notes a record of the journal.</summary>
    /// <param name="made">The recorded event.</param>
    /// <param name="duration">The time of writing.</param>
    public void NoteAppend(DoorEvent made, TimeSpan duration)
    {
        // The number of records must not be larger than the number of counted events.
        if (made.Kind != DoorEventKind.Duress)
            _appends.Observe(duration);
    }

    /// <summary>Writes all metrics.</summary>
    /// <param name="now">The present state.</param>
    public string Print(DoorLevels now)
    {
        MetricsText text = new();
        long byPin = Interlocked.Read(ref _grantedByPin);
        text.Add("build_info", MetricType.Gauge, "Version of the running program; always 1.", "version", [(BuildInfo.Version, 1)]);
        text.Add("access_granted_total", MetricType.Counter, "Grants since the start of the program, by what a person must present.",
            "mode", [(mode, _events.Of(DoorEventKind.Granted) - byPin), (Fallback, byPin)]);
        text.Add("access_denied_total", MetricType.Counter, "Denials since the start of the program, by reason.",
            "reason", _events.Denials().Select(one => (one.Reason.ToString(), (double)one.Count)));
        text.Add("events_total", MetricType.Counter, "Events since the start of the program, by kind.",
            "kind", EventCounts.Kinds.Select(kind => (kind.ToString(), (double)_events.Of(kind))));
        text.Add("alarm_active", MetricType.Gauge, "1 while an alarm lasts.",
            "kind", _events.ActiveAlarms().Select(one => (one.Kind.ToString(), Of(one.IsActive))));
        AddLevels(text, now);
        text.Add("frames_total", MetricType.Counter, "Frames of the camera since the start of the program.", Interlocked.Read(ref _frames));
        text.Add("frames_unusable_total", MetricType.Counter,
            "Frames in which a face was searched and that could not be compared, by reason.",
            "reason", UnusableReasons.All.Select(reason => (reason.ToString(), (double)Interlocked.Read(ref _unusable[(int)reason]))));
        text.Add("decision_duration_seconds", "Time from the badge, or from the first frame of a face, to the grant or denial.",
            _decisions);
        text.Add("journal_append_duration_seconds", "Time of writing one record to the journal.", _appends);
        return text.ToString();
    }

    private static void AddLevels(MetricsText text, DoorLevels now)
    {
        if (now.IsDoorOpen is { } isOpen)
            text.Add("door_open", MetricType.Gauge, "1 while the door contact is open; missing without a contact.", Of(isOpen));
        text.Add("relay_energised", MetricType.Gauge, "1 while the relay of the lock is on.", Of(now.IsRelayOn));
        text.Add("camera_up", MetricType.Gauge, "1 while the camera gives usable frames.", Of(now.IsCameraUp));
        text.Add("reader_up", MetricType.Gauge, "1 while the badge reader of the entry answers.", Of(now.IsReaderUp));
        text.Add("gallery_people", MetricType.Gauge, "People in the gallery in use.", now.People);
        text.Add("gallery_revision", MetricType.Gauge, "Revision of the gallery in use.", now.Revision);
        if (now.Fleet is { } fleet)
            AddFleet(text, fleet);
    }

    private static void AddFleet(MetricsText text, FleetSummary fleet)
    {
        text.Add("fleet_connected", MetricType.Gauge, "1 while the link is connected to the fleet's hub; missing for a door in no fleet.",
            Of(fleet.IsConnected));
        text.Add("fleet_revision", MetricType.Gauge, "Sequence of the last record of the fleet that this door has applied.", fleet.Revision);
        text.Add("fleet_last_contact_timestamp_seconds", MetricType.Gauge,
            "Last time at which the door had everything that the hub had, in seconds since 1970; 0 before the first one.",
            fleet.LastContact?.ToUnixTimeSeconds() ?? 0);
        text.Add("fleet_events_waiting", MetricType.Gauge, "Events that the fleet's hub does not have yet.", fleet.EventsWaiting);
    }

    private static double Of(bool isTrue) => isTrue ? 1 : 0;

    private static ImmutableArray<TimeSpan> Seconds(params double[] seconds) => [.. seconds.Select(TimeSpan.FromSeconds)];
}
