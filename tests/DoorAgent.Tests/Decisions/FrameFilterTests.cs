using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Matching;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>Which frames count, and that the frame rate does not matter.</summary>
public sealed class FrameFilterTests
{
    private static PolicyScene Attempt() => new PolicyScene().Read(AdamsBadge);

    [Fact]
    public void AFrameCapturedBeforeTheAttemptBeganDoesNotCount()
    {
        PolicyScene scene = Attempt().Wait(0.2).Frame(Adam, true, age: 0.25);

        Assert.Equal(0, scene.State.Attempt!.Compared);
    }

    [Fact]
    public void AnUnusableFrameCapturedBeforeTheAttemptBeganIsNotRemembered()
    {
        PolicyScene scene = Attempt();

        scene.Apply(new UnusableFrame(UnusableReason.Blurred, At(scene.Now - 0.1), HasFace: true)).Pass(10).Expect("Denied NoFace");
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.501, 0)]
    public void AFrameThatIsTooOldWhenTakenUpDoesNotCount(double age, int compared) =>
        Assert.Equal(compared, Attempt().Wait(1).Frame(Adam, true, age: age).State.Attempt!.Compared);

    [Theory]
    [InlineData(0.15, 2)]
    [InlineData(0.149, 1)]
    public void AFrameTooSoonAfterTheUsableOneBeforeDoesNotCount(double later, int compared) =>
        Assert.Equal(compared, Attempt().Wait(1).Frame(Adam, true).Wait(later).Frame(Adam, true).State.Attempt!.Compared);

    [Fact]
    public void AFrameComparedWithAnotherClaimDoesNotCount()
    {
        PolicyScene scene = Attempt().Wait(0.2);
        FaceMatch match = new(Nora, 0.1f, 1, float.PositiveInfinity, true);

        scene.Apply(new UsableFrame(Here, At(scene.Now), At(scene.Now), match, Nora));
        scene.Apply(new UsableFrame(Here, At(scene.Now), At(scene.Now), match, null));
        scene.Apply(new UsableFrame(Here, At(scene.Now), At(scene.Now), match, Adam));

        Assert.Equal(0, scene.State.Attempt!.Compared);
    }

    [Fact]
    public void AFaceThatJumpsRestartsTheWindow()
    {
        FaceBox elsewhere = Here with { X = 150 };
        Assert.True(elsewhere.OverlapWith(Here) < 0.3f);

        Attempt().Frames(2, Adam, true).Wait(0.2).Frame(Adam, true, elsewhere).Wait(0.2).Frame(Adam, true, elsewhere).Expect()
            .Wait(0.2).Frame(Adam, true, elsewhere).Expect("Granted");
    }

    [Fact]
    public void AFaceThatMovesALittleIsTheSame() =>
        Attempt().Frames(2, Adam, true).Wait(0.2).Frame(Adam, true, Here with { X = 140 }).Expect("Granted");

    [Theory]
    [InlineData(1.0, true)]
    [InlineData(1.001, false)]
    public void AGapThatIsTooLongRestartsTheWindow(double gap, bool isGranted) =>
        Assert.Equal(isGranted, Attempt().Frames(2, Adam, true).Wait(gap).Frame(Adam, true).Words.Contains("Granted"));

    [Theory]
    [InlineData(0.3, 0.1, true)]
    [InlineData(0.3, 0.6, false)]
    [InlineData(-0.1, 0.1, false)]
    public void OnlyFramesThatCanCountAreWanted(double capturedAfter, double age, bool isWanted)
    {
        PolicyScene scene = Attempt();
        TimeSpan captured = At(scene.Now + capturedAfter);

        Assert.Equal(isWanted, scene.Policy.Wants(scene.State, captured, captured + At(age)));
    }

    [Fact]
    public void FasterFramesAreNotWanted()
    {
        PolicyScene scene = Attempt().Wait(1).Frame(Adam, true);

        Assert.False(scene.Policy.Wants(scene.State, At(scene.Now + 0.1), At(scene.Now + 0.1)));
        Assert.True(scene.Policy.Wants(scene.State, At(scene.Now + 0.15), At(scene.Now + 0.15)));
    }

    [Fact]
    public void WithoutAnAttemptFramesAreWantedOnlyInAModeThatIdentifies()
    {
        Assert.False(new PolicyScene().Policy.Wants(AccessState.Initial, At(1), At(1)));
        Assert.True(PolicyScene.FaceOnly().Policy.Wants(AccessState.Initial, At(1), At(1)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public void TheSameVisitGivesTheSameDecisionAtEveryFrameRate(int rate)
    {
        Assert.Equal("Granted", Visit(rate, from: 0, to: 20, isMatch: _ => true));
        Assert.Equal("Denied FaceNotMatched", Visit(rate, from: 0, to: 20, isMatch: _ => false));
        Assert.Equal("Granted", Visit(rate, from: 2, to: 20, isMatch: _ => true));
        Assert.Equal("Granted", Visit(rate, from: 0, to: 20, isMatch: time => time > 1));
        Assert.Equal("Denied TooFewPictures", Visit(rate, from: 0, to: 0.3, isMatch: _ => true));
        Assert.Equal("Denied NoFace", Visit(rate, from: 20, to: 20, isMatch: _ => true));
    }

    /// <summary>Adam's badge at 0, then a camera of this rate; a face is there in between.</summary>
    private static string Visit(int rate, double from, double to, Func<double, bool> isMatch)
    {
        PolicyScene scene = Attempt();
        double start = scene.Now;
        for (int i = 1; scene.State.Attempt is not null; i++)
        {
            double time = (double)i / rate;
            scene.Wait(start + time - scene.Now);
            if (time >= from && time < to)
                scene.Frame(Adam, isMatch(time));
            else
                scene.Unusable(UnusableReason.NoFace, hasFace: false);
        }

        return Word(scene.All.Last(raised => raised.Kind is DoorEventKind.Granted or DoorEventKind.Denied));
    }
}
