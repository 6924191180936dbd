using System.Collections.Immutable;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Devices;
using DoorAgent.Matching;
using DoorAgent.Operating;

namespace DoorAgent.Running;

/// <summary>
/// The deciding loop: takes one message at a time, asks the pure policy and the pure door machine, and records what they say.
/// A grant is on record before the door machine hears of it (<see cref="DoorController"/> has the rule). Nothing else moves the relay but the
/// relay's own maximum.
/// </summary>
internal sealed class DecisionLoop : IDisposable
{
    private readonly AccessPolicy _policy;
    private readonly DoorController _door;
    private readonly LightController _lights;
    private readonly DisplayController _display;
    private readonly FaceComparison _faces;
    private readonly GalleryInUse _gallery;
    private readonly EventRecorder _recorder;
    private readonly bool _denyWithoutRecord;
    private readonly DoorDevices _devices;
    private readonly Mailbox<DoorMessage> _inbox;
    private readonly PinChecking _pins;
    private readonly OperatorDesk _desk;
    private readonly OperatorOrders _orders;
    private readonly LogInUse _log;
    private readonly Calendar _calendar;
    private readonly TimeProvider _time;
    private readonly ITimer _ticks;
    private readonly ImmutableArray<DoorEvent> _findings;

    private AccessState _access;
    private string? _networkFault;
    private string? _failureElsewhere;
    private long _dropped;
    private long _pulses;
    private TimeSpan _now;

