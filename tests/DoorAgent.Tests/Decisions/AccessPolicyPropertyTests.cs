using CsCheck;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Schedules;
using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>Properties that hold after any events, in every mode.</summary>
public sealed class AccessPolicyPropertyTests
{
    private static readonly Gen<Action<PolicyScene>> Badges = Gen.OneOf(AdamsBadge, AdamsSecondBadge, NorasBadge, BlockedBadge, LostBadge)
        .Select(badge => Act(scene => scene.Read(badge)));

    /// <summary>A visit: a face that matches more or less often, that stands or moves, seen fresh or late.</summary>
    private static readonly Gen<Action<PolicyScene>> Visits = Gen.Select(
        Gen.OneOf(Adam, Nora), Gen.Bool.Array[1, 20], Gen.Float[0, 30], Gen.Double[0.1, 0.4], Gen.Double[0, 0.6],
        (person, matches, step, gap, age) => Act(scene =>
        {
            for (int i = 0; i < matches.Length; i++)
                scene.Wait(gap).Frame(scene.State.ClaimedPerson ?? person, matches[i], Here with { X = step * i }, matches[i] ? 0.5f : 1.5f,
                    age);
        }));

    /// <summary>The possible events; visits are the most frequent, as at a real door.</summary>
    private static readonly Gen<Action<PolicyScene>> Something = Gen.Frequency(
        (8, Badges),
        (16, Visits),
        (2, Gen.Int[0, 20].Select(card => Act(scene => scene.Unknown(card)))),
        (4, Gen.Select(Gen.Enum<UnusableReason>(), Gen.Bool, (reason, hasFace) => Act(scene => scene.Unusable(reason, hasFace)))),
        (6, Gen.OneOf("4711", "1177", "4712", "47", "*", "4711*", "123456789").Select(digits => Act(scene => scene.Pin(digits)))),
        (2, Gen.Enum<PinAnswer>().Select(answer => Act(scene => scene.Apply(new PinChecked(scene.State.Questions - 1, answer))))),
        (2, Gen.Enum<ReadFault>().Select(fault => Act(scene => scene.Fault(fault)))),
        (2, Gen.Bool.Select(isFault => Act(scene => scene.Apply(new CameraChanged(isFault ? "silent" : null))))),
        (2, Gen.Bool.Select(isGone => Act(scene => scene.Apply(new ReaderChanged(isGone ? "unplugged" : null))))),
        (2, Gen.Select(Gen.Bool, Gen.Bool, (isOpen, isLocked) => Act(scene => scene.Apply(new DoorMoved(isOpen, isLocked && !isOpen))))),
        (1, Gen.Bool.Select(isThere => Act(scene => scene.Gallery = isThere ? GalleryOf() : null))),
        (2, Gen.Select(Gen.Bool, Gen.Bool, (isEnabled, isThere) => Act(scene => scene.Gallery = GalleryOf(isEnabled, isThere)))),
        (2, Gen.Bool.Select(isAllowed => Act(scene => scene.AdamIsNotAllowed = isAllowed ? null
            : new Refusal(DenyReason.OutsideSchedule)))),
        (1, Gen.Const(Act(scene => scene.Apply(new EncoderChanged())))),
        (1, Gen.Const(Act(scene => scene.Apply(new AccessFaulted())))));

    private static readonly Gen<(string Mode, (double Gap, Action<PolicyScene> Do)[] Moments)> Days = Gen.Select(
        Gen.OneOf("badge-and-face", "face-only", "badge-or-face", "badge-only", "badge-and-face with PIN", "badge-or-face with PIN",
            "badge-only with PIN"),
        Gen.Select(Gen.Frequency((5, Gen.Double[0, 0.4]), (2, Gen.Double[0, 5]), (1, Gen.Double[0, 120])), Something).Array[1, 60]);

    [Fact]
    public void AFaceIsGrantedOnlyAfterAgreementAndAlwaysThenUnlessThePersonIsRefused() => EveryDay((scene, _) =>
    {
        NaiveAgreement naive = new(scene.Options);
        foreach (PolicyStep step in scene.Steps)
        {
            long? agreed = naive.After(step);
            foreach (DoorEvent granted in step.Said.Where(raised => raised is { Kind: DoorEventKind.Granted, Distance: not null }))
                Assert.Equal(agreed, granted.PersonId);
            bool isInTime = step.Before.Attempt is not null && !step.Said.Any(raised =>
                raised is { Kind: DoorEventKind.AttemptAbandoned } or { Reason: DenyReason.FaceNotMatched or DenyReason.NotRecognised });
            if (agreed is not null && isInTime && !step.Before.HasStopped)
                Assert.Null(step.After.Attempt);
        }
    });

    [Fact]
    public void WhereAFaceIsNeededNobodyIsGrantedWithoutAComparison() => EveryDay((scene, mode) =>
    {
        if (mode is "badge-and-face" or "badge-and-face with PIN" or "face-only")
            Assert.All(scene.All.Where(raised => raised.Kind == DoorEventKind.Granted),
                granted => Assert.True(granted.Distance < granted.Threshold));
    });

    /// <summary>Events go to the log, the journal and the status as they are.</summary>
    [Fact]
    public void NoEventHoldsABadgesNumber() => EveryDay((scene, _) =>
        Assert.All(scene.All, raised => Assert.DoesNotContain("H10301:", raised.ToString(), StringComparison.Ordinal)));

