using DoorAgent.Auditing;
using DoorAgent.Events;
using Serilog;
using Serilog.Events;

namespace DoorAgent.Tests.Auditing;

public sealed class DoorLogTests
{
    [Fact]
    public void AGrantNamesThePersonTheBadgeAndTheDistance() => Assert.Equal(
        "Granted: adam with H10301 ...67, distance 0.412 below 0.883 (door-encoder)", LineOf(SomeEvents.Granted()));

    [Fact]
    public void UnknownFieldsAreLeftOut()
    {
        Assert.Equal("Granted: adam", LineOf(SomeEvents.Number(1, DoorEventKind.Granted) with { PersonName = "adam" }));
        Assert.Equal("Access taken with H10301 ...67, late", LineOf(
            SomeEvents.Number(1, DoorEventKind.AccessTaken) with { BadgeHint = "H10301 ...67", Detail = "late" }));
        Assert.Equal("Relay on", LineOf(SomeEvents.Number(1, DoorEventKind.RelayOn)));
        Assert.Equal("Restored: after 12 s", LineOf(SomeEvents.Number(1, DoorEventKind.Restored) with { Detail = "after 12 s" }));
    }

    [Fact]
    public void ADenialSaysWhyAndWhatToDo() => Assert.Equal(
        "Denied FaceNotMatched, adam with H10301 ...67: the face is not that of the badge's owner, distance 1.071, must be below 0.883 "
            + "(door-encoder). "
        + "If it was the owner: add pictures with 'dooragent people pictures adam --images DIR'",
        LineOf(SomeEvents.Denied(DenyReason.FaceNotMatched)));

    [Fact]
    public void ADenialOfARealDoorNamesTheCommandThatExplainsIt()
    {
        DoorEvent denied = SomeEvents.Denied(DenyReason.NoFace) with { Sequence = 128 };
        Assert.EndsWith(". Why: dooragent explain --event 128", Assert.Single(Write(denied, isReal: true).Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("explain", LineOf(denied), StringComparison.Ordinal);
        Assert.DoesNotContain("explain", Assert.Single(Write(SomeEvents.Granted(), isReal: true).Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void ALineHasTheEventsTimeAndItsFieldsAsProperties()
    {
        LogEvent line = Write(SomeEvents.Granted(42)).Only;
        Assert.Equal(SomeEvents.Morning.AddSeconds(42), line.Timestamp);
        Assert.Equal(("201", "42", "7"), (line.Properties["EventId"].ToString(), line.Properties["Sequence"].ToString(),
            line.Properties["PersonId"].ToString()));
    }

    [Fact]
    public void EveryKindHasALineWithItsOwnId()
    {
        DoorEventKind[] kinds = Enum.GetValues<DoorEventKind>();
        Assert.Equal(kinds.Length, EventLines.All.Select(line => line.Value.Id).Distinct().Count());
        Assert.All(kinds, kind => Assert.DoesNotContain("[", LineOf(SomeEvents.Granted() with { Kind = kind, Reason = DenyReason.NoFace }),
            StringComparison.Ordinal));
        Assert.All(EventLines.All, line => Assert.NotEmpty(line.Value.Meaning));
        Assert.All(EventLines.All.Where(line => line.Value.Level >= LogEventLevel.Warning), line => Assert.NotEmpty(line.Value.Remedy));
    }

    [Fact]
    public void OnlyAlarmsAreErrors()
    {
        Assert.All(EventLines.All, line => Assert.Equal(line.Key.IsAlarm(), line.Value.Level == LogEventLevel.Error));
        Assert.Equal(LogEventLevel.Error, Write(SomeEvents.Denied(DenyReason.BadgeBlocked)).Only.Level);
        Assert.Equal(LogEventLevel.Warning, Write(SomeEvents.Denied(DenyReason.NoFace)).Only.Level);
    }

    [Fact]
    public void APasserByIsLoggedForDebuggingOnly() =>
        Assert.Equal([DoorEventKind.AttemptAbandoned], EventLines.All.Where(line => line.Value.Level < LogEventLevel.Information)
            .Select(line => line.Key));

    [Fact]
    public void EveryKindHasALineWithoutAnyField() =>
        Assert.All(Enum.GetValues<DoorEventKind>().Where(kind => kind != DoorEventKind.Denied),
        kind => Assert.DoesNotContain("{", LineOf(SomeEvents.Number(1, kind)), StringComparison.Ordinal));

    [Fact]
    public void EveryReasonHasATextAndARemedy() => Assert.All(Enum.GetValues<DenyReason>(), reason =>
    {
        Assert.NotEmpty(DenialWords.Of(reason).Why);
        Assert.NotEmpty(DenialWords.Of(reason).Remedy);
    });

    [Fact]
    public void AnAlarmNamesTheFirstStep()
    {
        Assert.Equal("DOOR FORCED. Check the door", LineOf(SomeEvents.Number(1, DoorEventKind.DoorForced)));
        Assert.Equal("JOURNAL NOT WRITTEN: the disk is full. 'df -h' and 'dmesg': free the disk, or fix what made it read-only",
            LineOf(SomeEvents.Number(1, DoorEventKind.StorageFailed) with { Detail = "the disk is full." }));
        Assert.All(EventLines.All.Where(line => line.Value.Level == LogEventLevel.Error),
            line => Assert.EndsWith(line.Value.FirstStep, LineOf(SomeEvents.Number(1, line.Key)), StringComparison.Ordinal));
    }

    private static string LineOf(DoorEvent e) => Assert.Single(Write(e).Lines);

    private static CollectingSink Write(DoorEvent e, bool isReal = false)
    {
        CollectingSink sink = new();
        using Serilog.Core.Logger logger = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(sink).CreateLogger();
        new DoorLog(logger, isReal).Write(e);
        return sink;
    }
}