    public DecisionLoop(AccessPolicy policy, DoorMachine door, FaceComparison faces, EventRecorder recorder, AuditingOptions auditing,
        DoorDevices devices, DisplayController display, Mailbox<DoorMessage> inbox, PinChecking pins, OperatorDesk desk, Calendar calendar, TimeProvider time, PreviousRun earlier)
    {
        (_access, _policy, _faces, _recorder, _devices) = (earlier.Access, policy, faces, recorder, devices);
        _findings = earlier.Findings;
        _door = new DoorController(door, devices.Relay, Record);
        _gallery = new GalleryInUse(faces, raised => Record(raised));
        (_display, _lights) = (display, new LightController(devices.Lights, display));
        (_inbox, _pins, _desk, _calendar, _time) = (inbox, pins, desk, calendar, time);
        _denyWithoutRecord = auditing.OnFailure == OnAuditFailure.Deny;
        _log = new LogInUse(raised => Record(raised));
        _orders = new OperatorOrders(desk, _denyWithoutRecord, Record, Advance, () => _door.State);
        _ticks = time.CreateTimer(_ => inbox.Post(DoorMessage.Tick.Instance), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The door's phase and whether an attempt is under way, for whoever watches from outside.</summary>
    public (DoorPhase Phase, bool IsLooking) Watched => (_door.State.Phase, Volatile.Read(ref _access).Attempt is not null);

    /// <summary>How often it was asked for a sign of life and gave it.</summary>
    public long Pulses => Interlocked.Read(ref _pulses);

    /// <summary>Whether a frame is worth the networks; seeing asks this from its own loop.</summary>
    public bool Wants(TimeSpan capturedAt, TimeSpan takenUpAt) => _policy.Wants(Volatile.Read(ref _access), capturedAt, takenUpAt);

    /// <summary>Something beside this loop failed: what follows is an end by a fault, not a stop that was asked for.</summary>
    public void Blame(string failure) => Volatile.Write(ref _failureElsewhere, failure);

    /// <summary>Takes messages until it is told to stop. Whatever ends it, the relay is off afterwards.</summary>
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
            Settle();
            await foreach (DoorMessage message in _inbox.ReadAllAsync(stopping))
            {
                // What still waits when the stop comes is not decided any more: no door opens for the blink before it locks.
                stopping.ThrowIfCancellationRequested();
                // A badge and a door count from when they happened, however long the disk held this loop up.
                _now = TimeSpan.FromTicks(Math.Max(_now.Ticks, (message.HappenedAt ?? _time.Monotonic()).Ticks));
                MakeUpForDropped();
                Take(message);
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
            // First the relay, whatever else fails, the door machine too; then the words about it.
            _door.Move(RelayCommand.Release);
            Advance(new DoorStopping());
            if (failure is not null)
                Record(new DoorEvent(DoorEventKind.Fault) { Detail = failure });
            Advance(failure is null ? new AccessStopping() : new AccessFaulted());
            Record(new DoorEvent(DoorEventKind.Stopping));
            _lights.Darken();
        }
    }

    public void Dispose() => _ticks.Dispose();

    private void Take(DoorMessage message)
    {
        switch (message)
        {
            case DoorMessage.ForPolicy { Event: var accessEvent }:
                Advance(accessEvent);
                break;
            case DoorMessage.ForDoor { Input: var input }:
                Advance(input);
                break;
            case DoorMessage.Seen seen when _faces.CanCompare(seen.By):
                _networkFault = null;
                Advance(Compare(seen));
                break;
            case DoorMessage.NetworkFault { What: var fault }:
                FailNetwork(fault);
                break;
            case DoorMessage.GalleryRead { Gallery: var gallery, Networks: var networks }:
                if (_gallery.Use(gallery, networks))
                    Advance(new EncoderChanged());
                RecordAll(_calendar.NewlyUnconfigured(gallery));
                break;
            case DoorMessage.Display { Health: var health }:
                Record(_display.Note(health));
                break;
            case DoorMessage.Failed { What: var failure }:
                Record(new DoorEvent(DoorEventKind.Fault) { Detail = failure });
                break;
            case DoorMessage.FilesLookedAt { Changes: var changes, Log: var log }:
                _recorder.CheckClock(_faces.Gallery);
                _recorder.CheckJournal(_faces.Gallery);
                _recorder.CheckPublishers(_faces.Gallery);
                _log.Note(log);
                RecordAll(_desk.Note(changes));
                break;
            case DoorMessage.GalleryRefused { Why: var why }:
                _gallery.Refuse(why);
                break;
            case DoorMessage.Asked asked:
                Obey(asked);
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

    /// <summary>What an operator asks.</summary>
    private void Obey(DoorMessage.Asked asked)
    {
        switch (asked.Request.Verb)
        {
            case OperatorVerb.Unlock:
                asked.Answer(_orders.Unlock(asked.By, _now));
                break;
            case OperatorVerb.Lock:
                asked.Answer(_orders.Lock(asked.By));
                break;
            case OperatorVerb.Acknowledge:
                asked.Answer(_orders.Acknowledge(asked.By));
                break;
            case OperatorVerb.NextBadge:
                Record(new DoorEvent(DoorEventKind.BadgeAwaited) { Detail = asked.By });
                _desk.AwaitBadge(asked.Answer, asked.Request.Seconds);
                Advance(new BadgeAwaited(_now + TimeSpan.FromSeconds(asked.Request.Seconds)));
                break;
            case OperatorVerb.Frames:
                Record(new DoorEvent(DoorEventKind.CameraLent) { Detail = asked.By });
                Advance(new CameraLoan(_now + TimeSpan.FromSeconds(asked.Request.Seconds)));
                asked.Answer(new OperatorAnswer { Done = $"the running door's camera ({_devices.Camera.Description})" });
                break;
            default:
                asked.Answer(new OperatorAnswer
                {
                    Status = _desk.Status(_door.State, _access, _lights.Shown, _faces,
                        [_gallery.Fault, _networkFault, _recorder.Fault, _log.Fault, _display.Fault], _now) with { Schedules = _calendar.Schedules },
                });
                break;
        }
    }

    /// <summary>A contact's change may be among what a full inbox dropped: its level says where the door is now.</summary>
    private void MakeUpForDropped()
    {
        if (_inbox.Dropped == _dropped)
            return;
        _dropped = _inbox.Dropped;
        Record(new DoorEvent(DoorEventKind.Fault) { Detail = $"too much happened while this loop was held up: {_dropped} messages lost since the start" });
        if (_devices.Inputs.IsDoorOpen is { } isOpen)
            Advance(new ContactLevel(isOpen));
    }

    /// <summary>Ends the attempt under way. A network that stays broken is said once, and for each attempt, not for each frame.</summary>
    private void FailNetwork(string fault)
    {
        if (fault != _networkFault || _access.Attempt is not null)
            Record(new DoorEvent(DoorEventKind.Fault) { Detail = fault });
        _networkFault = fault;
        Advance(new AccessFaulted());
    }

    private AccessEvent Compare(DoorMessage.Seen seen) =>
        seen.Reading is { Encoding: { } encoding, Face: { } face } && _faces.Compare(_access.ClaimedPerson, encoding) is { } match
            ? new UsableFrame(face.Box, seen.CapturedAt, seen.TakenUpAt, match, _access.ClaimedPerson)
            : new UnusableFrame(seen.Reading.Problem, seen.CapturedAt, seen.Reading.Face is not null);

    private void Advance(AccessEvent what)
    {
        if (what is BadgePresented { Badge: var presented })
            _desk.Saw(presented, _faces.Gallery?.Find(presented));
        AccessStep step = _policy.Apply(_access, what, _now, _faces.Gallery, _calendar.NotAllowedNow);
        Volatile.Write(ref _access, step.State);
        foreach (DoorEvent raised in step.Events)
            Carry(raised);
        Light(step.Events);
        if (step.Taken is { } badge)
            _desk.Take(badge);
        if (step.Question is { } question)
            _pins.Ask(question);
        if (step.Typed is { } typed)
            Advance(new BadgePresented(typed, _now));
    }

    /// <summary>Records a decision, then opens on a grant: no record, no opening (unless the operator chose otherwise).</summary>
    private void Carry(DoorEvent raised)
    {
        bool isRecorded = Record(raised);
        if (raised is not { Kind: DoorEventKind.Granted, PersonId: { } id })
            return;
        if (isRecorded || !_denyWithoutRecord)
        {
            Advance(new DoorGranted(id, _faces.Gallery?.Find(id)?.IsExtended ?? false));
            return;
        }

        DoorEvent denied = raised with { Kind = DoorEventKind.Denied, Reason = DenyReason.AuditFailed };
        Record(denied);
        Light([denied]);
    }

    private void Advance(DoorInputEvent what)
    {
        Light(_door.Apply(what, _now));
        Advance(new DoorMoved(_door.State.IsOpen, _door.State.IsLocked));
    }

    private bool Record(DoorEvent raised) => _recorder.Record(raised, _faces.Gallery);

    private void Light(ImmutableArray<DoorEvent> events) =>
        _lights.Follow(events, _access, _door.State, _now, _gallery.Fault is not null || _networkFault is not null);

    private void RecordAll(IEnumerable<DoorEvent> events) => _recorder.RecordAll(events, _faces.Gallery);

    /// <summary>After each message: the lights, and when time matters next.</summary>
    private void Settle()
    {
        Light([]);
        TimeSpan? due = AccessPolicy.Earliest(AccessPolicy.NextDue(_access), AccessPolicy.Earliest(_door.NextDue, _lights.NextDue));
        TimeSpan wait = due is { } at ? TimeSpan.FromTicks(Math.Max(0, (at - _time.Monotonic()).Ticks)) : Timeout.InfiniteTimeSpan;
        _ticks.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
