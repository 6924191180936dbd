using DoorAgent.Decisions;
using DoorAgent.Fleet;
using DoorAgent.Modes;

namespace DoorAgent.Tests.Decisions;

/// <summary>When what a door knows of its fleet is stale.</summary>
public sealed class FleetFreshnessTests
{
    private static readonly DateTimeOffset Built = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(1));
    private static readonly TimeSpan Started = TimeSpan.FromDays(40);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly FleetManifest Manifest = new("lab", 3, Monday) { OfflineFor = (long)Week.TotalSeconds };

    [Fact]
    public void TheDoorIsFreshForTheTimeThatTheOfficeAllowsAndStaleAfterIt()
    {
        Assert.Null(Why(Week));
        Assert.Contains("the last contact was at 2026-03-02 12:00, and the office allows 7 days without",
            Why(Week + TimeSpan.FromTicks(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void AManifestThatTheOfficeWasToRenewIsStaleHoweverFreshTheContact()
    {
        FleetManifest renewed = Manifest with { RenewBy = Monday.AddHours(1) };
        Assert.Null(Why(TimeSpan.FromHours(1), renewed));
        Assert.Contains("somebody withholds", Why(TimeSpan.FromHours(1) + TimeSpan.FromTicks(1), renewed), StringComparison.Ordinal);
    }

    [Fact]
    public void AClockThatWasNeverSetIsStale() => Assert.Contains("the clock is not set",
        Of(new ModeClock(Started, Built.AddSeconds(-1)), Manifest), StringComparison.Ordinal);

    [Fact]
    public void AClockThatWasSetBackIsStaleAndAnAdjustmentIsNot()
    {
        Assert.Null(Of(new ModeClock(Started, Monday - FleetFreshness.Adjustment), Manifest));
        Assert.Contains("set back", Of(new ModeClock(Started, Monday - FleetFreshness.Adjustment - TimeSpan.FromTicks(1)), Manifest),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AClockThatIsSetBackAgainAndAgainDoesNotMakeTheDoorYoung() =>
        Assert.NotNull(Of(new ModeClock(Started + Week + TimeSpan.FromSeconds(1), Monday.AddMinutes(-4)), Manifest));

    [Theory]
    [InlineData(long.MaxValue, false)]
    [InlineData(-5, true)]
    public void AnImpossibleTimeIsBounded(long seconds, bool isStale) =>
        Assert.Equal(isStale, Why(TimeSpan.FromDays(3000), Manifest with { OfflineFor = seconds }) is not null);

    private static string? Why(TimeSpan since, FleetManifest? manifest = null) =>
        Of(new ModeClock(Started + since, Monday + since), manifest ?? Manifest);

    private static string? Of(ModeClock clock, FleetManifest manifest) =>
        new FleetFreshness(Built).StaleWhy(manifest, new LastContact(Monday.ToUniversalTime(), Started), clock);
}
