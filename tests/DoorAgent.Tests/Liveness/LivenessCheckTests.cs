using DoorAgent.Liveness;

namespace DoorAgent.Tests.Liveness;

/// <summary>The cues in the check, without networks.</summary>
public sealed class LivenessCheckTests
{
    [Theory]
    [InlineData(LivenessOptions.On)]
    [InlineData(LivenessOptions.Cues)]
    public void ASheetIsDeniedForItsEdges(string mode)
    {
        LivenessVerdict verdict = Judge(new LivenessOptions { Mode = mode }, (scene, _) => scene.Person().Sheet());
        Assert.Equal((SpoofSign.Edges, false), (verdict.Sign, verdict.IsLive));
        Assert.InRange(verdict.Cue!.Value, EnclosingEdges.Threshold, 4);
    }

    [Fact]
    public void ALargeSheetThatMovesIsDeniedForItsMotion()
    {
        LivenessVerdict verdict = Judge(new LivenessOptions(), LargeSheet);
        Assert.Equal(SpoofSign.Motion, verdict.Sign);
        Assert.InRange(verdict.Cue!.Value, 0, SurroundingMotion.Threshold);
    }

    [Fact]
    public void EachCueHasItsSwitch()
    {
        Assert.True(Judge(new LivenessOptions { EdgesCue = false }, (scene, _) => scene.Person().Sheet()).IsLive);
        Assert.True(Judge(new LivenessOptions { MotionCue = false }, LargeSheet).IsLive);
    }

    [Fact]
    public void NothingIsJudgedWhereLivenessIsOff()
    {
        LivenessOptions off = new() { Mode = LivenessOptions.Off };
        Assert.True(Judge(off, (scene, _) => scene.Person().Sheet()).IsLive);
        Assert.True(Judge(off, LargeSheet).IsLive);
    }

    [Fact]
    public void APersonWhoMovesBeforeADoorFramePasses()
    {
        LivenessVerdict verdict = Judge(new LivenessOptions(), (scene, i) => scene.Outline(-1.2, -1.4, 1.2, 5).Person(4 * i));
        Assert.Equal(new LivenessVerdict(SpoofSign.None, null, 0), verdict);
    }

    [Fact]
    public void OneFrameIsEnough() =>
        Assert.Equal(SpoofSign.Edges, Judge(new LivenessOptions(), (scene, _) => scene.Person().Sheet(), frames: 1).Sign);

    [Fact]
    public void EdgesAreLookedForInTheFirstAndTheLastFrame() =>
        Assert.NotEqual(SpoofSign.Edges, Judge(new LivenessOptions(), (scene, i) => i == 1 ? scene.Person().Sheet() : scene.Person()).Sign);

    /// <summary>A sheet whose edges are outside the frame.</summary>
    private static DrawnScene LargeSheet(DrawnScene scene, int i) => scene.Sheet(halfWidth: 3, top: -3, bottom: 3, dx: 6 * i);

    private static LivenessVerdict Judge(LivenessOptions options, Func<DrawnScene, int, DrawnScene> draw, int frames = 3)
    {
        using LivenessCheck check = new(null, options);
        return check.Judge([.. Enumerable.Range(0, frames).Select(i =>
        {
            using DrawnScene scene = new();
            return draw(scene, i).Frame();
        })]);
    }
}
