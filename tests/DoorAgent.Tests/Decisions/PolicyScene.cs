using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware.Badges;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Schedules;
using DoorAgent.Tests.Liveness;

namespace DoorAgent.Tests.Decisions;

/// <summary>The policy with two people enrolled, and a clock that the test moves. Times in seconds.</summary>
internal sealed class PolicyScene
{
    public const long Adam = 1;
    public const long Nora = 2;

    public static readonly FaceBox Here = new(100, 100, 80, 80);

    // The clock starts after weeks: at second 0 a wrong sign would go unnoticed.
    private TimeSpan _now = TimeSpan.FromDays(40);

    public PolicyScene(
        Action<DecisionOptions>? configure = null, string? typedPrefix = null, Action<LivenessOptions>? liveness = null,
        bool fallsBack = false)
    {
        configure?.Invoke(Options);
        liveness?.Invoke(Liveness);
        Policy = new AccessPolicy(Options, Liveness, typedPrefix, fallsBack);
    }

    /// <summary>Adam's; Nora has none. What is typed is not held against it: the scene knows the answers.</summary>
    public static PersonPin AdamsPin { get; } = new(new byte[16], 10_000, new byte[32], new byte[32]);

    public static Badge AdamsBadge { get; } = Badge.Parse("H10301:1:1");

    public static Badge AdamsSecondBadge { get; } = Badge.Parse("H10301:1:11");

    public static Badge NorasBadge { get; } = Badge.Parse("H10301:1:2");

    public static Badge BlockedBadge { get; } = Badge.Parse("H10301:1:3");

    public static Badge LostBadge { get; } = Badge.Parse("H10301:1:4");

    public DecisionOptions Options { get; } = new();

    /// <summary>On, without a challenge.</summary>
    public LivenessOptions Liveness { get; } = new() { Challenge = LivenessOptions.Off };

    /// <summary>The verdict about a picture.</summary>
    public static LivenessVerdict Spoof { get; } = new(SpoofSign.Score, -3.2, 0);

    /// <summary>The verdict that follows each question at once; null leaves the question open.</summary>
    public LivenessVerdict? Verdict { get; set; } = new(SpoofSign.None, 5, 0);

    /// <summary>The direction of a challenge.</summary>
    public TurnDirection Direction { get; set; }

    /// <summary>The liveness question asked last.</summary>
    public LivenessQuestion? Judge { get; private set; }

    public AccessPolicy Policy { get; }

    public AccessState State { get; private set; } = AccessState.Initial;

    public Gallery? Gallery { get; set; } = GalleryOf();

    /// <summary>What validity and schedule say of Adam.</summary>
    public Refusal? AdamIsNotAllowed { get; set; }

    /// <summary>Whether everybody needs a second person.</summary>
    public bool IsTwoPersonTime { get; set; }

    /// <summary>The PIN that the policy asked about last.</summary>
    public PinQuestion? Question { get; private set; }

    public double Now => _now.TotalSeconds;

    public List<DoorEvent> All { get; } = [];

    /// <summary>The badge that the last step took for an operator; null when it took none.</summary>
    public Badge? Taken { get; private set; }

    /// <summary>Every event with the states around it.</summary>
    public List<PolicyStep> Steps { get; } = [];

    /// <summary>What the last event said.</summary>
    public ImmutableArray<DoorEvent> Last { get; private set; } = [];

    public IEnumerable<string> Words => Last.Select(Word);

    public static string Word(DoorEvent raised) => raised.Reason is { } reason ? $"{raised.Kind} {reason}" : $"{raised.Kind}";

    public static PolicyScene FaceOnly(Action<DecisionOptions>? configure = null) => new(options =>
    {
        options.Mode = "face-only";
        configure?.Invoke(options);
    });

    /// <summary>A door that asks for a PIN after the badge.</summary>
    public static PolicyScene WithPin(Action<DecisionOptions>? configure = null, string? typedPrefix = null) => new(options =>
    {
        options.Pin = "required";
        configure?.Invoke(options);
    }, typedPrefix);

    /// <summary>Adam and Nora, or whom the test wants, with the badges that name them.</summary>
    public static Gallery GalleryOf(bool adamIsEnabled = true, bool withAdam = true, bool withAdamsBadge = true,
        BadgeState adamsBadge = BadgeState.Active,
        bool withAdamsPin = true)
    {
        Person adam = new(Adam, "adam", adamIsEnabled, false, "always", 0, 1) { Pin = withAdamsPin ? AdamsPin : null };
        Person nora = new(Nora, "nora", true, false, "always", withAdam ? 1 : 0, 1);
        Dictionary<string, BadgeOwner> badges = new()
        {
            [NorasBadge.Number] = new(nora, BadgeState.Active),
            [LostBadge.Number] = new(nora, BadgeState.Lost),
        };
        if (withAdam)
        {
            if (withAdamsBadge)
                badges[AdamsBadge.Number] = new(adam, adamsBadge);
            badges[AdamsSecondBadge.Number] = new(adam, BadgeState.Active);
            badges[BlockedBadge.Number] = new(adam, BadgeState.Blocked);
        }

        return new Gallery(1, "test", 2, withAdam ? [adam, nora] : [nora], badges, withAdam ? [1, 0, 0, 1] : [0, 1]);
    }

