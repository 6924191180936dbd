using DoorAgent.Hardware.Settings;

namespace DoorAgent.Doors;

/// <summary>The door's times (behaviour.md, section 3).</summary>
internal sealed class DoorOptions : ICheckedOptions
{
    public static string Section => "Doors";

    /// <value>How long a grant unlocks; 1 to 30 s, default 5 s.</value>
    public TimeSpan AccessTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>The same for people marked extended; 1 to 30 s, default 15 s.</value>
    public TimeSpan ExtendedAccessTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <value>open (default), close or time.</value>
    public Relock Relock { get; set; } = Relock.Open;

    /// <value>Open so long, the buzzer asks to close; 5 to 900 s, default 20 s.</value>
    public TimeSpan WarnAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <value>Open so long is an alarm; 5 to 900 s, default 30 s.</value>
    public TimeSpan AlarmAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <value><see cref="WarnAfter"/> for people marked extended; 5 to 900 s, default 45 s.</value>
    public TimeSpan ExtendedWarnAfter { get; set; } = TimeSpan.FromSeconds(45);

    /// <value><see cref="AlarmAfter"/> for people marked extended; 5 to 900 s, default 60 s.</value>
    public TimeSpan ExtendedAlarmAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <value>So long after the relay let go an opening still counts as access taken; 0 to 5 s, default 1 s.</value>
    public TimeSpan TakenGrace { get; set; } = TimeSpan.FromSeconds(1);

    /// <value>So long after the exit button an opening is an exit, not forced; 1 to 60 s, default 10 s.</value>
    public TimeSpan Shunt { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>Whether the exit button also unlocks, for <see cref="AccessTime"/>; default false. It is never the only way out.</value>
    public bool ExitUnlocks { get; set; }

    /// <value>Quiet time after which a level of contact or exit button counts; 5 to 300 ms, default 50 ms.</value>
    public TimeSpan Debounce { get; set; } = TimeSpan.FromMilliseconds(50);

    public void Check(OptionErrors errors)
    {
        errors.Range(nameof(AccessTime), AccessTime, Seconds(1), Seconds(30));
        errors.Range(nameof(ExtendedAccessTime), ExtendedAccessTime, Seconds(1), Seconds(30));
        errors.Require(Enum.IsDefined(Relock), nameof(Relock), Relock, "open, close, time");
        CheckPair(errors, (nameof(WarnAfter), WarnAfter), (nameof(AlarmAfter), AlarmAfter));
        CheckPair(errors, (nameof(ExtendedWarnAfter), ExtendedWarnAfter), (nameof(ExtendedAlarmAfter), ExtendedAlarmAfter));
        errors.Range(nameof(TakenGrace), TakenGrace, TimeSpan.Zero, Seconds(5));
        errors.Range(nameof(Shunt), Shunt, Seconds(1), Seconds(60));
        errors.Range(nameof(Debounce), Debounce, Seconds(0.005), Seconds(0.3));
    }

    private static void CheckPair(OptionErrors errors, (string Key, TimeSpan Value) warn, (string Key, TimeSpan Value) alarm)
    {
        errors.Range(warn.Key, warn.Value, Seconds(5), Seconds(900));
        errors.Range(alarm.Key, alarm.Value, Seconds(5), Seconds(900));
        errors.Require(warn.Value <= alarm.Value, warn.Key, warn.Value, $"at most {alarm.Key} ({SettingText.Of(alarm.Value)}), which it announces");
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
