using CsCheck;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Tests.Liveness;
using static DoorAgent.Tests.Decisions.PolicyScene;
using static DoorAgent.Tests.Decisions.TurningHead;

namespace DoorAgent.Tests.Decisions;

/// <summary>A turn of the head that is asked for after the liveness check.</summary>
public sealed class ChallengeTests
{
    [Fact]
    public void TheAgreementIsFollowedByARequestWithItsDirection()
    {
        PolicyScene scene = Asked().Expect("TurnAsked");

        DoorEvent asked = scene.Last.Single();
        Assert.Equal(("left", Adam, AdamsBadge.Hint), (asked.Detail, asked.PersonId, asked.BadgeHint));
        Assert.NotNull(scene.State.Attempt);
    }

    [Fact]
    public void WhoTurnsAsAskedAndComesBackIsGranted() => Assert.Equal(["Granted"], Asked().Move(ToTheLeft));

    [Fact]
    public void TheDirectionIsTheDrawnOne()
    {
        PolicyScene scene = Always();
        scene.Direction = TurnDirection.Right;
        scene.Read(AdamsBadge).Frames(3, Adam, true);

        Assert.Equal("right", scene.Last.Single().Detail);
        Assert.Equal(["Granted"], scene.Move(ToTheRight));
    }

    [Fact]
    public void WhoDoesNotTurnIsDeniedAfterFourSecondsAndCounted()
    {
        PolicyScene scene = Asked();
        double asked = scene.Now;

        Assert.Equal(["Denied SpoofSuspected"], scene.Move(_ => 0));
        Assert.Equal("did not turn to the left in time", scene.All[^1].Detail);
        Assert.Equal(asked + 4, scene.Steps.Single(step => step.Said.Contains(scene.All[^1])).Now.TotalSeconds, 6);
        Assert.Single(scene.State.People[Adam].Failures);
    }

    [Fact]
    public void WhoTurnsTheOtherWayIsDeniedAtOnceAndCounted()
    {
        PolicyScene scene = Asked();

        Assert.Equal(["Denied SpoofSuspected"], scene.Move(ToTheRight, seconds: 1.5));
        Assert.Equal("turned the other way, asked was left", scene.All[^1].Detail);
        Assert.Single(scene.State.People[Adam].Failures);
    }

    [Fact]
    public void WhoStaysTurnedIsDenied() => Assert.Equal(["Denied SpoofSuspected"], Asked().Move(seconds => Math.Min(seconds, 0.7)));

    /// <summary>The same head at every rate of a camera.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public void TheRateOfTheCameraDoesNotDecide(double rate)
    {
        Assert.Equal(["Granted"], Asked().Move(ToTheLeft, rate: rate));
        Assert.Equal(["Granted"], Asked().Move(seconds => 1.5 * ToTheLeft(seconds), rate: rate));
        Assert.Equal(["Denied SpoofSuspected"], Asked().Move(ToTheRight, rate: rate));
        Assert.Equal(["Denied SpoofSuspected"], Asked().Move(seconds => 0.5 * ToTheLeft(seconds), rate: rate));
        Assert.Equal(["Denied SpoofSuspected"], Asked().Move(seconds => seconds is > 1 and < 2 ? 0.7 : 0, rate: rate));
    }

    [Theory]
    [InlineData("off", true, 0.5, false)]
    [InlineData("off", false, 0.5, false)]
    [InlineData("face-only", true, 0.5, false)]
    [InlineData("face-only", false, 5.0, true)]
    [InlineData("always", true, 5.0, true)]
    [InlineData("always", false, 5.0, true)]
    [InlineData("doubt", true, 2.0, true)]
    [InlineData("doubt", true, 2.01, false)]
    [InlineData("doubt", false, 0.0, true)]
    [InlineData("doubt", false, null, true)]
    [InlineData("doubt", false, double.NaN, true)]
    public void TheSettingSaysWhenAPersonIsAsked(string challenge, bool hasBadge, double? score, bool isAsked) => Assert.Equal(isAsked,
        new LivenessOptions { Challenge = challenge }.AsksFor(new LivenessVerdict(SpoofSign.None, score, 0), hasBadge));

