using System.Collections.Immutable;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Devices;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Operating.Metrics;
using DoorAgent.Schedules;

namespace DoorAgent.Running;

/// <summary>
/// Processes one message at a time: applies the pure policy and the pure door machine, and records their events. A grant is recorded before
/// the door machine receives it (<see cref="DoorController"/> has the rule). Apart from this loop only the relay's own maximum time moves
/// the relay.
/// </summary>
internal sealed partial class DecisionLoop : IDisposable
{
    private readonly AccessPolicy _policy;
    private readonly DoorController _door;
    private readonly LightController _lights;
    private readonly DisplayController _display;
    private readonly FaceComparison _faces;
    private readonly ActiveGallery _gallery;
    private readonly GalleryHistory _history;
    private readonly EventRecorder _recorder;
    private readonly bool _denyWithoutRecord;
    private readonly DoorDevices _devices;
    private readonly Mailbox<DoorMessage> _inbox;
    private readonly PinChecking _pins;
    private readonly LivenessChecking _liveness;
    private readonly AttemptPictures _pictures;
    private readonly OperatorDesk _desk;
    private readonly DoorModes _modes;
    private readonly DoorFleet _fleet;
    private readonly OperatorOrders _orders;
    private readonly LogFileMonitor _log;
    private readonly Calendar _calendar;
    private readonly TimeProvider _time;
    private readonly ITimer _ticks;
    private readonly ImmutableArray<DoorEvent> _findings;
    private readonly Func<double> _framesPerSecond;
    private readonly NetworkFaults _networks;
    private readonly DoorMetrics _metrics;

    private AccessState _access;
    private string? _failureElsewhere;
    private long _dropped, _pulses;
    private TimeSpan _now;

