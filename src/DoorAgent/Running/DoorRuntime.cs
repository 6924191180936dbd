using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Operating.Metrics;
using DoorAgent.Sealing;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// Runs a door: the vision loop and the decision loop around one inbox, with everything that posts to that inbox. The runtime runs
/// until it is cancelled or one of its loops fails; the relay is off when it returns, and a failure is thrown.
/// </summary>
internal sealed class DoorRuntime : IDisposable, IOperable, ISeeingDoor
{
    private const int InboxCapacity = 1024;

    // Only frames arrive without end. They are skipped while this many messages wait, so that a stuck disk costs frames and not a
    // badge, a change of the contact or a new gallery. Each frame that may wait is kept for the liveness check, and frames are large.
    private const int WaitingBeforeFrames = 4;

    private const string EndedUnexpectedly = "A loop of the door ended without being cancelled.";

    private readonly DoorDevices _devices;
    private readonly Mailbox<DoorMessage> _inbox = new(InboxCapacity);
    private readonly Journal _journal;
    private readonly OperatorDesk _desk;
    private readonly DoorMetrics _metrics;
    private readonly EventPublishers _publishers;
    private readonly EventRecorder _recorder;
    private readonly NetworkCache _networks;
    private readonly FleetStore _fleet;
    private readonly FleetErasure _fleetErasure;
    private readonly GalleryPoll _gallery;
    private readonly Calendar _calendar;
    private readonly GalleryUpkeep _upkeep;
    private readonly JournalUpkeep _journalUpkeep;
    private readonly LoadedFileMonitor _files;
    private readonly PinChecking _pins;
    private readonly LivenessChecking _liveness;
    private readonly LookRequests _looks;
    private readonly FaceComparison _faces;
    private readonly LoadedNetworks _firstNetworks;
    private readonly AttemptPictures _pictures;
    private readonly HeadKeeper _heads;
    private readonly DecisionLoop _decisionLoop;
    private readonly VisionLoop _visionLoop;
    private (long Turns, long Pulses)? _lastProgress;