    [Fact]
    public void InDoubtTheScoreAboveTheThresholdCounts()
    {
        LivenessOptions options = new() { Challenge = "doubt", Strictness = "strict" };

        Assert.True(options.AsksFor(new LivenessVerdict(SpoofSign.None, 4, options.Threshold), hasBadge: true));
        Assert.False(options.AsksFor(new LivenessVerdict(SpoofSign.None, 4.1, options.Threshold), hasBadge: true));
    }

    [Fact]
    public void APictureIsNotAsked()
    {
        PolicyScene scene = Always();
        scene.Verdict = new LivenessVerdict(SpoofSign.Score, -1, 0);

        scene.Read(AdamsBadge).Frames(3, Adam, true).Expect("Denied SpoofSuspected");
    }

    [Fact]
    public void AStrictDoorAsksTwice()
    {
        PolicyScene scene = Asked("strict");
        Assert.Equal(["TurnAsked"], scene.Move(ToTheLeft, seconds: 2.4));

        Assert.Equal(["Granted"], scene.Move(ToTheLeft));
    }

    [Fact]
    public void AStrictDoorDeniesWhoAnswersOnlyOnce()
    {
        PolicyScene scene = Asked("strict");
        scene.Move(ToTheLeft, seconds: 2.4);

        Assert.Equal(["Denied SpoofSuspected"], scene.Move(_ => 0));
    }

    [Fact]
    public void TheDeadlineGrowsByTheFourSecondsOfEachRequest()
    {
        PolicyScene scene = Always().Read(AdamsBadge);
        TimeSpan before = scene.State.Attempt!.Deadline;

        Assert.Equal(before + At(4), scene.Frames(3, Adam, true).State.Attempt!.Deadline);
    }

    [Fact]
    public void ARequestAtTheEndOfAnAttemptHasItsWholeTime()
    {
        PolicyScene scene = Always().Read(AdamsBadge).Pass(9.2).Frames(3, Adam, true).Expect("TurnAsked");

        Assert.Equal(["Granted"], scene.Move(ToTheLeft));
    }

    [Fact]
    public void ThePersonMustBeRecognisedAgain()
    {
        bool hasTurned = false;
        Assert.Equal(["Denied SpoofSuspected"], Asked().Move(ToTheLeft, frame: (scene, turn) =>
        {
            hasTurned |= turn > 0.5;
            scene.Turned(turn, isMatch: !hasTurned);
        }));
    }

    [Fact]
    public void BlurredNarrowAndStretchedFramesOfTheTurnCount()
    {
        foreach (UnusableReason reason in new[]
            { UnusableReason.Blurred, UnusableReason.OutOfProportion, UnusableReason.FaceTurned, UnusableReason.TooSmall })
        {
            Assert.Equal(["Granted"], Asked().Move(ToTheLeft, frame: (scene, turn) =>
            {
                if (turn == 0)
                    scene.Turned(turn);
                else if (scene.Policy.Wants(scene.State, At(scene.Now), At(scene.Now)))
                    scene.Unusable(reason, turn);
            }));
        }
    }

    [Fact]
    public void DarkAndOddFramesOfTheTurnDoNotCount()
    {
        foreach (UnusableReason reason in new[] { UnusableReason.TooDark, UnusableReason.UnlikeAFace })
        {
            Assert.Equal(["Denied SpoofSuspected"], Asked().Move(ToTheLeft, frame: (scene, turn) =>
            {
                if (turn == 0)
                    scene.Turned(turn);
                else
                    scene.Unusable(reason, turn);
            }));
        }
    }