    public DecisionLoop(DecisionParts parts)
    {
        (_policy, _faces, _recorder, _devices, _display) = (parts.Policy, parts.Faces, parts.Recorder, parts.Devices, parts.Display);
        (_inbox, _pins, _liveness, _desk) = (parts.Inbox, parts.Pins, parts.Liveness, parts.Desk);
        (_pictures, _calendar, _metrics, _time) = (parts.Pictures, parts.Calendar, parts.Metrics, parts.Time);
        (_access, _findings, _framesPerSecond) = (parts.Previous.Access, parts.Previous.Findings, parts.FramesPerSecond);
        _denyWithoutRecord = parts.Auditing.OnFailure == OnAuditFailure.Deny;
        _door = new DoorController(parts.Door, _devices.Relay, Record);
        _lights = new LightController(_devices.Lights, _display);
        _gallery = new ActiveGallery(_faces, _history = parts.History, raised => Record(raised));
        _networks = new NetworkFaults(Record, () => Advance(new AccessFaulted()));
        _log = new LogFileMonitor(raised => Record(raised));
        _modes = new DoorModes(this, parts.Modes);
        _fleet = new DoorFleet(this, _modes, parts.Fleet);
        _orders = new OperatorOrders(this, _desk, _denyWithoutRecord, _recorder.EraseNames, _modes, _fleet);
        _ticks = _time.CreateTimer(_ => _inbox.Post(DoorMessage.Tick.Instance), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The door's phase and whether an attempt is open, for observers on other threads.</summary>
    public (DoorPhase Phase, bool IsLooking) Watched => (_door.State.Phase, Volatile.Read(ref _access).Attempt is not null);

    /// <summary>The number of <see cref="DoorMessage.Pulse"/> messages processed.</summary>
    public long Pulses => Interlocked.Read(ref _pulses);

    /// <summary>Whether the networks should process a frame; called by the vision loop on its own thread.</summary>
    public bool Wants(TimeSpan capturedAt, TimeSpan takenUpAt) => _policy.Wants(Volatile.Read(ref _access), capturedAt, takenUpAt);

    /// <summary>Reports a failure outside this loop, so that the following stop is recorded as an end by a fault.</summary>
    public void ReportFailure(string failure) => Volatile.Write(ref _failureElsewhere, failure);

    /// <summary>Processes messages until it is cancelled or fails; the relay is off afterwards in every case.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        string? failure = null;
        try
        {
            _now = _time.Monotonic();
            RecordAll(_findings);
            Record(new DoorEvent(DoorEventKind.Started) { Detail = _desk.Running });
            RecordAll(_calendar.Warnings);
            Advance(new DoorStarting(_devices.Inputs.IsDoorOpen));
            _modes.Start(_now);
            _fleet.Start(_now);
            Settle();
            await foreach (DoorMessage message in _inbox.ReadAllAsync(stopping))
            {
                // Messages that wait when the stop arrives are not processed: no door opens just before it locks.
                stopping.ThrowIfCancellationRequested();
                // Badges and door changes count from their own time, however long the disk delayed this loop.
                _now = TimeSpan.FromTicks(Math.Max(_now.Ticks, (message.HappenedAt ?? _time.Monotonic()).Ticks));
                _modes.Follow(_now);
                _fleet.Follow(_now);
                RecoverFromDropped();
                Process(message);
                Settle();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            failure = Volatile.Read(ref _failureElsewhere);
        }
        catch (Exception own)
        {
            failure = own.Message;
            throw;
        }
        finally
        {
            // The relay is released first, whatever else fails, even the door machine; then the records follow.
            _door.Move(RelayCommand.Release);
            Advance(new DoorStopping());
            if (failure is not null)
                Record(new DoorEvent(DoorEventKind.Fault) { Detail = failure });
            Advance(failure is null ? new AccessStopping() : new AccessFaulted());
            _fleet.Stop();
            Record(new DoorEvent(DoorEventKind.Stopping));
            _lights.Darken();
        }
    }

    public void Dispose() => _ticks.Dispose();

    private void Process(DoorMessage message)
    {
        switch (message)
        {
            case DoorMessage.ForPolicy { Event: var accessEvent }:
                if (accessEvent is LivenessJudged)
                    _networks.LivenessWorks();
                Advance(accessEvent);
                break;
            case DoorMessage.ForDoor { Input: var input }:
                Advance(input);
                break;
            case DoorMessage.Seen seen when _faces.CanCompare(seen.By):
                _networks.FacesWork();
                Advance(ObservedFrame.EventOf(seen.Reading, seen.CapturedAt, seen.TakenUpAt, _access.ClaimedPerson, _faces));
                break;
            case DoorMessage.NetworkFault { What: var fault }:
                _networks.FailFaces(fault, endsAttempt: _access.Attempt is not null);
                break;
            case DoorMessage.LivenessFault { Question: var question, What: var fault }:
                // The attempt that asked may have ended, and another one may be open now.
                _networks.FailLiveness(fault, endsAttempt: _access.Attempt?.Judging?.Number == question);
                break;
            case DoorMessage.GalleryRead { Gallery: var gallery, Networks: var networks }:
                if (_gallery.Use(gallery, networks))
                    Advance(new EncoderChanged());
                RecordAll(_calendar.NewlyUnconfigured(gallery));
                break;
            case DoorMessage.Display { Health: var health }:
                Record(_display.Note(health));
                break;
            case DoorMessage.Warned { What: var news }:
                Record(new DoorEvent(DoorEventKind.Warning) { Detail = news });
                break;
            case DoorMessage.Failed { What: var failure }:
                Record(new DoorEvent(DoorEventKind.Fault) { Detail = failure });
                break;
            case DoorMessage.FilesLookedAt { Changes: var changes, Log: var log }:
                _recorder.CheckClock(_faces.Gallery);
                _recorder.CheckJournal(_faces.Gallery);
                _recorder.CheckPublishers(_faces.Gallery);
                _recorder.RemoveOldRecords(_faces.Gallery, isQuiet: _access.Attempt is null && _door.State.IsLocked);
                _log.Note(log);
                _modes.Retry();
                RecordAll(_desk.Note(changes));
                break;
            case DoorMessage.RecordsDue { UpTo: var last, Archive: var archive }:
                _recorder.Retention.Begin(last, archive);
                break;
            case DoorMessage.FleetRead { Reading: var reading }:
                _fleet.Read(reading, _now);
                break;
            case DoorMessage.GalleryRefused { Why: var why }:
                _gallery.Refuse(why);
                break;
            case DoorMessage.Asked asked:
                _orders.Obey(asked.Request, asked.By, asked.Answer, _now);
                break;
            case DoorMessage.BadgeNotAwaited { Answer: var answer } when _desk.StopAwaiting(answer):
                Advance(new BadgeAwaited(null));
                break;
            case DoorMessage.DayPassed:
                RecordAll(_calendar.Warnings);
                break;
            case DoorMessage.Pulse:
                Interlocked.Increment(ref _pulses);
                break;
            case DoorMessage.Tick:
                Advance(new AccessTick());
                Advance(new DoorTick());
                break;
        }
    }

    /// <summary>Reads the contact's level after a full inbox dropped messages, which may have contained a change of the contact.</summary>
    private void RecoverFromDropped()
    {
        if (_inbox.Dropped == _dropped)
            return;
        _dropped = _inbox.Dropped;
        string lost = $"the inbox overflowed while this loop was delayed: {_dropped} messages lost since the start";
        Record(new DoorEvent(DoorEventKind.Fault) { Detail = lost });
        if (_devices.Inputs.IsDoorOpen is { } isOpen)
            Advance(new ContactLevel(isOpen));
    }

    private void Advance(AccessEvent what)
    {
        if (what is BadgePresented { Badge: var presented })
            _desk.Saw(presented, _faces.Gallery?.Find(presented));
        AccessState before = _access;
        AccessStep step = _policy.Apply(before, what, _now, _faces.Gallery, NotAllowedNow, _calendar.IsTwoPersonTime);
        Volatile.Write(ref _access, step.State);
        _pictures.Note(what, before, step.State);
        RecordAndOpen(step.Events);
        foreach (DoorEvent raised in step.Events)
            _metrics.NoteDecision(raised, what, before, _time.Monotonic());
        Light(step.Events);
        if (step.Taken is { } badge)
            _desk.Deliver(badge);
        if (step.Question is { } question)
            _pins.Post(question);
        if (step.Judge is { } judge)
            _liveness.Post(judge);
        if (step.Typed is { } typed)
            Advance(new BadgePresented(typed, _now));
    }

    private void Advance(DoorInputEvent what)
    {
        ImmutableArray<DoorEvent> events = _door.Apply(what, _now);
        Light(events);
        Advance(new DoorReported(events));
        Advance(new DoorMoved(_door.State.IsOpen, _door.State.IsLocked));
    }

    private Refusal? NotAllowedNow(Person person) => _fleet.RefusalOf(person) ?? _calendar.NotAllowedNow(person);

    private bool Record(DoorEvent raised) => _recorder.Record(raised, _faces.Gallery);

    private void Light(ImmutableArray<DoorEvent> events) => _lights.Follow(
        events, _access, _door.State, _now, hasFault: _gallery.Fault is not null || _networks.HasAny);

    private void RecordAll(IEnumerable<DoorEvent> events) => _recorder.RecordAll(events, _faces.Gallery);

    /// <summary>Follows the mode (the journal may have failed or work again), updates the lights after a message and sets the timer for
    /// the next moment that policy, door or mode waits for.</summary>
    private void Settle()
    {
        _modes.Follow(_now);
        Light([]);
        TimeSpan? due = new[] { AccessPolicy.NextDue(_access), _door.NextDue, _lights.NextDue, _modes.NextDue(_now), _fleet.NextDue(_now) }.Min();
        TimeSpan wait = due is { } at ? TimeSpan.FromTicks(Math.Max(0, (at - _time.Monotonic()).Ticks)) : Timeout.InfiniteTimeSpan;
        _ticks.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
