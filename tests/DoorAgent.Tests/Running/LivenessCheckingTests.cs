using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Running;
using DoorAgent.Storage;
using DoorAgent.Tests.Faces;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Which frames are kept and judged, with the built-in networks and liveness networks whose answer the test sets.</summary>
public sealed class LivenessCheckingTests : IDisposable
{
    private const int Capacity = 4;

    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();
    private readonly MadeLiveness _networks = new();
    private readonly Mailbox<DoorMessage> _inbox = new(100);
    private readonly Frame _frame = new();

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task TheAskedFramesAreJudgedByFirstAndLast()
    {
        LivenessChecking checking = Checking();
        for (int i = 1; i <= 4; i++)
            Read(checking, i);
        DoorMessage answer = await AnswerAsync(checking, 1, 2, 4);
        LivenessJudged judged = Assert.IsType<LivenessJudged>(Assert.IsType<DoorMessage.ForPolicy>(answer).Event);
        Assert.Equal((7, SpoofSign.None, TurnDirection.Right), (judged.Question, judged.Verdict.Sign, judged.Direction));
        Assert.Equal(5, judged.Verdict.Score!.Value, 4);
        // Each frame was copied: the camera's buffer held the last one when the first was judged.
        Assert.Equal([CropOf(1), CropOf(4)], _networks.Crops.Take(2));
    }

    [Fact]
    public async Task AScoreBelowTheThresholdIsASpoof()
    {
        _networks.Score = -3.2f;
        LivenessChecking checking = Checking();
        Read(checking, 1);
        LivenessVerdict verdict = VerdictOf(await AnswerAsync(checking, 1));
        Assert.Equal((SpoofSign.Score, false, 0.0), (verdict.Sign, verdict.IsLive, verdict.Threshold));
        Assert.Equal(-3.2, verdict.Score!.Value, 4);
    }

    [Fact]
    public async Task TheNewestUsableFramesAreKeptAndNoMore()
    {
        LivenessChecking checking = Checking();
        for (int i = 1; i <= Capacity + 1; i++)
            Read(checking, i);
        Assert.True(VerdictOf(await AnswerAsync(checking, 2, 3, 4, 5)).IsLive);
        Assert.Equal("frames to be judged are no longer kept", FaultOf(await AnswerAsync(checking, 1, 2, 3)));
        Assert.Equal(2, _networks.Crops.Count);
    }

    [Fact]
    public async Task FramesThatCannotBeComparedPushNoneOut()
    {
        LivenessChecking checking = Checking();
        for (int i = 1; i <= Capacity; i++)
            Read(checking, i);
        for (int i = 5; i < 12; i++)
            Assert.NotEqual(UnusableReason.None, Read(checking, i, frame => frame.Darken(0.1)).Problem);
        Assert.True(VerdictOf(await AnswerAsync(checking, 1, 4)).IsLive);
        Assert.Equal("frames to be judged are no longer kept", FaultOf(await AnswerAsync(checking, 5)));
    }

