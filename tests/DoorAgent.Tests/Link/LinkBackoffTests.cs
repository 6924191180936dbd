using DoorAgent.Link;

namespace DoorAgent.Tests.Link;

public sealed class LinkBackoffTests
{
    [Fact]
    public void EachWaitIsBetweenHalfOfADoublingTimeAndAllOfItFromOneSecondToTheLongest()
    {
        LinkBackoff waits = new(TimeSpan.FromSeconds(60), new Random(7));
        for (int round = 0; round < 3; round++)
        {
            double nominal = 1;
            for (int failure = 0; failure < 100; failure++, nominal = Math.Min(60, nominal * 2))
                Assert.InRange(waits.Next().TotalSeconds, Math.Max(1, nominal / 2), nominal);
            waits.Reset();
        }
    }

    [Fact]
    public void DoorsThatFailTogetherComeBackAtDifferentMoments()
    {
        LinkBackoff[] doors = [.. Enumerable.Range(0, 20).Select(seed => new LinkBackoff(TimeSpan.FromSeconds(60), new Random(seed)))];
        for (int failure = 0; failure < 8; failure++)
        {
            TimeSpan[] waits = [.. doors.Select(door => door.Next())];
            if (failure > 2)
                Assert.True(waits.Distinct().Count() > 15);
        }
    }
}
