using CsCheck;
using DoorAgent.Decisions;

namespace DoorAgent.Tests.Decisions;

public sealed class LockoutRuleTests
{
    private static readonly LockoutRule Rule = LockoutRule.OfPerson(new DecisionOptions());

    [Fact]
    public void FailuresOlderThanTheWindowDoNotCount()
    {
        Lockout lockout = Failing(0, 300, 601);

        Assert.False(lockout.IsOn(Second(601)));
        Assert.Equal(2, lockout.Failures.Length);
    }

    [Fact]
    public void AWaitBeginsWithTheLastFailureAndEndsByItself()
    {
        Lockout lockout = Failing(0, 1, 2);

        Assert.True(lockout.IsOn(Second(31.9)));
        Assert.False(lockout.IsOn(Second(32)));
    }

    [Fact]
    public void ADayWithoutAFailureForgetsAll()
    {
        Lockout lockout = Rule.Fail(Failing(0, 1, 2), Second(2 + (24 * 3600)));

        Assert.Equal((0, 1), (lockout.Waits, lockout.Failures.Length));
    }

    [Fact]
    public void LessThanADayWithoutAFailureForgetsNothing()
    {
        Lockout lockout = Rule.Fail(Failing(0, 1, 2), Second(1.9 + (24 * 3600)));

        Assert.Equal((2, TimeSpan.FromSeconds(60)), (lockout.Waits, lockout.Until - Second(1.9 + (24 * 3600))));
    }

    [Fact]
    public void AFailureCountsAsLongAsTheWindowLasts()
    {
        Assert.True(Failing(0, 300, 599.9).IsOn(Second(599.9)));
        Assert.False(Failing(0, 300, 600).IsOn(Second(600)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11.5)]
    [InlineData(12.5)]
    [InlineData(24)]
    [InlineData(8_760)]
    public void ThreeFailuresLockOutHoweverLongTheMachineHasBeenUp(double hours)
    {
        Lockout lockout = Lockout.None;
        for (int i = 0; i < 3; i++)
            lockout = Rule.Fail(lockout, TimeSpan.FromHours(hours) + TimeSpan.FromSeconds(i));

        Assert.Equal((1, TimeSpan.FromHours(hours) + TimeSpan.FromSeconds(32)), (lockout.Waits, lockout.Until));
    }

    [Fact]
    public void TheCapOfFacesIsFiveMinutes()
    {
        Lockout lockout = Lockout.None;
        double now = 0;
        TimeSpan longest = TimeSpan.Zero;
        for (int i = 0; i < 60; i++)
        {
            lockout = LockoutRule.OfFaces.Fail(lockout, Second(now));
            if (lockout.IsOn(Second(now)))
            {
                longest = lockout.Until - Second(now);
                now = (lockout.Until - Second(0)).TotalSeconds;
            }

            now++;
        }

        Assert.Equal(TimeSpan.FromMinutes(5), longest);
    }

    [Fact]
    public void NoWaitIsLongerThanTheCapAndNoneEverShrinks() => Gen.Double[0, 2000].Array[1, 60].Sample(gaps =>
    {
        Lockout lockout = Lockout.None;
        double now = 0;
        foreach (double gap in gaps)
        {
            now += gap;
            Lockout next = Rule.Fail(lockout, Second(now));
            Assert.True(next.Until <= Second(now) + TimeSpan.FromMinutes(15));
            Assert.True(next.Until >= lockout.Until);
            lockout = next;
        }
    });

    private static Lockout Failing(params double[] at) =>
        at.Aggregate(Lockout.None, (lockout, second) => Rule.Fail(lockout, Second(second)));

    /// <summary>Seconds of a scene that begins when the machine has been up for 40 days.</summary>
    private static TimeSpan Second(double seconds) => TimeSpan.FromDays(40) + TimeSpan.FromSeconds(seconds);
}
