using DoorAgent.Fleet;
using DoorAgent.Hub;
using DoorAgent.Link.Fleet;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Link.Fleet;

public sealed class WholeRuleTests
{
    private static readonly HubBucket Bucket = new("then", 100);

    private static readonly FleetStanding Standing = new("d1", "lab") { Bucket = "then", Revision = 50, Swept = 3, Horizon = 3 };

    [Fact]
    public void EverythingIsReadInAnotherBucketBeforeTheHorizonAndInAHubThatWentBack()
    {
        Assert.False(WholeRule.IsNeeded(Standing, Bucket));
        Assert.True(WholeRule.IsNeeded(Standing with { Bucket = null }, Bucket));
        Assert.True(WholeRule.IsNeeded(Standing with { Bucket = "later" }, Bucket));
        Assert.True(WholeRule.IsNeeded(Standing with { Revision = 0 }, Bucket));
        Assert.True(WholeRule.IsNeeded(Standing with { Revision = 101 }, Bucket));
        Assert.True(WholeRule.IsNeeded(Standing with { Horizon = 4 }, Bucket));
    }

    [Fact]
    public void ASetThatDoesNotComeTogetherIsTriedAgainAfterGrowingWaitsAndWithEachManifest()
    {
        FakeTimeProvider time = new();
        WholeRule rule = new(time);
        FleetStanding lacking = Standing with { Manifest = 5, Confirmed = 4 };
        Assert.False(rule.IsDue(lacking with { Confirmed = 5 }));
        Assert.True(rule.IsDue(lacking));
        for (TimeSpan wait = WholeRule.FirstWait; wait < 4 * WholeRule.LongestWait; wait *= 2)
        {
            rule.Tried(lacking);
            TimeSpan expected = wait < WholeRule.LongestWait ? wait : WholeRule.LongestWait;
            time.Advance(expected - TimeSpan.FromSeconds(1));
            Assert.False(rule.IsDue(lacking));
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(rule.IsDue(lacking));
        }

        rule.Tried(lacking);
        Assert.False(rule.IsDue(lacking));
        Assert.True(rule.IsDue(lacking with { Manifest = 6 }));
    }
}
