using DoorAgent.Events;
using DoorAgent.Fleet;
using DoorAgent.Operating;

namespace DoorAgent.Tests.Operating;

/// <summary>What is on record of deliveries, and that nobody fills the journal with them.</summary>
public sealed class FleetRecordsTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly FleetRecords _records = new();

    [Fact]
    public void ADeliveryThatChangesSomethingIsOnRecordAndOneThatDoesNotIsNot()
    {
        Assert.Equal(["FleetApplied 3 added or changed, 1 removed; manifest 7"], Of(3, 1));
        Assert.Empty(Of(0, 0));
        Assert.Equal(["FleetApplied 3 added or changed, 1 removed; manifest 7"], Of(3, 1));
    }

    [Fact]
    public void TheSameRefusalIsOnRecordOnceADay()
    {
        Assert.Equal(["FleetRefused 2 records: the signature of serial 5 is not the office's (lab.0123456789abcdef)"],
            Of(0, 0, "the signature of serial 5 is not the office's", "the signature of serial 6 is not the office's"));
        Assert.Empty(Of(0, 0, "the signature of serial 7 is not the office's"));
        Assert.Empty(At(23 * Hour, "the signature of serial 8 is not the office's"));
        Assert.Single(At(24 * Hour, "the signature of serial 9 is not the office's"));
    }

    [Fact]
    public void AFloodOfDifferentRefusalsIsOnRecordInPart() => Assert.Equal(FleetRecords.MostADay,
        Enumerable.Range(0, 500).Sum(at => Of(0, 0, "refused because " + new string((char)('g' + (at % 18)), 1 + (at / 18))).Length));

    [Fact]
    public void AFaultIsOnRecordWhenItBeginsAndWhenItIsOver()
    {
        Assert.Equal(["FleetFault the set is incomplete"], Faults(TimeSpan.Zero, "the set is incomplete."));
        Assert.Empty(Faults(Hour, "the set is incomplete."));
        Assert.Equal(["FleetRestored"], Faults(2 * Hour));
        Assert.Empty(Faults(3 * Hour));
    }

    [Fact]
    public void AFaultThatComesAndGoesIsOnRecordOnceADay()
    {
        int records = 0;
        for (int minute = 0; minute < 24 * 60; minute++)
            records += Faults(TimeSpan.FromMinutes(minute), "the set is incomplete.").Length + Faults(TimeSpan.FromMinutes(minute)).Length;
        Assert.Equal(2, records);
        Assert.Single(Faults(24 * Hour, "the set is incomplete."));
    }

    private string[] Of(int written, int removed, params string[] refusals) => Words(_records.Of(Outcome(written, removed, refusals), default));

    private string[] At(TimeSpan now, params string[] refusals) => Words(_records.Of(Outcome(0, 0, refusals), now));

    private string[] Faults(TimeSpan now, params string[] faults) => Words(_records.Of(faults, now));

    private static FleetOutcome Outcome(int written, int removed, string[] refusals) => new(written, removed,
        [.. refusals.Select(why => new FleetRefusal("lab.0123456789abcdef", why))], new FleetStanding("d17", "lab") { Manifest = 7 });

    private static string[] Words(IEnumerable<DoorEvent> events) =>
        [.. events.Select(made => made.Detail is null ? $"{made.Kind}" : $"{made.Kind} {made.Detail}")];
}
