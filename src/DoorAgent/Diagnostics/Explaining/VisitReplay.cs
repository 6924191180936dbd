using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Frames;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Diagnostics.Explaining;

/// <summary>The rules of a door for a visit.</summary>
/// <param name="Decisions">Checked options.</param>
/// <param name="Liveness">Checked options.</param>
/// <param name="Frames">Checked options.</param>
/// <param name="NotAllowedNow">Returns why validity or schedule keeps a person out now; null when they do not.</param>
internal sealed record VisitRules(
    DecisionOptions Decisions, LivenessOptions Liveness, FrameOptions Frames, Func<Person, Refusal?> NotAllowedNow);

/// <summary>
/// Plays the pictures of a visit through the door's own networks and rules, as the two loops of the door do: the pictures come one after
/// the other, and the policy decides. The door is closed, nobody is locked out, and the PIN is right where one is asked for. An object
/// plays one visit.
/// </summary>
/// <param name="networks">The door's networks.</param>
/// <param name="faces">The gallery, in use with the same networks.</param>
/// <param name="matcher">Measures the distances to all people, for display.</param>
/// <param name="liveness">The door's check.</param>
/// <param name="rules">The door's rules.</param>
internal sealed class VisitReplay(
    LoadedNetworks networks, FaceComparison faces, FaceMatcher matcher, LivenessCheck liveness, VisitRules rules)
{
    /// <summary>Number of nearest people that are named.</summary>
    public const int MostNearest = 5;

    private static readonly TimeSpan Begin = TimeSpan.FromHours(1);

    private readonly AccessPolicy _policy = new(rules.Decisions, rules.Liveness);
    private readonly Dictionary<int, VisitFrame> _read = [];
    private readonly Frame _frame = new();
    private readonly Queue<LivenessFrame> _kept = [];
    private readonly List<VisitFrame> _frames = [];
    private readonly List<DoorEvent> _events = [];
    private AccessState _state = AccessState.Initial;
    private LivenessMeasures? _measures;
    private (TurnDirection First, TurnDirection Second) _turns;

    /// <summary>Plays a visit. Where the door asks for a turn of the head, whose side it draws, the side that the pictures answer is
    /// played, if there is one.</summary>
    /// <param name="pictures">The pictures, oldest first, at least one.</param>
    /// <param name="interval">Time between two pictures.</param>
    /// <param name="badge">The badge that is presented before the first picture; null for none.</param>
    /// <exception cref="InvalidDataException">A file is not a picture.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read a file.</exception>
    /// <exception cref="Networks.NetworkFaultException">A network is broken.</exception>
    public VisitTrace Play(IReadOnlyList<VisitPicture> pictures, TimeSpan interval, Badge? badge)
    {
        VisitTrace first = Play(pictures, interval, badge, (TurnDirection.Left, TurnDirection.Right));
        if (first.TurnAsked is null || first.Opens || first.IsOnePicture)
            return first;
        (TurnDirection, TurnDirection)[] others = [(TurnDirection.Right, TurnDirection.Left), (TurnDirection.Left, TurnDirection.Left),
            (TurnDirection.Right, TurnDirection.Right)];
        return others.Select(turns => Play(pictures, interval, badge, turns)).FirstOrDefault(trace => trace.Opens) ?? first;
    }

    /// <summary>Reads pictures without deciding on them.</summary>
    /// <exception cref="InvalidDataException">A file is not a picture.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read a file.</exception>
    /// <exception cref="Networks.NetworkFaultException">A network is broken.</exception>
    public IReadOnlyList<VisitFrame> Read(IReadOnlyList<VisitPicture> pictures) => [.. pictures.Index().Select(one =>
    {
        one.Item.Read(_frame);
        return ReadOnce(one.Index, one.Item.Name, TimeSpan.Zero);
    })];

    /// <summary>Returns the name of the person whom the pictures are nearest to; null where no picture can be compared.</summary>
    /// <exception cref="InvalidDataException">A file is not a picture.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read a file.</exception>
    /// <exception cref="Networks.NetworkFaultException">A network is broken.</exception>
    public string? NearestIn(IReadOnlyList<VisitPicture> pictures)
    {
        NearPerson[] nearest = [.. Read(pictures).Where(frame => frame.Nearest.Count > 0).Select(frame => frame.Nearest[0])];
        return nearest.Length == 0 ? null : nearest.MinBy(person => person.Distance).Name;
    }

    private VisitTrace Play(
        IReadOnlyList<VisitPicture> pictures, TimeSpan interval, Badge? badge, (TurnDirection First, TurnDirection Second) turns)
    {
        (_state, _measures, _turns) = (AccessState.Initial, null, turns);
        _kept.Clear();
        _frames.Clear();
        _events.Clear();
        bool isOne = pictures.Count == 1;
        string? frozen = isOne ? null : FrozenFromTheStart(pictures, interval);
        Apply(new CameraChanged(frozen), Begin);
        if (badge is not null)
            Present(badge);
        if (isOne)
            ShowAgainAndAgain(pictures[0], interval);
        else
            ShowAll(pictures, interval, frozen);
        return new VisitTrace([.. _frames], [.. _events], _measures) { IsOnePicture = isOne };
    }

    /// <summary>Presents the badge, and types a PIN where one is asked for; it counts as right.</summary>
    private void Present(Badge badge)
    {
        Apply(new BadgePresented(badge, Begin), Begin);
        if (_state.Attempt is not { AwaitsPin: true })
            return;
        foreach (char key in new string('0', PersonPin.MinDigits) + '#')
            Apply(new KeyPressed(KeypadKey.Of(key), Begin), Begin);
        if (_state.Attempt is { Question: { } question })
            Apply(new PinChecked(question, PinAnswer.Right), Begin);
    }

    private void ShowAll(IReadOnlyList<VisitPicture> pictures, TimeSpan interval, string? frozen)
    {
        FrameHealth health = new(rules.Frames);
        for (int i = 0; i < pictures.Count; i++)
        {
            TimeSpan at = Begin + ((i + 1) * interval);
            Wait(at);
            pictures[i].Read(_frame);
            (_frame.CapturedAt, _frame.Sequence) = (at, i + 1);
            Apply(new CameraChanged(frozen ?? health.Judge(_frame)), at);
            Show(ReadOnce(i, pictures[i].Name, at - Begin - interval), at);
        }

        // The person leaves, and the attempt ends by its time.
        while (_state.Attempt is not null && AccessPolicy.NextDue(_state) is { } due)
            Apply(new AccessTick(), due);
    }

    /// <summary>Shows one picture as a camera would that sees this face for as long as the door looks.</summary>
    private void ShowAgainAndAgain(VisitPicture picture, TimeSpan interval)
    {
        picture.Read(_frame);
        TimeSpan last = Begin + Longest;
        for (TimeSpan at = Begin + interval; at <= last && (_frames.Count == 0 || !HasDecided); at += interval)
        {
            Wait(at);
            (_frame.CapturedAt, _frame.Sequence) = (at, _frames.Count + 1);
            Show(ReadOnce(0, picture.Name, at - Begin - interval), at);
        }
    }

    private TimeSpan Longest => rules.Decisions.AttemptTimeout + rules.Decisions.IdentificationTimeout;

    /// <summary>Whether the visit is over, or asks for a turn of the head, which one picture cannot answer.</summary>
    private bool HasDecided => _events.Exists(raised =>
        raised.Kind is DoorEventKind.Granted or DoorEventKind.SecondPersonAwaited or DoorEventKind.Denied or DoorEventKind.AttemptAbandoned
            or DoorEventKind.TurnAsked);

    private void Wait(TimeSpan until)
    {
        while (_state.Attempt is not null && AccessPolicy.NextDue(_state) is { } due && due <= until)
            Apply(new AccessTick(), due);
    }

    private void Show(VisitFrame frame, TimeSpan at)
    {
        bool isInAttempt = _state.Attempt is not null;
        if (_state.HasCameraFault || !_policy.Wants(_state, at, at))
        {
            _frames.Add(frame with { IsInAttempt = isInAttempt });
            return;
        }

        if (frame.Reading is { Problem: UnusableReason.None, Face: { } face })
            Keep(face);
        AccessState before = _state;
        AccessEvent seen = ObservedFrame.EventOf(frame.Reading, at, at, _state.ClaimedPerson, faces);
        AccessState after = Apply(seen, at);
        _frames.Add(frame with
        {
            Account = FrameAccount.Of(seen, before, after, rules.Decisions),
            IsInAttempt = isInAttempt,
        });
    }

    /// <summary>Applies an event, and answers the question that it leads to.</summary>
    /// <returns>The state after the event, before the answer.</returns>
    private AccessState Apply(AccessEvent what, TimeSpan now)
    {
        AccessStep step = _policy.Apply(_state, what, now, faces.Gallery, rules.NotAllowedNow);
        _state = step.State;
        _events.AddRange(step.Events);
        if (step.Judge is { } question)
        {
            _measures = liveness.Measure([.. _kept.Where(kept => question.CapturedAt.Contains(kept.Frame.CapturedAt))]);
            Apply(new LivenessJudged(question.Number, _measures.Verdict, _turns.First) { SecondDirection = _turns.Second }, now);
        }

        return step.State;
    }

    private void Keep(Face face)
    {
        Frame copy = _kept.Count <= rules.Decisions.FrameWindow ? new Frame() : _kept.Dequeue().Frame;
        copy.CopyFrom(_frame);
        _kept.Enqueue(new LivenessFrame(copy, face));
    }

    private VisitFrame ReadOnce(int index, string name, TimeSpan since)
    {
        if (!_read.TryGetValue(index, out VisitFrame? frame))
        {
            FaceReading reading = networks.ForProbes().ReadFrame(_frame, liveness.MinFaceWidth);
            FaceQuality? quality = reading.Face is { } face ? FaceQuality.Of(_frame, face) : null;
            _read[index] = frame = new VisitFrame(index, name, since, reading, quality, NearestTo(reading.Encoding));
        }

        return frame with { Since = since };
    }

    private ImmutableArray<NearPerson> NearestTo(FaceEncoding? probe) => probe is null || faces.Gallery is not { } gallery ? [] :
        [.. gallery.People.Select(person => (person.Name, Match: matcher.Verify(person, probe)))
            .Where(one => float.IsFinite(one.Match.Distance)).OrderBy(one => one.Match.Distance).Take(MostNearest)
            .Select(one => new NearPerson(one.Name, one.Match.Distance, one.Match.Threshold))];

    /// <summary>Returns the fault of a camera whose pictures do not change from the first one on: such a camera was frozen before the
    /// visit.</summary>
    private string? FrozenFromTheStart(IReadOnlyList<VisitPicture> pictures, TimeSpan interval)
    {
        FrameHealth health = new(rules.Frames);
        Frame first = new();
        for (int i = 0; i < pictures.Count; i++)
        {
            pictures[i].Read(_frame);
            _frame.CapturedAt = Begin + (i * interval);
            if (i == 0)
                first.CopyFrom(_frame);
            else if (!_frame.Pixels.SequenceEqual(first.Pixels))
                return null;
            if (health.Judge(_frame) is { } fault)
                return fault;
        }

        return null;
    }
}
