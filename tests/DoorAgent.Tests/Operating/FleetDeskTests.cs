using System.Net.Sockets;
using DoorAgent.Fleet;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Operating;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace DoorAgent.Tests.Operating;

/// <summary>Tests the fleet's requests at the operator's socket: the test's own user stands for the link.</summary>
public sealed class FleetDeskTests : IOperable, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly WatchedTime _time = new();
    private readonly List<byte[]> _applied = [];
    private readonly List<OperatorRequest> _asked = [];
    private readonly FleetDesk _desk;
    private FleetReading _reading = FleetReadings.Reading(new FleetManifest("lab", 7, DateTimeOffset.UnixEpoch));
    private Func<FleetOutcome> _apply = () => new FleetOutcome(1, 0, [], new FleetStanding("d17", "lab"));
    private int _followed;
    private long _free = long.MaxValue;

    public FleetDeskTests() => _desk = new FleetDesk(
        new FleetStore(_folder.Path, () => _reading, Apply)
        {
            FreeSpace = _ => _free, Follow = () => Interlocked.Increment(ref _followed),
        },
        _time);

    private Places Places => new(_folder.Path, []) { SharedSocket = _folder.File("shared.sock") };

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task TheLinkReadsWhereTheDoorStands()
    {
        await using OperatorSocket socket = Open();
        FleetStanding standing = (await AskAsync(new OperatorRequest(OperatorVerb.FleetStanding))).Standing!;
        Assert.Equal(("d17", "lab", 7), (standing.Door, standing.Group, standing.Manifest));
        _reading = FleetReading.InNone;
        Assert.Contains("fleet join", (await AskAsync(new OperatorRequest(OperatorVerb.FleetStanding))).Refusal, StringComparison.Ordinal);
        Assert.Contains("fleet join", (await SendAsync(10)).Refusal, StringComparison.Ordinal);
        _reading = new FleetReading(null, "The gallery is damaged.");
        Assert.Equal("The gallery is damaged.", (await AskAsync(new OperatorRequest(OperatorVerb.FleetStanding))).Refusal);
        Assert.Empty(_applied);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(5 * 1024 * 1024)]
    public async Task ADeliveryIsAppliedAsItWasSentAndTheDoorFollowsBeforeTheAnswer(int length)
    {
        await using OperatorSocket socket = Open();
        FleetOutcome outcome = (await SendAsync(length)).Outcome!;
        Assert.Equal((1, "d17"), (outcome.Written, outcome.Standing.Door));
        Assert.Equal(BytesOf(length), Assert.Single(_applied));
        Assert.Equal(1, _followed);
        Assert.Equal((OperatorVerb.FleetApply, 1), (_asked.Single().Verb, _asked.Single().News!.Outcome.Written));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.part"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(OperatorBody.Most + 1)]
    public async Task ADeliveryOfAnImpossibleLengthIsRefusedBeforeItsBytes(long length)
    {
        await using OperatorSocket socket = Open();
        Assert.Contains($"0 to {OperatorBody.Most} bytes", (await AskAsync(Delivery(length))).Refusal, StringComparison.Ordinal);
        Assert.NotNull((await AskAsync(new OperatorRequest(OperatorVerb.FleetApply))).Refusal);
    }

    [Fact]
    public async Task WhoStopsSendingHoldsNeitherTheDoorNorTheNextDelivery()
    {
        await using OperatorSocket socket = Open();
        (NetworkStream stream, OperatorLines lines) = await BeginAsync(100);
        await stream.WriteAsync(new byte[40], TestContext.Current.CancellationToken);

        Assert.Contains("Another delivery", (await SendAsync(10)).Refusal, StringComparison.Ordinal);
        Assert.NotNull((await AskAsync(new OperatorRequest(OperatorVerb.FleetStanding))).Standing);
        Task<OperatorAnswer?> answer = lines.ReadAsync<OperatorAnswer>(TestContext.Current.CancellationToken);
        for (; !answer.IsCompleted; await Task.Yield())
            _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Nothing was applied: no byte came for 20 s.", (await answer)!.Refusal);
        await stream.DisposeAsync();
        Assert.Equal(10, (await SendUntilTakenAsync(10)).Length);
    }

    [Fact]
    public async Task WhoSendsAByteNowAndThenDoesNotHoldTheDoorLongerThanTheLimit()
    {
        await using OperatorSocket socket = Open();
        (NetworkStream stream, OperatorLines lines) = await BeginAsync(100);
        Task<OperatorAnswer?> answer = lines.ReadAsync<OperatorAnswer>(TestContext.Current.CancellationToken);
        for (TimeSpan passed = TimeSpan.Zero; passed < FleetDesk.ReceiveWithin(100); passed += TimeSpan.FromSeconds(10))
        {
            await stream.WriteAsync(new byte[1], TestContext.Current.CancellationToken);
            // The door waits for the next byte since the clock was moved, so that the wait for one byte does not end at the next move.
            while (!_time.IsByteAwaited && !answer.IsCompleted)
                await Task.Yield();
            _time.IsByteAwaited = false;
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal("Nothing was applied: the delivery was not complete after 60 s.",
            (await answer.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken))!.Refusal);
        await stream.DisposeAsync();
    }

    [Fact]
    public async Task ALargeDeliveryLeavesTheJournalItsSpace()
    {
        await using OperatorSocket socket = Open();
        const int length = 5 << 20;
        _free = DiskFull.Reserve + length - 1;
        string? why = (await SendAsync(length)).Refusal;
        Assert.StartsWith("Nothing was applied: The disk has 260 MiB of free space", why, StringComparison.Ordinal);
        // What stays in memory needs no disk.
        Assert.NotNull((await SendAsync(10)).Outcome);
        _free++;
        Assert.NotNull((await SendAsync(length)).Outcome);
    }

    [Fact]
    public async Task ADeliveryThatIsCutOffIsNotApplied()
    {
        await using OperatorSocket socket = Open();
        (NetworkStream stream, OperatorLines lines) = await BeginAsync(100);
        await stream.WriteAsync(new byte[99], TestContext.Current.CancellationToken);
        stream.Socket.Shutdown(SocketShutdown.Send);
        Assert.Contains("1 bytes before the end",
            (await lines.ReadAsync<OperatorAnswer>(TestContext.Current.CancellationToken))!.Refusal, StringComparison.Ordinal);
        await stream.DisposeAsync();
        Assert.Equal(10, (await SendUntilTakenAsync(10)).Length);
    }

    [Fact]
    public async Task ARefusedDeliveryChangesNothingAndALongAnswerFitsIntoALine()
    {
        await using OperatorSocket socket = Open();
        _apply = () => throw new UserErrorException("The records are not in this form.");
        Assert.Equal("The records are not in this form.", (await SendAsync(10)).Refusal);
        Assert.Equal(0, _followed);
        _apply = () => new FleetOutcome(0, 0, [.. Enumerable.Range(0, 5000).Select(at => new FleetRefusal($"lab.{at}", new string('x', 60)))],
            new FleetStanding("d17", "lab"));
        Assert.InRange((await SendAsync(10)).Outcome!.Refusals.Count, 100, 4999);
    }

    [Fact]
    public async Task ADoorWithoutADeskIsInNoFleet()
    {
        await using OperatorSocket socket = OperatorSocket.Open(Places, this, Logger.None, _time, new OperatorAccess(Libc.UserId, null, false))!;
        Assert.Contains("no fleet", (await AskAsync(new OperatorRequest(OperatorVerb.FleetContact))).Refusal, StringComparison.Ordinal);
    }

    void IOperable.Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer)
    {
        _asked.Add(request);
        answer(new OperatorAnswer { Outcome = request.News?.Outcome });
    }

    void IOperable.StopAwaiting(Action<OperatorAnswer> answer)
    {
    }

    Task<string?> IOperable.NextFrameAsync(Frame into, CancellationToken cancellation) => Task.FromResult<string?>(null);

    private static OperatorRequest Delivery(long length) =>
        new(OperatorVerb.FleetApply) { Delivery = new FleetDelivery("2026-11-28", 5, FleetPass.Changes, length) };

    private static byte[] BytesOf(int length) => [.. Enumerable.Range(0, length).Select(at => (byte)(at * 31))];

    private FleetOutcome Apply(FleetDelivery delivery, Stream bytes)
    {
        using MemoryStream copy = new();
        bytes.CopyTo(copy);
        _applied.Add(copy.ToArray());
        return _apply();
    }

    private OperatorSocket Open() => OperatorSocket.Open(
        Places, this, Logger.None, _time, new OperatorAccess(Libc.UserId, null, MayLinkUnlock: false), fleet: _desk)!;

    private async Task<OperatorAnswer> AskAsync(OperatorRequest request) =>
        (await OperatorClient.TryAskAsync(Places.ForOtherUser(), request, TestContext.Current.CancellationToken)).Answer;

    private async Task<OperatorAnswer> SendAsync(int length)
    {
        using MemoryStream body = new(BytesOf(length));
        return (await OperatorClient.TrySendAsync(
            Places.ForOtherUser(), Delivery(length), body, length, TestContext.Current.CancellationToken)).Answer;
    }

    /// <summary>Sends a delivery, again while the one before is still leaving; returns its bytes as they were applied.</summary>
    private async Task<byte[]> SendUntilTakenAsync(int length)
    {
        while ((await SendAsync(length)).Outcome is null)
            await Task.Yield();
        return _applied[^1];
    }

    /// <summary>Opens a connection on which the door waits for the bytes of a delivery.</summary>
    private async Task<(NetworkStream Stream, OperatorLines Lines)> BeginAsync(long length)
    {
        (NetworkStream stream, OperatorLines lines, OperatorAnswer answer) = await OperatorClient.OpenAsync(
            Places.ForOtherUser(), Delivery(length), notice: null, TestContext.Current.CancellationToken);
        Assert.True(answer.IsReady);
        return (stream, lines);
    }

    private sealed class WatchedTime : FakeTimeProvider
    {
        private volatile bool _isByteAwaited;

        public bool IsByteAwaited
        {
            get => _isByteAwaited;
            set => _isByteAwaited = value;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer made = base.CreateTimer(callback, state, dueTime, period);
            _isByteAwaited |= dueTime == OperatorBody.Patience;
            return made;
        }
    }
}
