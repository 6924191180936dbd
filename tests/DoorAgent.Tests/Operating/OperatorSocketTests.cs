using System.Net.Sockets;
using System.Text;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Operating;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace DoorAgent.Tests.Operating;

/// <summary>Tests the operator's socket and its client with a door whose answers the test controls.</summary>
public sealed class OperatorSocketTests : IOperable, IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>The clock stands still, so that no slow client times out.</summary>
    private readonly FakeTimeProvider _time = new();

    private readonly TaskCompletionSource _stoppedAwaiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _askedBy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string[] _notices = [];
    private Func<Frame, CancellationToken, Task<string?>> _frames = (_, _) => Task.FromResult<string?>(null);
    private OperatorAnswer? _answer = new() { Done = "done" };
    private Exception? _failure;

    private Places Places => new(_folder.Path, []);

    [Fact]
    public async Task ARequestReachesTheDoorWithItsOperatorAndTheAnswerReturns()
    {
        await using OperatorSocket socket = Open()!;

        Assert.Equal("done", (await AskAsync(OperatorVerb.Lock)).Done);
        Assert.Equal($"user {Libc.UserId}, process {Environment.ProcessId}", await _askedBy.Task);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Places.OperatorSocket));
    }

    [Fact]
    public async Task ARefusalIsAnError()
    {
        await using OperatorSocket socket = Open()!;
        _answer = OperatorAnswer.Refused("not now");

        Assert.Equal("not now", (await Assert.ThrowsAsync<UserErrorException>(() => AskAsync(OperatorVerb.Unlock))).Message);
    }

    [Fact]
    public async Task ADoorThatDoesNotAnswerForFiveSecondsIsReportedAsAnError()
    {
        _answer = null;
        await using OperatorSocket socket = Open()!;
        Task<OperatorAnswer> waiting = AskAsync(OperatorVerb.Lock);
        await _askedBy.Task;
        // The test cannot observe the beginning of the wait, so time advances until the wait is over.
        for (; !waiting.IsCompleted; await Task.Yield())
            _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("has not answered for 5 s",
            (await Assert.ThrowsAsync<UserErrorException>(() => waiting)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClientThatDisconnectsWhileWaitingForABadgeIsForgotten()
    {
        _answer = null;
        await using OperatorSocket socket = Open()!;
        using CancellationTokenSource interrupted = new();
        Task<OperatorAnswer> waiting = OperatorClient.AskAsync(Places, new OperatorRequest(OperatorVerb.NextBadge, 60), interrupted.Token);
        await _askedBy.Task;
        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await _stoppedAwaiting.Task;
    }

    [Fact]
    public async Task NoticesOfTheDoorBeforeItsAnswerReachTheWaitingClient()
    {
        _notices = ["Present it", "That one is adam's"];
        _answer = new OperatorAnswer { Badge = "H10301:1:1" };
        await using OperatorSocket socket = Open()!;
        List<string> said = [];

        OperatorAnswer answer = await OperatorClient.AskAsync(Places,
            new OperatorRequest(OperatorVerb.NextBadge, 60), TestContext.Current.CancellationToken, said.Add);

        Assert.Equal("H10301:1:1", answer.Badge);
        Assert.Equal(_notices, said);
        await _stoppedAwaiting.Task;
    }

    [Fact]
    public async Task WhenTheTimeIsOverTheWaitingClientIsRefused()
    {
        _answer = null;
        await using OperatorSocket socket = Open()!;
        Task<OperatorAnswer> waiting =
            OperatorClient.AskAsync(Places, new OperatorRequest(OperatorVerb.NextBadge, 60), TestContext.Current.CancellationToken);
        await _askedBy.Task;
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Contains("No new badge was read in 60 s",
            (await Assert.ThrowsAsync<UserErrorException>(() => waiting)).Message, StringComparison.Ordinal);
        await _stoppedAwaiting.Task;
    }

    [Fact]
    public async Task TheFramesOfTheCameraArriveOverTheSocketAndAFaultInWords()
    {
        _answer = new OperatorAnswer { Done = "the running door's camera (test)" };
        int asked = 0;
        _frames = async (into, cancellation) =>
        {
            if (++asked == 2)
                return "no frame for 2 s";
            if (asked > 3)
                await new TaskCompletionSource().Task.WaitAsync(cancellation);
            // The request is larger than the limit of a line.
            into.Resize(320, 200 + asked);
            into.Pixels.Fill((byte)asked);
            return null;
        };
        await using OperatorSocket socket = Open()!;
        using RunningCamera camera = await RunningCamera.OpenAsync(Places,
            TimeSpan.FromSeconds(60), _time, TestContext.Current.CancellationToken);
        Frame frame = new();

        Assert.Equal("the running door's camera (test)", camera.Description);
        Assert.Equal((CaptureStatus.Captured, 320, 201, 1), await ReadAsync());
        Assert.Equal(CaptureStatus.Lost, (await ReadAsync()).Fault);
        Assert.Equal("no frame for 2 s", camera.FaultDetail);
        Assert.Equal((CaptureStatus.Captured, 320, 203, 3), await ReadAsync());
        Assert.Null(camera.FaultDetail);
        Task<(CaptureStatus Fault, int, int, int)> waiting = ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CaptureStatus.NoFrame, (await waiting).Fault);
        waiting = ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(59));
        // The wait for a frame and the loan of the camera end at the same time: either may be reported first.
        if ((await waiting).Fault == CaptureStatus.NoFrame)
            waiting = ReadAsync();
        Assert.Equal(CaptureStatus.Lost, (await waiting).Fault);
        Assert.Contains("is over", camera.FaultDetail, StringComparison.Ordinal);

        async Task<(CaptureStatus Fault, int Width, int Height, int First)> ReadAsync() =>
            (await camera.ReadAsync(frame, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken),
                frame.Width, frame.Height, frame.Pixels[^1]);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-1, -1)]
    [InlineData(10, 1_000_000)]
    public async Task APictureOfAnImpossibleSizeIsReportedAsALostCamera(int width, int height)
    {
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Places.OperatorSocket));
        listener.Listen();
        Task<RunningCamera> opening =
            RunningCamera.OpenAsync(Places, TimeSpan.FromSeconds(60), _time, TestContext.Current.CancellationToken);
        await using NetworkStream door = new(await listener.AcceptAsync(TestContext.Current.CancellationToken), ownsSocket: true);
        await OperatorProtocol.WriteAsync(door, new OperatorAnswer { Done = "camera" }, TestContext.Current.CancellationToken);
        await OperatorProtocol.WriteAsync(door, new OperatorAnswer { Picture = new PictureSize(width, height) },
            TestContext.Current.CancellationToken);
        using RunningCamera camera = await opening;

        Assert.Equal(CaptureStatus.Lost,
            await camera.ReadAsync(new Frame(), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        Assert.Equal($"the door sends no more pictures: a picture cannot be {width} x {height}", camera.FaultDetail);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(601)]
    public async Task AnInvalidCameraRequestIsRefused(double seconds)
    {
        await using OperatorSocket socket = Open()!;

        Assert.Contains("1 to 600 s", (await Assert.ThrowsAsync<UserErrorException>(() =>
            RunningCamera.OpenAsync(Places, TimeSpan.FromSeconds(seconds), _time, TestContext.Current.CancellationToken))).Message,
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(301)]
    [InlineData(-1)]
    public async Task AnInvalidWaitingTimeIsRefused(double seconds)
    {
        await using OperatorSocket socket = Open()!;

        await Assert.ThrowsAsync<UserErrorException>(() =>
            OperatorClient.AskAsync(Places, new OperatorRequest(OperatorVerb.NextBadge, seconds), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("open sesame")]
    [InlineData("{}")]
    [InlineData("""{"verb":"explode"}""")]
    [InlineData("""{"verb":3}""")]
    [InlineData("""{"verb":"lock","extra":1}""")]
    [InlineData("null")]
    [InlineData("""{"verb":"status","seconds":"NaN"}""")]
    [InlineData("""{"verb":"status","seconds":"5"}""")]
    [InlineData("""{"verb":"mode","mode":"unlocked","seconds":1e400}""")]
    public async Task AnInvalidRequestIsRefusedInWordsAndTheNextOneIsAnswered(string line)
    {
        await using OperatorSocket socket = Open()!;

        Assert.Contains("refusal", await SendAsync(line + "\n"), StringComparison.Ordinal);
        Assert.Equal("done", (await AskAsync(OperatorVerb.Lock)).Done);
    }

    [Fact]
    public async Task ARequestThatFailsInsideIsRefusedAndNeitherTheNextOneNorTheEndFails()
    {
        await using OperatorSocket socket = Open()!;
        foreach (bool fails in new[] { true, false, true })
        {
            _failure = fails ? new InvalidOperationException("broken") : null;
            string answer = await SendAsync("""{"verb":"lock"}""" + "\n");
            Assert.Contains(fails ? "its log says more" : "done", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("broken", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnEndlessLineIsCutOff()
    {
        await using OperatorSocket socket = Open()!;

        Assert.Contains("refusal", await SendAsync(new string('x', OperatorProtocol.LongestLine)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecondDoorOnTheSameDataIsRefused()
    {
        await using OperatorSocket socket = Open()!;

        Assert.Contains("already runs on this data", Assert.Throws<UserErrorException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSocketOfAKilledDoorIsReplaced()
    {
        using (Socket old = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            old.Bind(new UnixDomainSocketEndPoint(Places.OperatorSocket));
        await using OperatorSocket socket = Open()!;

        Assert.Equal("done", (await AskAsync(OperatorVerb.Lock)).Done);
    }

    [Fact]
    public async Task WithoutARunningDoorTheErrorNamesTheCommandThatStartsOne() =>
        Assert.Contains("dooragent run",
            (await Assert.ThrowsAsync<UserErrorException>(() => AskAsync(OperatorVerb.Status))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task TryAskAnswersWithoutAnExceptionWhenNoDoorRuns()
    {
        async Task LookAsync()
        {
            (OperatorAnswer answer, bool isThere) = await OperatorClient.TryAskAsync(Places,
                new OperatorRequest(OperatorVerb.Status), TestContext.Current.CancellationToken);
            Assert.False(isThere);
            Assert.Contains("dooragent run", answer.Refusal, StringComparison.Ordinal);
        }

        Assert.Equal(0, await Thrown.InAsync(LookAsync));
        using (Socket killed = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            killed.Bind(new UnixDomainSocketEndPoint(Places.OperatorSocket));
        Assert.Equal(0, await Thrown.InAsync(LookAsync));
    }

    [Fact]
    public async Task ADoorThatRefusesARequestStillCountsAsRunning()
    {
        await using OperatorSocket socket = Open()!;
        _answer = OperatorAnswer.Refused("not now");

        (OperatorAnswer answer, bool isThere) = await OperatorClient.TryAskAsync(Places,
            new OperatorRequest(OperatorVerb.Status), TestContext.Current.CancellationToken);
        Assert.Equal(("not now", true), (answer.Refusal, isThere));
    }

    [Fact]
    public async Task AtAPathTooLongForASocketNoDoorIsFound()
    {
        Places far = new(_folder.File(new string('x', 120)), []);
        Assert.False(
            (await OperatorClient.TryAskAsync(far, new OperatorRequest(OperatorVerb.Status),
            TestContext.Current.CancellationToken)).IsThere);
    }

    [Fact]
    public void ADoorWithAPathTooLongForASocketRunsWithoutTheSocket() =>
        Assert.Null(OperatorSocket.Open(new Places(_folder.File(new string('x', 120)), []), this, Logger.None, _time));

    void IOperable.Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer)
    {
        if (_failure is not null)
            throw _failure;
        foreach (string notice in _notices)
            answer(new OperatorAnswer { Notice = notice });
        if (_answer is { } ready)
            answer(ready);
        _askedBy.TrySetResult(by);
    }

    void IOperable.StopAwaiting(Action<OperatorAnswer> answer) => _stoppedAwaiting.TrySetResult();

    Task<string?> IOperable.NextFrameAsync(Frame into, CancellationToken cancellation) => _frames(into, cancellation);

    public void Dispose() => _folder.Dispose();

    private OperatorSocket? Open() => OperatorSocket.Open(Places, this, Logger.None, _time);

    private Task<OperatorAnswer> AskAsync(OperatorVerb verb) =>
        OperatorClient.AskAsync(Places, new OperatorRequest(verb), TestContext.Current.CancellationToken);

    private async Task<string> SendAsync(string text)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Places.OperatorSocket));
        await socket.SendAsync(Encoding.UTF8.GetBytes(text));
        using StreamReader answer = new(new NetworkStream(socket));
        return await answer.ReadToEndAsync();
    }
}