    /// <summary>Connects the parts of the door. The networks and devices are not disposed with the runtime.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="places">The data directory with gallery and journal.</param>
    /// <param name="pipeline">The verified networks of the start.</param>
    /// <param name="liveness">Tells people from pictures.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="publishers">The publishers of every event, in addition to the operator's status.</param>
    /// <param name="time">The clock.</param>
    /// <param name="built">The build date, which a correct wall clock cannot precede. Null for the program's own.</param>
    /// <param name="log">Checks the log files; returns why they cannot be written, or null.</param>
    /// <param name="observer">A simulation's value of <see cref="EventPublishers.Observer"/>.</param>
    /// <param name="draw">Draws the direction of a challenge; null for a random one.</param>
    /// <param name="fleet">What the fleet reads and writes; null for the gallery's.</param>
    /// <exception cref="UserErrorException">Settings, journal or calibration cannot be used.</exception>
    public DoorRuntime(DoorSettings settings, Places places, FacePipeline pipeline, LivenessCheck liveness, DoorDevices devices,
        IReadOnlyList<IEventPublisher> publishers, TimeProvider time, DateTimeOffset? built = null, Func<string?>? log = null,
        Action<DoorEvent>? observer = null, Func<TurnDirection>? draw = null, FleetStore? fleet = null)
    {
        _devices = devices;
        (DecisionOptions decisions, BadgeOptions badges) = (settings.Decisions, settings.Badges);
        MatchingOptions matching = settings.Matching;
        foreach (string refusal in StartupSummary.RefusalsOf(
            devices.Relay.IsSimulated, decisions, badges, matching, settings.Liveness, pipeline.DetectorId))
            throw new UserErrorException(refusal);
        LivenessSummary pictures = new(devices.Relay.IsSimulated, decisions, settings.Liveness, settings.Hardware)
        {
            Strength = liveness.Strength, Missing = LivenessFactory.Missing(places),
        };
        IEnumerable<string> modes = ModeSummary.RefusalsOf(settings.Doors, decisions, badges, settings.Schedules);
        foreach (string refusal in modes.Concat(pictures.Refusals()))
            throw new UserErrorException(refusal);
        AuditingOptions auditing = settings.Auditing;
        string given = PreviousSettings.DigestOf(settings.Effective);
        StartupSummary start = StartupSummary.Of(devices, decisions, badges, matching, pipeline, pictures) with { Settings = given };
        LoadedNetworks networks = FacePipelineFactory.WithThresholds(pipeline, matching,
            GalleryRules.ActiveRule(places.GalleryFile) ?? pipeline.BestRule(settings.Encodings.FlipUse));
        networks.Thresholds.EnsureOneCanMatch(decisions.AccessMode.Identifies());
        _networks = new NetworkCache(networks, encoder => FacePipelineFactory.Open(places, settings.Faces, encoder),
            (opened, rule) => FacePipelineFactory.WithThresholds(opened, matching, rule), time);
        FaceComparison faces = new(matching, decisions.AccessMode.Identifies());
        KeyRing keys = KeyPlaces.Find(places.Data);
        _journal = Journal.Open(places.JournalFile, keys, time);
        foreach (string warning in new[] { _journal.Postponed, _journal.Unproven }.OfType<string>())
            _inbox.Post(new DoorMessage.Warned(warning));
        PreviousRun earlier = PreviousRun.Read(places.JournalFile, Anchor.Of(places), decisions, time, built ?? BuildInfo.Date, given)
            .With(_journal.Finding);
        (_desk, _metrics) = (new OperatorDesk(start, earlier.UncleanShutdowns, time), new DoorMetrics(decisions.Mode));
        _publishers = new EventPublishers(time, [_desk, _metrics, .. publishers]) { Observer = observer };
        _recorder = new EventRecorder(_journal, auditing, time, _publishers) { Appended = _metrics.NoteAppend };
        FleetGallery fleetGallery = new(places.GalleryFile, time, settings.People.MaxEncodings,
            method: new GalleryMethod(EncoderIdentity.Of(networks.Pipeline), networks.Thresholds.Rule));
        _fleetErasure = new FleetErasure(places, fleetGallery, this, _inbox, time);
        _fleet = (fleet ?? RunningFleet.StoreOf(fleetGallery, places)) with
        {
            Follow = () =>
            {
                _gallery!.Follow();
                _fleetErasure.Wake();
            },
        };
        _gallery = new GalleryPoll(
            new GalleryWatch(places.GalleryFile, _networks.Use, time), _networks, _fleet.Read, _inbox, time);
        KeptPictures kept = new(places.Pictures, keys);
        _heads = new HeadKeeper(places, _inbox, time);
        _upkeep = new GalleryUpkeep(places.GalleryFile, kept, auditing, _inbox, time);
        _journalUpkeep = new JournalUpkeep(places.JournalFile, keys, auditing, _inbox, time);
        _pictures = new AttemptPictures(auditing, decisions, kept, _inbox, time);
        _files = new LoadedFileMonitor(
            () => [.. (faces.Networks ?? networks).Pipeline.Files, .. liveness.Files], settings.File, log ?? (() => null), _inbox, time);
        _pins = new PinChecking(_inbox);
        _liveness = new LivenessChecking(liveness, KeptFrames(decisions), draw, _inbox);
        _looks = new LookRequests(settings.People.KeepCrops, _liveness, () => IsLooking, time);
        (_faces, _firstNetworks) = (faces, networks);
        _calendar = new Calendar(settings.HoursBy(time, built ?? BuildInfo.Date), settings.Doors.UnlockHours, decisions.TwoPersonHours,
            [.. start.Warnings, .. ModeSummary.WarningsOf(settings.Doors, settings.Schedules)], _inbox, time);
        DisplayController display = new(devices.Display, settings.Display, person => faces.Gallery?.Find(person)?.Name);
        _decisionLoop = new DecisionLoop(new DecisionParts
        {
            Policy = new AccessPolicy(decisions, settings.Liveness, badges.TypedPrefix, settings.Doors.FallsBack),
            Door = new DoorMachine(settings.Doors),
            Faces = faces,
            Recorder = _recorder,
            Auditing = auditing,
            Devices = devices,
            Display = display,
            Inbox = _inbox,
            Pins = _pins,
            Pictures = _pictures,
            Liveness = _liveness,
            Desk = _desk,
            History = new GalleryHistory(places, keys, _recorder.NoteGallery, _heads, _inbox),
            Calendar = _calendar,
            Modes = RunningModes.PartsOf(settings, places, _calendar, _recorder),
            Fleet = RunningFleet.PartsOf(_fleet, places, _calendar, built ?? BuildInfo.Date),
            Previous = earlier,
            FramesPerSecond = () => _visionLoop!.FramesPerSecond,
            Metrics = _metrics,
            Time = time,
        });
        _visionLoop = new VisionLoop(
            devices.Camera, () => Networks, _liveness, _pictures, _looks, settings.Frames, Wants, _inbox, _metrics, time);
    }

    /// <summary>The door's phase, for observers.</summary>
    public DoorPhase Phase => _decisionLoop.Watched.Phase;

    /// <summary>Whether an attempt is open.</summary>
    public bool IsLooking => _decisionLoop.Watched.IsLooking;

    /// <summary>Raised with the result of each frame that the networks processed, for observers.</summary>
    public event Action<FaceReading>? Looked
    {
        add => _visionLoop.Looked += value;
        remove => _visionLoop.Looked -= value;
    }

