using CsCheck;
using DoorAgent.Decisions;

namespace DoorAgent.Tests.Decisions;

public sealed class LockoutRuleTests
{
    private static readonly LockoutRule Rule = LockoutRule.OfPerson(TimeSpan.FromMinutes(15));

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
                now = lockout.Until.TotalSeconds;
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

    private static Lockout Failing(params double[] at) => at.Aggregate(Lockout.None, (lockout, second) => Rule.Fail(lockout, Second(second)));

    private static TimeSpan Second(double seconds) => TimeSpan.FromSeconds(seconds);
}
