using DoorAgent.Auditing;
using DoorAgent.Events;
using Microsoft.Extensions.Time.Testing;
using Serilog;
using Serilog.Events;

namespace DoorAgent.Tests.Auditing;

public sealed class RepeatFilteringLogTests : IDisposable
{
    private static readonly DoorEvent Unknown = SomeEvents.Number(1, DoorEventKind.Denied) with { Reason = DenyReason.UnknownBadge,
        BadgeHint = "H10301 ...99" };

    private readonly CollectingSink _sink = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Serilog.Core.Logger _logger;
    private readonly RepeatFilteringLog _log;

    public RepeatFilteringLogTests()
    {
        _logger = new LoggerConfiguration().WriteTo.Sink(_sink).CreateLogger();
        _log = new RepeatFilteringLog(new DoorLog(_logger), _time);
    }

    public void Dispose()
    {
        _log.Dispose();
        _logger.Dispose();
    }

    [Fact]
    public void ASummaryIsWrittenByTheTimerWithoutTheRemedy()
    {
        Write(15, every: 4);
        Assert.Single(_sink.Lines);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(["Denied UnknownBadge with H10301 ...99: the badge belongs to nobody. Give it to somebody with 'dooragent badges "
            + "add NAME BADGE'",
            "Denied UnknownBadge with H10301 ...99: the badge belongs to nobody (the same 14 times more in 56 s)"], _sink.Lines);
        LogEvent summary = _sink.Events[1];
        Assert.Equal(("14", "15", "202"), (summary.Properties["Repeats"].ToString(), summary.Properties["Sequence"].ToString(),
            summary.Properties["EventId"].ToString()));
        Assert.Equal(LogEventLevel.Warning, summary.Level);
    }

    [Fact]
    public void DisposeWritesAllCounts()
    {
        Write(2, every: 1);
        _log.Dispose();
        Assert.EndsWith("(the same once more in 1 s)", _sink.Lines.Last(), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, _sink.Events.Count);
    }

    [Fact]
    public void AHiddenEventDoesNotInterruptTheCounting()
    {
        Write(1, every: 1);
        _log.Publish(SomeEvents.Number(0, DoorEventKind.AttemptAbandoned));
        Write(1, every: 1);
        Assert.Single(_sink.Events);
    }

    private void Write(int times, int every)
    {
        for (int i = 1; i <= times; i++)
        {
            if (i > 1)
                _time.Advance(TimeSpan.FromSeconds(every));
            _log.Publish(Unknown with { Sequence = i });
        }
    }
}