    /// <summary>What the fleet's requests read and write.</summary>
    public FleetStore Fleet => _fleet;

    /// <summary>After the end: descriptions of the last events that some publisher did not accept.</summary>
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
            // First an open gallery is sealed, and then the gallery is read.
            _upkeep.RunAsync(stop.Token),
            Task.Run(() => _journalUpkeep.RunAsync(stop.Token), CancellationToken.None),
            _gallery.RunAsync(stop.Token),
            _files.RunAsync(stop.Token),
            Task.Run(() => _decisionLoop.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => _visionLoop.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => _pins.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => _liveness.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => _pictures.RunAsync(stop.Token), CancellationToken.None),
            _heads.RunAsync(stop.Token),
            Task.Run(() => _fleetErasure.RunAsync(stop.Token), CancellationToken.None),
            .. _devices.Readers.Select(one => InboxPump.RunAsync(
                one.Reader.Reads, _inbox, $"the {one.Reader.Description}", read => DoorMessage.Of(read, one.Side), stop.Token)),
            InboxPump.RunAsync(_devices.Inputs.Changes, _inbox, "the lines of contact and exit button", DoorMessage.Of, stop.Token),
            .. _devices.Display is { } display ? [InboxPump.RunAsync(display.Health, _inbox, "the display", DoorMessage.Of, stop.Token)]
                : (Task[])[],
        ];

        // When the first loop ends, by a failure or by the stop, all others are stopped.
        Task first = await Task.WhenAny(loops);
        bool isRequested = stopping.IsCancellationRequested && !first.IsFaulted;
        if (!isRequested)
            _decisionLoop.ReportFailure(first.Exception?.InnerException?.Message ?? EndedUnexpectedly);
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        if (!isRequested)
            throw new InvalidOperationException(EndedUnexpectedly);
    }

    /// <summary>
    /// Whether every loop has made progress since the last call: the vision loop has read the camera, the lines are still read,
    /// and the decision loop has processed the last pulse. The first call returns true.
    /// </summary>
    public bool HasMoved()
    {
        (long Turns, long Pulses) now = (_visionLoop.Turns, _decisionLoop.Pulses);
        bool hasMoved = _lastProgress is not { } before
            || (now.Turns > before.Turns && now.Pulses > before.Pulses && _devices.AreListening);
        // A loop that stands still is compared with its last progress.
        if (hasMoved)
            _lastProgress = now;
        _inbox.Post(DoorMessage.Pulse.Instance);
        return hasMoved;
    }

    /// <summary>Stops recording and publishing, as after a power cut.</summary>
    public void CutOff() => _recorder.CutOff();

    /// <summary>Completes when everything that the devices have posted is processed; simulation waits for this.</summary>
    public async Task WhenIdleAsync()
    {
        await Task.WhenAll(_devices.Readers.Select(one => one.Reader.Reads.WhenIdleAsync()));
        await _devices.Inputs.Changes.WhenIdleAsync();
        await _inbox.WhenIdleAsync();
        // A decision may have asked for a check, whose answer must be processed too.
        await _pins.WhenIdleAsync();
        await _liveness.WhenIdleAsync();
        await _pictures.WhenIdleAsync();
        await _inbox.WhenIdleAsync();
        await Task.WhenAll(_publishers.WhenIdleAsync(_desk), _publishers.WhenIdleAsync(_metrics));
    }

    public void Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer) =>
        _inbox.Post(new DoorMessage.Asked(request, by, answer));

    public Task<string?> NextFrameAsync(Frame into, CancellationToken cancellation) =>
        _visionLoop.FrameRequests.NextAsync(into, cancellation);

    public LoadedNetworks Networks => _faces.Networks ?? _firstNetworks;

    public Task<Look> LookAsync(LookUse use, CancellationToken cancellation) => _looks.NextAsync(use, cancellation);

    public LivenessVerdict? JudgeLiveness(LivePictures taken) => _liveness.Judge(taken);

    public void StopAwaiting(Action<OperatorAnswer> answer) => _inbox.Post(new DoorMessage.BadgeNotAwaited(answer));

    public void Dispose()
    {
        _decisionLoop.Dispose();
        _calendar.Dispose();
        _gallery.Dispose();
        _networks.Dispose();
        _fleetErasure.Dispose();
        _journal.Dispose();
        // The anchor is to have the last record of this run.
        _ = _heads.Write();
    }

    /// <summary>The window, the frames that wait to be decided behind it, and the one that is being read.</summary>
    private static int KeptFrames(DecisionOptions decisions) => decisions.FrameWindow + WaitingBeforeFrames + 1;

    private bool Wants(TimeSpan capturedAt, TimeSpan takenUpAt) =>
        _inbox.Waiting < WaitingBeforeFrames && _decisionLoop.Wants(capturedAt, takenUpAt);
}