    [Fact]
    public void SeveralFacesStartTheTurnAgainWithinItsTime()
    {
        Assert.Equal(["Denied SpoofSuspected"], Asked().Move(ToTheLeft, frame: (scene, turn) =>
        {
            if (turn > 0.65)
                scene.Unusable(UnusableReason.SeveralFaces, turn, counting: 2);
            else
                scene.Turned(turn);
        }));
        PolicyScene late = Asked();
        late.Move(_ => 0, seconds: 1, frame: (scene, turn) => scene.Unusable(UnusableReason.SeveralFaces, turn, counting: 2));
        Assert.Equal(["Granted"], late.Move(ToTheLeft));
    }

    [Fact]
    public void AFaceThatJumpsElsewhereIsAnotherOne() => Assert.Equal(["Denied SpoofSuspected"], Asked().Move(ToTheLeft,
        frame: (scene, turn) => scene.Turned(turn, box: turn > 0.3 ? Here with { X = 300 } : Here)));

    [Fact]
    public void TheTurnedFramesAreNotComparisonsOfTheAttempt()
    {
        PolicyScene scene = Asked();
        int before = scene.State.Attempt!.Compared;
        scene.Move(_ => 0, seconds: 3.5, rate: 30);

        Assert.Equal(before, scene.State.Attempt!.Compared);
    }

    [Fact]
    public void AFrameFromBeforeTheRequestDoesNotCount()
    {
        PolicyScene scene = Asked();
        Challenge asked = scene.State.Attempt!.Challenge!;

        Assert.Same(asked.Turn, scene.Turned(0).State.Attempt!.Challenge!.Turn);
        Assert.Same(asked.Turn, scene.Unusable(UnusableReason.Blurred, 0).State.Attempt!.Challenge!.Turn);
        Assert.NotSame(asked.Turn, scene.Wait(0.01).Turned(0).State.Attempt!.Challenge!.Turn);
    }

    [Fact]
    public void FramesWithoutLandmarksEndTheAttempt()
    {
        PolicyScene scene = Always().Read(AdamsBadge);
        for (int i = 0; i < 3; i++)
        {
            TimeSpan now = At(scene.Wait(0.2).Now);
            scene.Apply(new UsableFrame(Here, now, now, new FaceMatch(Adam, 0.5f, 1, float.PositiveInfinity, true), Adam));
        }

        scene.Expect("Denied Fault");
    }

    /// <summary>Whatever a hand does with a picture, and whatever comes between.</summary>
    [Fact]
    public void APictureIsNeverGranted() => Gen.Select(Gen.Bool, Gen.Float[-0.3f, 0.3f],
        Gen.Select(Gen.Double[0.02, 0.6], Gen.Float[0.6f, 1.2f], Gen.Float[-0.4f, 0.4f], Gen.Float[-30, 30], Gen.Int[0, 9]).Array[1, 80])
        .Sample((hasBadge, pose, frames) =>
        {
            PolicyScene scene = hasBadge ? Asked() : AskedWithoutBadge();
            int asked = scene.All.Count;
            foreach ((double gap, float stretch, float shear, float roll, int kind) in frames)
            {
                TimeSpan now = At(scene.Pass(gap).Now);
                Landmarks view = MadeHead.Picture(stretch, shear, roll, pose);
                scene.Apply(kind switch
                {
                    0 => new UnusableFrame(UnusableReason.NoFace, now, false),
                    1 => new UnusableFrame(UnusableReason.SeveralFaces, now, true) { Face = new Face(Here, 1, view), CountingFaces = 2 },
                    2 => new UnusableFrame(UnusableReason.Blurred, now, true) { Face = new Face(Here, 1, view), CountingFaces = 1 },
                    _ => new UsableFrame(Here, now, now, new FaceMatch(Adam, 0.5f, 1, float.PositiveInfinity, true),
                        scene.State.ClaimedPerson) { Landmarks = view },
                });
                if (scene.State.Attempt?.Challenge is null)
                    break;
            }

            Assert.DoesNotContain(scene.All.Skip(asked), raised => raised.Kind == DoorEventKind.Granted);
        });
}
