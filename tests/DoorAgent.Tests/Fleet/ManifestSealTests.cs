using System.Text;
using CsCheck;
using DoorAgent.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fleet;

public sealed class ManifestSealTests : IDisposable
{
    private static readonly FleetManifest Good = MadeFleet.Manifest(7);

    private static readonly Gen<FleetManifest> Manifests =
        from serial in Gen.Long[1, long.MaxValue]
        from count in Gen.Int[0, ManifestRules.MostPeople]
        from key in Gen.Int[1, int.MaxValue]
        from offline in Gen.Long[1, 100_000_000]
        from ticks in Gen.Long[0, DateTime.MaxValue.Ticks / 2]
        from flags in Gen.Bool.Array[4]
        select Good with
        {
            Serial = serial, Count = count, Key = key, OfflineFor = offline, Horizon = flags[0] ? 0 : serial, IsStrict = flags[1],
            Issued = new DateTimeOffset(ticks, TimeSpan.Zero), RenewBy = flags[2] ? null : new DateTimeOffset(ticks + 1, TimeSpan.Zero),
            Schedules = flags[3] ? new Dictionary<string, string>() : Good.Schedules, Holidays = flags[3] ? null : Good.Holidays,
            Lockdown = flags[0] ? null : Good.Lockdown,
        };

    private readonly MadeFleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void WhatIsSignedIsWhatIsRead() => Manifests.Sample(manifest =>
    {
        FleetManifest read = Open(ManifestSeal.Close(manifest, _fleet.Office));
        Assert.Equal(Encoding.UTF8.GetString(FleetJson.Write(manifest)), Encoding.UTF8.GetString(FleetJson.Write(read)));
    }, iter: 200);

    [Fact]
    public void AManifestOpensOnlyForItsGroup() =>
        Assert.Throws<FleetRecordException>(() => ManifestSeal.Open("hall", ManifestSeal.Close(Good, _fleet.Office), _fleet.Pinned));

    [Fact]
    public void EachImpossibleFieldIsRefusedByOfficeAndDoor() => Assert.All(
        new (FleetManifest Manifest, string Field)[]
        {
            (Good with { Serial = 0 }, "serial"), (Good with { Key = 0 }, "serial"), (Good with { Group = "Lab" }, "group"),
            (Good with { Count = -1 }, "number of people"), (Good with { Count = int.MaxValue }, "number of people"),
            (Good with { Digest = "" }, "digest"), (Good with { Digest = new string('A', 64) }, "digest"),
            (Good with { Horizon = -1 }, "horizon"), (Good with { Horizon = 8 }, "horizon"),
            (Good with { OfflineFor = 0 }, "without contact"),
            (Good with { OfflineFor = long.MaxValue }, "without contact"),
            (Good with { Issued = Good.Issued.ToOffset(TimeSpan.FromHours(1)) }, "UTC"), (Good with { RenewBy = Good.Issued }, "renewal"),
            (Good with { Lockdown = Good.Lockdown! with { Until = Good.Lockdown.Since } }, "lockdown"),
            (Good with { Lockdown = Good.Lockdown! with { Until = Good.Lockdown.Since.AddDays(32) } }, "lockdown"),
            (Good with { Lockdown = Good.Lockdown! with { Why = "" } }, "lockdown"),
            (Good with { Lockdown = Good.Lockdown! with { Why = "a\nb" } }, "lockdown"),
            (Good with { Schedules = Hours(("office", "always open")) }, "schedule 'office'"),
            (Good with { Schedules = Hours(("always", "Mon 07:00-08:00")) }, "impossible name"),
            (Good with { Schedules = Hours(("Holidays", "Mon 07:00-08:00")) }, "impossible name"),
            (Good with { Schedules = Hours(("a:b", "Mon 07:00-08:00")) }, "impossible name"),
            (Good with { Schedules = Hours(("a", "Mon 07:00-08:00"), ("A", "Mon 07:00-08:00")) }, "one name"),
            (Good with { Schedules = Hours([.. Enumerable.Range(0, 101).Select(i => ($"s{i}", "Mon 07:00-08:00"))]) }, "schedules"),
            (Good with { Holidays = "Easter" }, "holidays"),
        },
        wrong =>
        {
            Assert.Contains(wrong.Field, Assert.Throws<FleetRecordException>(() =>
                ManifestSeal.Close(wrong.Manifest, _fleet.Office)).Message,
                StringComparison.Ordinal);
            // A time that is not UTC is written as UTC, so that only the office can see the mistake.
            if (wrong.Field != "UTC")
                Assert.Throws<FleetRecordException>(() => Open(Signed(FleetJson.Write(wrong.Manifest))));
        });

    [Theory]
    [InlineData("\"isStrict\":true", "\"isStrict\":true,\"isStrict\":false")]
    [InlineData("\"isStrict\":true", "\"isStrict\":true,\"unlocks\":true")]
    [InlineData("\"isStrict\":true,", "")]
    [InlineData("\"office\":", "\"office\":\"Mon 07:00-08:00\",\"office\":")]
    [InlineData("\"Mon-Fri 07:00-19:00; holidays closed\"", "null")]
    [InlineData("\"serial\":7", "\"serial\":8")]
    [InlineData("\"serial\":7", "\"serial\":7.5")]
    [InlineData("\"key\":2", "\"key\":3")]
    [InlineData("\"group\":\"lab\"", "\"group\":\"hall\"")]
    [InlineData("\"issued\":\"2026-03-01T08:00:00Z\"", "\"issued\":\"2026-03-01T08:00:00\"")]
    [InlineData("\"issued\":\"2026-03-01T08:00:00Z\"", "\"issued\":\"2026-03-01T08:00:00+00:00\"")]
    [InlineData("\"issued\":\"2026-03-01T08:00:00Z\"", "\"issued\":\" 2026-03-01T08:00:00Z\"")]
    [InlineData("\"issued\":\"2026-03-01T08:00:00Z\"", "\"issued\":1772352000")]
    [InlineData("\"digest\":", "\"digest\":null,\"x\":")]
    public void TheFieldsAreReadStrictlyAlsoWhenTheOfficeSignedThem(string old, string changed)
    {
        string json = Encoding.UTF8.GetString(FleetJson.Write(Good));
        Assert.Contains(old, json, StringComparison.Ordinal);
        Assert.Equal(Good.Digest, Open(Signed(Encoding.UTF8.GetBytes(json))).Digest);
        Assert.Throws<FleetRecordException>(
            () => Open(Signed(Encoding.UTF8.GetBytes(json.Replace(old, changed, StringComparison.Ordinal)))));
    }

    private static Dictionary<string, string> Hours(params (string Name, string Text)[] all) =>
        all.ToDictionary(one => one.Name, one => one.Text);

    private FleetManifest Open(byte[] record) => ManifestSeal.Open(MadeFleet.Group, record, _fleet.Pinned);

    private byte[] Signed(byte[] json) =>
        SignedRecord.Close(new RecordHead(RecordKind.Manifest, 7, 2, MadeFleet.Group, ""), json, _fleet.Office.Sign);
}