    /// <summary>Changes the verdict that follows each question; null leaves the question open.</summary>
    public PolicyScene Verdicts(LivenessVerdict? verdict)
    {
        Verdict = verdict;
        return this;
    }

    public PolicyScene Wait(double seconds)
    {
        _now += At(seconds);
        return this;
    }

    /// <summary>Ticks at each due time until the seconds have passed; the raised events become the last ones.</summary>
    public PolicyScene Pass(double seconds)
    {
        TimeSpan end = _now + At(seconds);
        ImmutableArray<DoorEvent> said = [];
        while (AccessPolicy.NextDue(State) is { } due && due <= end)
        {
            _now = due;
            said = said.AddRange(Apply(new AccessTick()).Last);
            Assert.False(AccessPolicy.NextDue(State) <= due, "what was due is still due");
        }

        _now = end;
        Last = said;
        return this;
    }

    public PolicyScene Apply(AccessEvent accessEvent)
    {
        AccessStep step = Decide(State, accessEvent);
        if (step.Judge is { } question)
        {
            Judge = question;
            // The door's networks answer within the same frame.
            if (Verdict is { } verdict)
            {
                AccessStep judged = Decide(step.State, new LivenessJudged(question.Number, verdict, Direction));
                step = judged with { Events = step.Events.AddRange(judged.Events) };
            }
        }

        Steps.Add(new PolicyStep(State, accessEvent, step.State, step.Events, AdamIsNotAllowed is not null, _now));
        (State, Last) = (step.State, step.Events);
        All.AddRange(Last);
        Question = step.Question ?? Question;
        Taken = step.Taken;
        return step.Typed is { } typed ? Read(typed) : this;
    }

    private AccessStep Decide(AccessState state, AccessEvent accessEvent) =>
        Policy.Apply(state, accessEvent, _now, Gallery, person => person.Id == Adam ? AdamIsNotAllowed : null, () => IsTwoPersonTime);

    public PolicyScene Read(Badge badge) => Apply(new BadgePresented(badge, _now));

    public PolicyScene Unknown(int card = 999) => Read(Badge.Of("H10301", 9, (ulong)card));

    public PolicyScene Frame(long person, bool isMatch, FaceBox? box = null, float distance = 0.5f, double age = 0) =>
        Apply(new UsableFrame(box ?? Here, _now - At(age), _now, new FaceMatch(person, distance, 1, float.PositiveInfinity, isMatch),
            State.ClaimedPerson) { Landmarks = MadeHead.View(0) });

    /// <summary>Frames of one face, 0.2 s before each; what they said together is what happened last.</summary>
    public PolicyScene Frames(int count, long person, bool isMatch)
    {
        ImmutableArray<DoorEvent> said = [];
        for (int i = 0; i < count; i++)
            said = said.AddRange(Wait(0.2).Frame(person, isMatch).Last);
        Last = said;
        return this;
    }

    /// <summary>Keys, 0.2 s before each; what they said together is what happened last.</summary>
    public PolicyScene Keys(string keys)
    {
        ImmutableArray<DoorEvent> said = [];
        foreach (char key in keys)
            said = said.AddRange(Wait(0.2).Apply(new KeyPressed(KeypadKey.Of(key), _now)).Last);
        Last = said;
        return this;
    }

    /// <summary>The answer to the question asked last.</summary>
    public PolicyScene Answer(PinAnswer answer) => Apply(new PinChecked(Question!.Number, answer));

    /// <summary>Keys with # at the end, answered when they are a question: 4711 is right and 1177 the duress PIN.</summary>
    public PolicyScene Pin(string digits)
    {
        PinQuestion? before = Question;
        Keys(digits + "#");
        return Question == before ? this : Answer(Question!.Digits switch { "4711" => PinAnswer.Right, "1177" => PinAnswer.Duress,
            _ => PinAnswer.Wrong });
    }

    public PolicyScene Unusable(UnusableReason reason, bool hasFace = true) => Apply(new UnusableFrame(reason, _now, hasFace));

    public PolicyScene Fault(ReadFault fault = ReadFault.Parity) => Apply(new ReaderFaulted(fault, 26));

    /// <summary>A face stands there until an identification opens.</summary>
    public PolicyScene Appear(long person = Adam, bool isMatch = true)
    {
        Frames(Presence.FramesToOpen, person, isMatch);
        Assert.Contains("AttemptOpened", Words);
        return this;
    }

    public PolicyScene Expect(params string[] words)
    {
        Assert.Equal(words, Words);
        return this;
    }

    public static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}

/// <summary>One event of a scene.</summary>
internal sealed record PolicyStep(AccessState Before, AccessEvent Event, AccessState After, ImmutableArray<DoorEvent> Said,
    bool AdamIsNotAllowed, TimeSpan Now);