    [Fact]
    public async Task AFrameThatWasNeverSeenIsAFaultAndRunsNoNetwork()
    {
        Assert.Equal("frames to be judged are no longer kept", FaultOf(await AnswerAsync(Checking(), 1, 2, 3)));
        Assert.Empty(_networks.Crops);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task ANetworkWithoutANumberIsAFaultAndTheNextAnswerIsGivenAgain(float score)
    {
        _networks.Score = score;
        LivenessChecking checking = Checking();
        Read(checking, 1);
        Assert.Contains("minifasnet-v2 returned values that are not finite", FaultOf(await AnswerAsync(checking, 1)),
            StringComparison.Ordinal);
        _networks.Score = 5;
        Assert.True(VerdictOf(await AnswerAsync(checking, 1)).IsLive);
    }

    [Fact]
    public void AFaceTooNarrowForTheCheckIsTooSmall()
    {
        LivenessOptions options = MadeLiveness.Options();
        Face face = Read(Checking(options), 1).Face!.Value;
        options.MinFaceWidth = (int)face.Box.Width + 2;
        FaceReading narrow = Read(Checking(options), 1);
        Assert.Equal((UnusableReason.TooSmall, face.Box), (narrow.Problem, narrow.Face!.Value.Box));
        options.Mode = LivenessOptions.Off;
        Assert.Equal(UnusableReason.None, Read(Checking(options), 1).Problem);
    }

    [Fact]
    public async Task OfTwoFacesTheOneThatCountsIsJudgedAndNotThePictureOnTheWall()
    {
        LivenessChecking checking = Checking();
        Assert.Equal(UnusableReason.None, Read(checking, 1, frame => HangUp(frame, 2, 0.45)).Problem);
        await AnswerAsync(checking, 1);
        Show(_frame, 1);
        HangUp(_frame, 2, 0.45);
        IReadOnlyList<Face> faces = _pipeline.FindFaces(_frame);
        Assert.Equal(2, faces.Count);
        Face person = MainFace.OfFrame(faces);
        _networks.Check().Judge([new LivenessFrame(_frame, person)]);
        _networks.Check().Judge([new LivenessFrame(_frame, faces.Single(face => face.Box != person.Box))]);
        Assert.Equal(_networks.Crops[0], _networks.Crops[2]);
        Assert.NotEqual(_networks.Crops[0], _networks.Crops[4]);
        // A picture as large as a face that counts cannot be told from a second person.
        FaceReading both = Read(checking, 2, frame => HangUp(frame, 3, 0.9));
        Assert.Equal((UnusableReason.SeveralFaces, 2), (both.Problem, both.CountingFaces));
    }

    [Fact]
    public async Task WithoutAPrescribedDirectionBothAreDrawn()
    {
        LivenessChecking checking = new(_networks.Check(), Capacity, draw: null, _inbox);
        Read(checking, 1);
        HashSet<TurnDirection> drawn = [];
        for (int i = 0; i < 64; i++)
            drawn.Add(Assert.IsType<LivenessJudged>(Assert.IsType<DoorMessage.ForPolicy>(await AnswerAsync(checking, 1)).Event).Direction);
        Assert.Equal(2, drawn.Count);
    }

    private LivenessChecking Checking(LivenessOptions? options = null) =>
        new(_networks.Check(options), Capacity, () => TurnDirection.Right, _inbox);

    private FaceReading Read(LivenessChecking checking, int second, Action<Frame>? change = null)
    {
        Show(_frame, second);
        change?.Invoke(_frame);
        _frame.CapturedAt = TimeSpan.FromSeconds(second);
        return checking.Read(_frame, _pipeline);
    }

    private static void Show(Frame frame, int picture) =>
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, $"adam/door-1/{1 + (picture % 6):00}.jpg"), frame);

    /// <summary>Puts a person's picture beside the frame.</summary>
    private static void HangUp(Frame frame, int picture, double size)
    {
        Frame left = new(), right = new();
        left.CopyFrom(frame);
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, $"nora/door-1/{1 + (picture % 6):00}.jpg"), right);
        right.Resize(size);
        frame.Resize(left.Width + right.Width, left.Height);
        frame.Pixels.Fill(128);
        for (int y = 0; y < left.Height; y++)
            left.Pixels.Slice(y * left.Width * 3, left.Width * 3).CopyTo(frame.Pixels[(y * frame.Width * 3)..]);
        for (int y = 0; y < right.Height; y++)
        {
            right.Pixels.Slice(y * right.Width * 3, right.Width * 3)
                .CopyTo(frame.Pixels[(((y * frame.Width) + left.Width) * 3)..]);
        }
    }

    private double CropOf(int picture)
    {
        MadeLiveness alone = new();
        Frame frame = new();
        Show(frame, picture);
        using LivenessCheck check = alone.Check();
        check.Judge([new LivenessFrame(frame, _pipeline.ReadFrame(frame).Face!.Value)]);
        return alone.Crops[0];
    }

    private async Task<DoorMessage> AnswerAsync(LivenessChecking checking, params int[] seconds)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task running = checking.RunAsync(stop.Token);
        checking.Post(new LivenessQuestion(7, [.. seconds.Select(second => TimeSpan.FromSeconds(second))]));
        await checking.WhenIdleAsync();
        await stop.CancelAsync();
        await running;
        await using IAsyncEnumerator<DoorMessage> answers =
            _inbox.ReadAllAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await answers.MoveNextAsync());
        return answers.Current;
    }

    private static LivenessVerdict VerdictOf(DoorMessage answer) =>
        Assert.IsType<LivenessJudged>(Assert.IsType<DoorMessage.ForPolicy>(answer).Event).Verdict;

    private static string FaultOf(DoorMessage answer) => Assert.IsType<DoorMessage.LivenessFault>(answer).What;
}
