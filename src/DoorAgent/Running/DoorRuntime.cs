using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Schedules;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// The door at work: seeing and deciding around one inbox, and what feeds it. It runs until it is told to stop or one of its
/// loops fails; either way the relay is off when it returns, and a failure is thrown.
/// </summary>
internal sealed class DoorRuntime : IDisposable, IOperable
{
    private const int InboxCapacity = 1024;

    // Frames are the one thing that comes by itself without end. They wait outside while so much waits inside, so that a stuck
    // disk costs frames and not a badge, the door's contact or a new gallery.
    private const int WaitingBeforeFrames = 16;

    private const string EndedByItself = "A loop of the door ended that nobody had asked to end.";

    private readonly DoorDevices _devices;
    private readonly Mailbox<DoorMessage> _inbox = new(InboxCapacity);
    private readonly Journal _journal;
    private readonly OperatorDesk _desk;
    private readonly EventPublishers _publishers;
    private readonly EventRecorder _recorder;
    private readonly NetworkCache _networks;
    private readonly GalleryPoll _gallery;
    private readonly Calendar _calendar;
    private readonly GalleryUpkeep _upkeep;
    private readonly FilesInUse _files;
    private readonly PinChecking _pins;
    private readonly DecisionLoop _deciding;
    private readonly VisionLoop _seeing;
    private (long Turns, long Pulses)? _seen;

    /// <summary>Joins the door's parts. The networks and devices stay the caller's.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="places">Where gallery and journal are.</param>
    /// <param name="reader">The networks to begin with, proven.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="publishers">Who hears every event, in order; the operator's status does beside them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="built">When the program counts as built: a wall clock before it was never set. Null for when it was.</param>
    /// <param name="log">Looks after the log's files, and says why they cannot be written; null when they can.</param>
    /// <param name="observer">A simulation's <see cref="EventPublishers.Observer"/>.</param>
    /// <exception cref="UserErrorException">Settings, journal or calibration cannot be used.</exception>
    public DoorRuntime(DoorSettings settings, Places places, FacePipeline reader, DoorDevices devices,
        IReadOnlyList<IEventPublisher> publishers, TimeProvider time, DateTimeOffset? built = null, Func<string?>? log = null,
        Action<DoorEvent>? observer = null)
    {
        _devices = devices;
        DecisionOptions decisions = settings.Decisions;
        MatchingOptions matching = settings.Matching;
        BadgeOptions badges = settings.Badges;
        foreach (string refusal in StartupSummary.RefusalsOf(devices.Relay.IsSimulated, decisions, badges, matching, reader.DetectorId))
            throw new UserErrorException(refusal);
        AuditingOptions auditing = settings.Auditing;
        AccessHours hours = new(settings.Schedules.Schedules, decisions.ZoneBy(time), built ?? BuildInfo.Date,
            decisions.ZoneProblemBy(time));
        StartupSummary start = StartupSummary.Of(devices, decisions, badges, reader);
        FaceOptions finding = settings.Faces;
        LoadedNetworks networks = FacePipelineFactory.WithThresholds(reader, matching);
        networks.Thresholds.EnsureOneCanMatch(decisions.AccessMode.Identifies());
        _networks = new NetworkCache(networks, encoder => FacePipelineFactory.OpenWithThresholds(places, finding, matching, encoder), time);
        FaceComparison faces = new(matching, decisions.AccessMode.Identifies());
        _journal = Journal.Open(places.JournalFile);
        PreviousRun earlier = PreviousRun.Read(places.JournalFile, decisions, time, built ?? BuildInfo.Date);
        _desk = new OperatorDesk(start, earlier.Unacknowledged, time);
        _publishers = new EventPublishers(time, [_desk, .. publishers]) { Observer = observer };
        _recorder = new EventRecorder(_journal, auditing, time, _publishers);
        _gallery = new GalleryPoll(new GalleryWatch(places.GalleryFile, _networks.Use, time), _networks, _inbox, time);
        _upkeep = new GalleryUpkeep(places.GalleryFile, _inbox, time);
        _files = new FilesInUse(() => (faces.Pipeline ?? reader).Files, settings.File, log ?? (() => null), _inbox, time);
        _pins = new PinChecking(_inbox);
        _calendar = new Calendar(hours, start.Warnings, _inbox, time);
        DisplayController display = new(devices.Display, settings.Display, person => faces.Gallery?.Find(person)?.Name);
        _deciding = new DecisionLoop(new AccessPolicy(decisions, badges.TypedPrefix), new DoorMachine(settings.Doors), faces,
            _recorder, auditing, devices, display, _inbox, _pins, _desk, _calendar, time, earlier);
        _seeing = new VisionLoop(devices.Camera, () => faces.Pipeline ?? reader, settings.Frames, Wants, _inbox, time);
    }