    [Fact]
    public void WhereAPinIsNeededABadgeIsGrantedOnlyAfterTheRightOne() => EveryDay((scene, mode) =>
    {
        bool isGiven = false;
        foreach (PolicyStep step in scene.Steps)
        {
            if (step.Before.Attempt?.Badge != step.After.Attempt?.Badge && step.After.Attempt is not null)
                isGiven = false;
            isGiven |= step.Event is PinChecked { Answer: not PinAnswer.Wrong } check && check.Question == step.Before.Attempt?.Question;
            if (mode.EndsWith("with PIN", StringComparison.Ordinal)
                && step.Said.Any(raised => raised is { Kind: DoorEventKind.Granted, BadgeHint: not null }))
                Assert.True(isGiven, "no PIN was given");
        }
    });

    [Fact]
    public void EveryDuressPinOfAnAttemptIsAnAlarmAtOnce() => EveryDay((scene, _) => Assert.All(scene.Steps, step => Assert.Equal(
        step.Event is PinChecked { Answer: PinAnswer.Duress } check && check.Question == step.Before.Attempt?.Question,
        step.Said.Any(raised => raised.Kind == DoorEventKind.Duress))));

    [Fact]
    public void NoAttemptTakesMoreThanTheComparisonsAllowed() => EveryDay((scene, _) =>
        Assert.All(scene.Steps, step => Assert.InRange(step.After.Attempt?.Compared ?? 0, 0, scene.Options.MaxUsableFrames - 1)));

    [Fact]
    public void EveryAttemptEndsWithAnEventAndAfterShutdownThereIsNone() => EveryDay((scene, _) =>
    {
        Assert.Null(scene.State.Attempt);
        foreach (PolicyStep step in scene.Steps.Where(step => step.Before.Attempt is not null
            && step.Before.Attempt.BeganAt != step.After.Attempt?.BeganAt))
        {
            // The right PIN ends the wait for it and begins the look at the face.
            Assert.Contains(step.Said, raised => raised.Kind is DoorEventKind.Granted or DoorEventKind.AttemptAbandoned
                || (raised.Kind == DoorEventKind.AttemptOpened && step.Before.Attempt!.AwaitsPin)
                || (raised.Kind == DoorEventKind.Denied && raised.BadgeHint == step.Before.Attempt!.Badge?.Hint));
        }
    });

    [Fact]
    public void OnlyTheEventThatEndsAnAttemptIsMarked() => EveryDay((scene, _) =>
    {
        foreach (PolicyStep step in scene.Steps)
        {
            bool isOver = step.Before.Attempt is { } before && (before.BeganAt, before.Badge) != (step.After.Attempt?.BeganAt,
                step.After.Attempt?.Badge)
                && !(before.AwaitsPin && step.Said.Any(raised => raised.Kind == DoorEventKind.AttemptOpened
                && raised.BadgeHint == before.Badge?.Hint));
            Assert.Equal(isOver ? 1 : 0, step.Said.Count(raised => raised.EndsAttempt));
        }
    });

    [Fact]
    public void NobodyWhoIsLockedOutIsGranted() => EveryDay((scene, _) =>
    {
        foreach (PolicyStep step in scene.Steps)
        {
            foreach (DoorEvent granted in step.Said.Where(raised => raised.Kind == DoorEventKind.Granted))
                Assert.False(step.Before.People.TryGetValue(granted.PersonId!.Value, out Lockout? lockout) && lockout.IsOn(step.Now));
        }
    });

    [Fact]
    public void NobodyIsGrantedOutsideTheirHours() => EveryDay((scene, _) => Assert.DoesNotContain(
        scene.Steps, step => step.AdamIsNotAllowed && step.Said.Any(raised => raised is { Kind: DoorEventKind.Granted, PersonId: Adam })));

    [Fact]
    public void EveryAlarmIsRestoredExactlyOnce() => EveryDay((scene, _) =>
    {
        foreach (DoorEventKind alarm in new[] { DoorEventKind.LineNoise, DoorEventKind.CameraFault, DoorEventKind.ReaderOffline })
        {
            IEnumerable<DoorEventKind?> kinds = scene.All.Select(raised => raised.Kind).Where(kind => kind == alarm
                || kind == alarm.RestoredBy());
            Assert.Equal(0, kinds.Aggregate(0, (on, kind) =>
            {
                Assert.Equal(kind == alarm ? 0 : 1, on);
                return kind == alarm ? 1 : 0;
            }));
        }
    }, afterwards: scene => scene.Apply(new CameraChanged(null)).Apply(new ReaderChanged(null)).Pass(61));

    [Fact]
    public void TwoRunsOfOneDayAreTheSame() => Days.Sample(day =>
        Assert.Equal(Run(day.Mode, day.Moments).All.Select(Word), Run(day.Mode, day.Moments).All.Select(Word)));

    private static void EveryDay(Action<PolicyScene, string> check, Action<PolicyScene>? afterwards = null) => Days.Sample(day =>
    {
        PolicyScene scene = Run(day.Mode, day.Moments);
        afterwards?.Invoke(scene);
        check(scene.Apply(new AccessStopping()), day.Mode);
    }, iter: 500);

    private static PolicyScene Run(string mode, (double Gap, Action<PolicyScene> Do)[] moments)
    {
        PolicyScene scene = new(options => (options.Mode, options.Pin, options.MinFrameInterval) =
            (mode.Split(' ')[0], mode.EndsWith("with PIN", StringComparison.Ordinal) ? "required" : "off", TimeSpan.FromSeconds(0.1)),
                "H10301:1");
        foreach ((double gap, Action<PolicyScene> act) in moments)
            act(scene.Pass(gap));
        return scene;
    }

    private static Action<PolicyScene> Act(Action<PolicyScene> act) => act;
}
