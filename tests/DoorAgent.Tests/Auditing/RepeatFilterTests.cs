using CsCheck;
using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Tests.Auditing;

public sealed class RepeatFilterTests
{
    private static readonly DoorEventKind[] Mixed = [DoorEventKind.Granted, DoorEventKind.ReaderFault, DoorEventKind.CameraFault,
        DoorEventKind.Denied];

    private static readonly TimeSpan Start = TimeSpan.FromDays(40);

    private readonly RepeatFilter _repeats = new();
    private readonly List<string> _lines = [];
    private long _sequence;

    [Fact]
    public void TheFirstEventIsWrittenAtOnceAndRepeatsAreSummarisedMoreAndMoreRarely()
    {
        for (int second = 0; second <= 1_000; second += 5)
            Happens(second, DoorEventKind.ReaderFault);
        Assert.Equal(["0 ReaderFault", "60 ReaderFault x11", "180 ReaderFault x24", "420 ReaderFault x48", "900 ReaderFault x96"], _lines);
    }

    [Fact]
    public void TheSummariesAreNeverRarerThanEach15Minutes()
    {
        for (int second = 0; second <= 4_000; second += 5)
            Happens(second, DoorEventKind.ReaderFault);
        Assert.Equal(["420 ReaderFault x48", "900 ReaderFault x96", "1800 ReaderFault x180", "2700 ReaderFault x180",
            "3600 ReaderFault x180"], _lines.Skip(3));
    }

    [Fact]
    public void ASummaryThatComesEarlyDoesNotMakeTheNextOnesRarer()
    {
        for (int second = 0; second <= 95; second += 5)
        {
            Happens(second, DoorEventKind.ReaderFault);
            if (second == 30)
                Happens(second, DoorEventKind.DoorForced);
        }

        Assert.Equal(["0 ReaderFault", "30 ReaderFault x6", "30 DoorForced", "90 ReaderFault x11"], _lines);
    }

    [Fact]
    public void TheEndOfASummarisedRunDoesNotSummariseAnotherEarly()
    {
        for (int second = 0; second <= 200; second += 5)
        {
            if (second == 70)
                Happens(second, DoorEventKind.GalleryRefused);
            Happens(second, DoorEventKind.ReaderFault);
        }

        Assert.Equal(["0 ReaderFault", "60 ReaderFault x11", "70 ReaderFault x2", "70 GalleryRefused", "190 ReaderFault x24"], _lines);
    }

    [Fact]
    public void OnlyAttemptsWithoutAPersonAreCounted()
    {
        DoorEvent attempt = SomeEvents.Number(1, DoorEventKind.AttemptOpened) with { PersonId = null };
        Take(attempt, attempt, attempt);
        Assert.Equal(["0 AttemptOpened"], _lines);
        Take(attempt with { PersonId = 7 }, attempt with { PersonId = 7 });
        Assert.Equal(["0 AttemptOpened", "0 AttemptOpened x2", "0 AttemptOpened", "0 AttemptOpened"], _lines);
    }

    [Fact]
    public void OnlyDenialsWithoutAComparisonAreCounted()
    {
        DoorEvent denied = SomeEvents.Number(1, DoorEventKind.Denied) with { Reason = DenyReason.NotRecognised, Distance = null };
        Take(denied, denied, denied);
        Assert.Equal(["0 Denied"], _lines);
        Take(denied with { Distance = 1.1f }, denied with { Distance = 1.1f });
        Assert.Equal(["0 Denied", "0 Denied x2", "0 Denied", "0 Denied"], _lines);
    }

    [Fact]
    public void ARepeatedAlarmIsSummarisedEachMinute()
    {
        for (int second = 0; second <= 185; second += 5)
            Happens(second, DoorEventKind.CameraFault);
        Assert.Equal(["0 CameraFault", "60 CameraFault x11", "120 CameraFault x12", "180 CameraFault x12"], _lines);
    }

    [Theory]
    [InlineData(10, 200)]
    [InlineData(59, 119)]
    public void AMinuteWithoutARepeatEndsTheRun(int last, int next)
    {
        Happens(0, DoorEventKind.ReaderFault);
        Happens(last, DoorEventKind.ReaderFault);
        Happens(next, DoorEventKind.ReaderFault);
        Assert.Equal(["0 ReaderFault", "60 ReaderFault x1", $"{next} ReaderFault"], _lines);
    }

    [Fact]
    public void CountsAreWrittenBeforeAnotherLine()
    {
        Happens(0, DoorEventKind.BadgeNotUsed);
        Happens(3, DoorEventKind.BadgeNotUsed);
        Happens(4, DoorEventKind.DoorForced);
        Happens(5, DoorEventKind.BadgeNotUsed);
        Happens(6, DoorEventKind.ReaderFault);
        Assert.Equal(["0 BadgeNotUsed", "4 BadgeNotUsed x1", "4 DoorForced", "6 BadgeNotUsed x1", "6 ReaderFault"], _lines);
    }

