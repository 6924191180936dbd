using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Presentations of grey pictures, whose brightness the test reads as a problem or as a score.</summary>
public sealed class PresentationJudgeTests : IDisposable
{
    private const int Side = 200;
    private readonly TempFolder _set = new();
    private readonly List<string> _judged = [];

    public void Dispose() => _set.Dispose();

    [Fact]
    public void AStillIsJudgedOnceAndAnUnusableOneForTheCheckAlone()
    {
        PresentationResult usable = Judge(Still(50)), small = Judge(Still(1));
        Assert.Equal([new JudgedAttempt(SpoofSign.None, 50)], usable.Attempts);
        Assert.Equal(UnusableReason.TooSmall, small.Problem);
        Assert.Empty(small.Attempts);
        Assert.Equal((usable.First, new JudgedAttempt(SpoofSign.None, 1)), (usable.Alone, small.Alone));
        Assert.Equal(["50", "1"], _judged);
    }

    [Fact]
    public void AClipIsJudgedInWindowsOfUsableFrames()
    {
        PresentationResult clip = Judge(Clip(50, 51, 1, 52, 53, 1, 1, 54, 55, 56));
        Assert.Equal(["50 51 52", "53 54 55"], _judged);
        Assert.Equal(2, clip.Attempts.Count);
        Assert.True(clip.IsJudged);
    }

    [Fact]
    public void AClipWithTooFewUsableFramesIsUnusableForItsMainProblem()
    {
        Assert.Equal(UnusableReason.TooSmall, Judge(Clip(50, 1, 1, 2, 51)).Problem);
        Assert.Contains("2 frames are too few", Assert.Throws<InvalidDataException>(() => Judge(Clip(50, 51))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The proportion alone is forgiven, not what the door would find behind it: this face is black.</summary>
    [Fact]
    public void OnlyTheProportionOfAStretchedStillIsNotChecked()
    {
        Assert.Equal(UnusableReason.OutOfProportion, Judge(Still(2)).Problem);
        Assert.Equal(UnusableReason.TooDark, Judge(Still(2) with { IsStretched = true }).Problem);
        Assert.Equal(UnusableReason.TooSmall, Judge(Still(1) with { IsStretched = true }).Problem);
        Assert.Equal(UnusableReason.None, Judge(Still(2) with { IsStretched = true }, new FaceOptions { MinSharpness = 0, MinBrightness = 0 })
            .Problem);
    }

    [Fact]
    public void AScoreThatIsNotANumberIsNeverAccepted()
    {
        PresentationJudge judge = new(
            Read, frame => Read(frame).Face, _ => new LivenessVerdict(SpoofSign.Score, double.NaN, 0), new FaceOptions(), 3);
        PresentationResult result = judge.Judge(Still(50));
        Assert.Equal([new JudgedAttempt(SpoofSign.Score, null)], result.Attempts);
        Assert.False(result.IsAccepted(double.NegativeInfinity));
    }

    [Fact]
    public void FilesThatAreNotPicturesAreNamedAndCountedNowhere()
    {
        Presentation broken = new("live", "live/b.jpg", [_set.Write("b.jpg", "no picture")], IsClip: false);
        PadReport report = Measure([Still(50), broken, Clip(50, 51, 52)], one => Judge(one));
        Assert.Equal("live/b.jpg", Assert.Single(report.Skipped).Name);
        Assert.StartsWith("the file is not a picture", report.Skipped[0].Why, StringComparison.Ordinal);
        Assert.Equal(1, report.Stills!.Errors(0)[0].OfAll.Trials);
        Assert.Equal(1, report.Clips!.Errors(0)[0].OfAll.Trials);
        Assert.Contains("live/b.jpg: the file is not a picture",
            Assert.Throws<UserErrorException>(() => Measure([broken], one => Judge(one))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABrokenNetworkCountsAsRefusedAsAtTheDoor()
    {
        PadReport report = Measure([Still(50), Still(51)], one => one.Name.Contains("50", StringComparison.Ordinal)
            ? throw new NetworkFaultException("The network x answers NaN.") : Judge(one));
        Assert.Equal(new ErrorRate(1, 2), report.Stills!.Errors(double.NegativeInfinity)[0].OfAll);
        Assert.Contains(report.Notes, note => note.EndsWith("counts as refused: The network x answers NaN.", StringComparison.Ordinal));
    }

    [Fact]
    public void AMeasurementCanBeCancelled()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Measure([Still(50)], one => Judge(one), stop.Token));
        Assert.Empty(_judged);
    }

    private static PadReport Measure(Presentation[] presentations, Func<Presentation, PresentationResult> judge,
        CancellationToken? cancellation = null) => PadReport.Measure("set", new PresentationFolder(presentations, []), judge,
            new PadConditions("d", "e", LivenessStrength.Full, 0, 110, 3, 0.05), DateTimeOffset.UnixEpoch, new Silent(),
            cancellation ?? TestContext.Current.CancellationToken);

    private PresentationResult Judge(Presentation presentation, FaceOptions? faces = null) => new PresentationJudge(
        Read,
        frame => Read(frame).Face,
        frames =>
        {
            _judged.Add(string.Join(' ', frames.Select(one => one.Frame.Pixels[0])));
            return new LivenessVerdict(SpoofSign.None, frames[0].Frame.Pixels[0], 0);
        },
        faces ?? new FaceOptions(), 3).Judge(presentation);

    /// <summary>Grey 1 is a small face, 2 one out of proportion, any other a usable one.</summary>
    private static FaceReading Read(Frame frame) => new(
        frame.Pixels[0] switch { 1 => UnusableReason.TooSmall, 2 => UnusableReason.OutOfProportion, _ => UnusableReason.None },
        new Face(new FaceBox(20, 20, 120, 160), 1, Upright()), 1, null, 1);

    private static Landmarks Upright()
    {
        Landmarks points = default;
        (points[0], points[1], points[2], points[3], points[4]) = ((60, 80), (100, 80), (80, 105), (65, 130), (95, 130));
        return points;
    }

    private Presentation Still(byte grey) => new("live", $"live/{grey}.png", [Picture($"{grey}.png", grey)], IsClip: false);

    private Presentation Clip(params byte[] greys) =>
        new("live", "live/clip", [.. greys.Select((grey, i) => Picture($"clip-{i}.png", grey))], IsClip: true);

    private string Picture(string name, byte grey)
    {
        Frame frame = new();
        frame.Resize(Side, Side);
        frame.Pixels.Fill(grey);
        File.WriteAllBytes(_set.File(name), FrameDrawing.Encode(frame, ".png"));
        return _set.File(name);
    }

    private sealed class Silent : IProgress<int>
    {
        public void Report(int value)
        {
        }
    }
}
