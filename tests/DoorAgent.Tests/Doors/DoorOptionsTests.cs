using DoorAgent.Doors;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Tests.Doors;

public sealed class DoorOptionsTests
{
    [Fact]
    public void TheDefaultsAreThoseOfTheTableAndAccepted()
    {
        DoorOptions options = new();

        Assert.Equal((5, 15, 1, 10), (options.AccessTime.TotalSeconds, options.ExtendedAccessTime.TotalSeconds,
            options.TakenGrace.TotalSeconds, options.Shunt.TotalSeconds));
        Assert.Equal((20, 30, 45, 60), (options.WarnAfter.TotalSeconds, options.AlarmAfter.TotalSeconds,
            options.ExtendedWarnAfter.TotalSeconds, options.ExtendedAlarmAfter.TotalSeconds));
        Assert.Equal((Relock.Open, false), (options.Relock, options.ExitUnlocks));
        Assert.Empty(Errors(_ => { }));
    }

    public static TheoryData<string, Action<object>> Refused => new()
    {
        { "AccessTime is 31 s; allowed: 1 s to 30 s", Set(options => options.AccessTime = Seconds(31)) },
        { "ExtendedAccessTime is", Set(options => options.ExtendedAccessTime = Seconds(0.5)) },
        { "WarnAfter is", Set(options => options.WarnAfter = Seconds(4)) },
        { "AlarmAfter is", Set(options => options.AlarmAfter = Seconds(901)) },
        { "WarnAfter is 31 s; allowed: at most AlarmAfter", Set(options => options.WarnAfter = Seconds(31)) },
        { "ExtendedWarnAfter is 61 s; allowed: at most ExtendedAlarmAfter", Set(options => options.ExtendedWarnAfter = Seconds(61)) },
        { "ExtendedAlarmAfter is", Set(options => options.ExtendedAlarmAfter = Seconds(1)) },
        { "TakenGrace is", Set(options => options.TakenGrace = Seconds(6)) },
        { "Shunt is", Set(options => options.Shunt = Seconds(0)) },
        { "Relock is 9; allowed: open, close, time", Set(options => options.Relock = (Relock)9) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void AnImpossibleSettingIsNamedWithItsValueAndTheAllowedOnes(string message, Action<object> set) =>
        Assert.Contains(Errors(set), error => error.StartsWith($"Doors:{message}", StringComparison.Ordinal));

    private static IReadOnlyList<string> Errors(Action<object> set)
    {
        DoorOptions options = new();
        set(options);
        return OptionErrors.Of(options);
    }

    private static Action<object> Set(Action<DoorOptions> set) => options => set((DoorOptions)options);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