    [Fact]
    public void TwoAlternatingEventsAreCountedSeparatelyInTheirOrder()
    {
        for (int second = 0; second < 60; second += 2)
        {
            Happens(second, DoorEventKind.CameraFault);
            Happens(second + 1, DoorEventKind.CameraRestored);
        }

        Pass(60);
        Assert.Equal(["0 CameraFault", "1 CameraRestored", "60 CameraFault x29", "60 CameraRestored x29"], _lines);
    }

    [Fact]
    public void PersonBadgeReasonAndTextDistinguishEventsAndNumbersDoNot()
    {
        DoorEvent denied = SomeEvents.Number(1, DoorEventKind.Denied) with { Reason = DenyReason.LockedOut, PersonId = 7,
            Detail = "for 28 s" };
        Take(denied, denied with { Detail = "for 25 s" });
        Assert.Equal(["0 Denied"], _lines);
        Take(denied with { PersonId = 8 }, denied with { BadgeHint = "H10301 ...12" }, denied with { Reason = DenyReason.NoFace },
            denied with { Detail = "until noon" });
        Assert.Equal(["0 Denied", "0 Denied x1", "0 Denied", "0 Denied", "0 Denied", "0 Denied"], _lines);
    }

    [Fact]
    public void UnusedKeysAreCountedAndADuressPinNeverIs()
    {
        foreach (int second in (int[])[0, 6, 12])
            Happens(second, DoorEventKind.KeysNotUsed);
        Happens(13, DoorEventKind.Duress);
        Happens(14, DoorEventKind.Duress);
        Assert.Equal(["0 KeysNotUsed", "13 KeysNotUsed x2", "13 Duress", "14 Duress"], _lines);
    }

    [Fact]
    public void GrantsComparisonsAndTheDoorAreNeverCounted()
    {
        Take([.. Enumerable.Repeat(SomeEvents.Granted(), 3), .. Enumerable.Repeat(SomeEvents.Denied(DenyReason.FaceNotMatched), 3)]);
        foreach (DoorEventKind kind in (DoorEventKind[])[DoorEventKind.DoorForced, DoorEventKind.HeldOpen, DoorEventKind.Restored,
            DoorEventKind.RelayOn, DoorEventKind.Fault])
            Take(SomeEvents.Number(1, kind), SomeEvents.Number(1, kind));
        Assert.Equal(16, _lines.Count);
        Assert.DoesNotContain(_lines, line => line.Contains('x', StringComparison.Ordinal));
    }

    /// <summary>With any events: nothing is lost, the order is kept, no first event waits, and no summary waits too long.</summary>
    [Fact]
    public void CountsAddUpAndOrderIsKept() =>
        Gen.Select(Gen.Int[0, 3].Select(i => Mixed[i]), Gen.Int[1, 2], Gen.Int[0, 50])
            .List[1, 60].Sample(day =>
            {
                RepeatFilter repeats = new();
                List<DoorEvent> events = [];
                List<FilteredEvent> lines = [];
                TimeSpan now = Start;
                foreach ((DoorEventKind kind, int person, int pause) in day)
                {
                    TimeSpan until = now + TimeSpan.FromSeconds(pause);
                    while (repeats.NextDue is { } due && due <= until)
                        lines.AddRange(repeats.Due(due));
                    now = until;
                    events.Add(SomeEvents.Number(events.Count + 1, kind) with { PersonId = person, Reason = DenyReason.NoFace });
                    lines.AddRange(repeats.Add(events[^1], now));
                }

                lines.AddRange(repeats.Flush(now));
                foreach (IGrouping<(DoorEventKind?, long?), DoorEvent> same in events.GroupBy(e => (e.Kind, e.PersonId)))
                {
                    List<FilteredEvent> told = [.. lines.Where(line => (line.Event.Kind, line.Event.PersonId) == same.Key)];
                    Assert.Equal(same.Count(), told.Sum(line => line.Repeats == 0 ? 1 : line.Repeats));
                    Assert.Equal((same.First(), 0), (told[0].Event, told[0].Repeats));
                    Assert.Equal(same.Last(), told[^1].Event);
                }

                Assert.All(lines.Where(line => line.Event.Kind == DoorEventKind.Granted), line => Assert.Equal(0, line.Repeats));
                Assert.Equal(lines.Select(line => line.Event.Sequence).Order(), lines.Select(line => line.Event.Sequence));
                Assert.All(lines, line => Assert.True(line.Over <= RepeatFilter.LongestSpacing));
            });

    private void Happens(int second, DoorEventKind kind)
    {
        Pass(second);
        Add(_repeats.Add(SomeEvents.Number(++_sequence, kind), Start + TimeSpan.FromSeconds(second)), second);
    }

    private void Pass(int second)
    {
        while (_repeats.NextDue is { } due && due <= Start + TimeSpan.FromSeconds(second))
            Add(_repeats.Due(due), (due - Start).TotalSeconds);
    }

    private void Take(params DoorEvent[] events)
    {
        foreach (DoorEvent e in events)
            Add(_repeats.Add(e, Start), 0);
    }

    private void Add(IEnumerable<FilteredEvent> lines, double second) => _lines.AddRange(
        lines.Select(line => $"{second} {line.Event.Kind}{(line.Repeats > 0 ? $" x{line.Repeats}" : "")}"));
}