    /// <summary>The door's phase, for whoever watches from outside.</summary>
    public DoorPhase Phase => _deciding.Watched.Phase;

    /// <summary>Whether an attempt is under way.</summary>
    public bool IsLooking => _deciding.Watched.IsLooking;

    /// <summary>Tells what each frame showed that the networks looked at, for whoever watches from outside.</summary>
    public event Action<FaceReading>? Looked
    {
        add => _seeing.Looked += value;
        remove => _seeing.Looked -= value;
    }

    /// <summary>After the end: what some publisher did not take of the last events, in words.</summary>
    public IReadOnlyList<string> Unpublished { get; private set; } = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        _publishers.Start();
        try
        {
            await RunLoopsAsync(stopping);
        }
        finally
        {
            Unpublished = await _publishers.StopAsync();
        }
    }

    private async Task RunLoopsAsync(CancellationToken stopping)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] loops =
        [
            _gallery.RunAsync(stop.Token),
            _upkeep.RunAsync(stop.Token),
            _files.RunAsync(stop.Token),
            Task.Run(() => _deciding.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => _seeing.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => _pins.RunAsync(stop.Token), CancellationToken.None),
            PumpAsync(_devices.Reader.Reads, "the badge reader's lines", DoorMessage.Of, stop.Token),
            PumpAsync(_devices.Inputs.Changes, "the lines of contact and exit button", DoorMessage.Of, stop.Token),
            .. _devices.Display is { } display ? [PumpAsync(display.Health, "the display", DoorMessage.Of, stop.Token)] : (Task[])[],
        ];

        // The first loop to end, by a failure or by the stop, takes the others with it.
        Task first = await Task.WhenAny(loops);
        bool isAsked = stopping.IsCancellationRequested && !first.IsFaulted;
        if (!isAsked)
            _deciding.Blame(first.Exception?.InnerException?.Message ?? EndedByItself);
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        if (!isAsked)
            throw new InvalidOperationException(EndedByItself);
    }

    /// <summary>
    /// Whether each loop has moved since this was asked last: the camera's turned, the lines are listened to and what they
    /// said was taken up, and the deciding one took what it was sent then. The first answer is yes.
    /// </summary>
    public bool HasMoved()
    {
        (long Turns, long Pulses) now = (_seeing.Turns, _deciding.Pulses);
        bool hasMoved = _seen is not { } before
            || (now.Turns > before.Turns && now.Pulses > before.Pulses && _devices.Reader.IsListening && _devices.Inputs.IsListening);
        // What stands still is measured against the last time it moved.
        if (hasMoved)
            _seen = now;
        _inbox.Post(DoorMessage.Pulse.Instance);
        return hasMoved;
    }

    /// <summary>What follows is not recorded and not told any more, as after a power cut.</summary>
    public void CutOff() => _recorder.CutOff();

    /// <summary>Completes when everything that the devices have posted is processed to the end; simulation waits for it.</summary>
    public async Task WhenIdleAsync()
    {
        await _devices.Reader.Reads.WhenIdleAsync();
        await _devices.Inputs.Changes.WhenIdleAsync();
        await _inbox.WhenIdleAsync();
        // What was decided may have asked, and the answer is to be decided on too.
        await _pins.WhenIdleAsync();
        await _inbox.WhenIdleAsync();
        await _publishers.WhenIdleAsync(_desk);
    }

    public void Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer) => _inbox.Post(new DoorMessage.Asked(request, by,
        request.Verb == OperatorVerb.Status ? made => answer(made.Status is { } status ? made with { Status = DeviceStatus.With(status, _devices, _seeing.FramesASecond) } : made) : answer));

    public Task<string?> NextFrameAsync(Frame into, CancellationToken cancellation) => _seeing.Tap.NextAsync(into, cancellation);

    public void StopAwaiting(Action<OperatorAnswer> answer) => _inbox.Post(new DoorMessage.BadgeNotAwaited(answer));

    public void Dispose()
    {
        _deciding.Dispose();
        _calendar.Dispose();
        _gallery.Dispose();
        _networks.Dispose();
        _journal.Dispose();
    }

    private bool Wants(TimeSpan capturedAt, TimeSpan takenUpAt) =>
        _inbox.Waiting < WaitingBeforeFrames && _deciding.Wants(capturedAt, takenUpAt);

    private async Task PumpAsync<T>(Mailbox<T> from, string what, Func<T, DoorMessage?> messageOf, CancellationToken stopping)
    {
        try
        {
            await foreach (T item in from.ReadAllAsync(stopping))
            {
                if (messageOf(item) is { } message)
                    _inbox.Post(message);
            }

            // A queue ends when its device does, or when this side stops.
            if (!stopping.IsCancellationRequested)
                throw new IOException($"The chip behind {what} is gone.");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }
}
