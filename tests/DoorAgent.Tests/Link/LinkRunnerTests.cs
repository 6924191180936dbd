using DoorAgent.Commands.Link;
using DoorAgent.Link;
using Serilog.Core;

namespace DoorAgent.Tests.Link;

public sealed class LinkRunnerTests : IAsyncDisposable
{
    private readonly LinkBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task TheStatusFileSaysHowEachChannelFaresAlsoTheOnesThatCannotWork()
    {
        CountingChannel works = new("works"), away = new("away") { Connecting = () => throw new IOException("The server is away.") };
        ChannelStatus off = new("off") { IsOff = true, Failure = "Mail:Server is missing." };
        LinkRunner runner = new(_bench.Places, [works, away], [off], new LinkDoor(_bench.Door), LinkStart.Beginning, Logger.None,
            _bench.Time, new Random(1));
        using CancellationTokenSource stop = new();
        Task running = runner.RunAsync(stop.Token);
        _bench.Happen(3);
        await _bench.UntilAsync(() => works.Accepted.Count == 3);
        await _bench.UntilAsync(() => LinkStatus.Read(_bench.Places.StatusFile) is { } written
            && written.Channels.Any(channel => channel is { Name: "works", Position: 3, LastDelivery: not null })
            && written.Channels.Any(channel => channel is
                { Name: "away", IsConnected: false, Failure: "The server is away.", NextTry: not null }));
        // The clock ran while the channels worked; the next event makes the one take its turn that waits for the door.
        _bench.Happen();
        await _bench.UntilAsync(() => runner.HasMoved, passes: false);
        LinkStatus status = LinkStatus.Read(_bench.Places.StatusFile)!;
        Assert.Equal(off, status.Channels.Single(channel => channel.IsOff));
        Assert.True(File.GetUnixFileMode(_bench.Places.StatusFile).HasFlag(UnixFileMode.OtherRead));
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void TheStatusIsShownInSentencesThatSayWhatWaitsAndWhatIsWrong()
    {
        DateTimeOffset time = new(2026, 3, 2, 7, 55, 0, TimeSpan.Zero);
        LinkStatus status = new(time, "No door runs.",
        [
            new ChannelStatus("mqtt") { IsConnected = true, Position = 9, LastDelivery = time },
            new ChannelStatus("mail") { Waiting = 2, Failure = "refused", FailedAt = time, NextTry = time.AddSeconds(30) },
            new ChannelStatus("webhook") { IsOff = true, Waiting = 1, Failure = "no secret", FailedAt = time },
        ]);
        Assert.Equal(
            [
                "link running since 2026-03-02 07:55:00",
                "door: No door runs.",
                "mqtt: works, nothing waits, last delivery 2026-03-02 07:55:00",
                "mail: does not work, 2 events wait, nothing delivered yet",
                "  is wrong (2026-03-02 07:55:00): refused",
                "  next attempt 2026-03-02 07:55:30",
                "webhook: off until the link starts again, 1 event waits, nothing delivered yet",
                "  is wrong (2026-03-02 07:55:00): no secret",
            ], LinkStatusView.LinesOf(status));
    }
}
