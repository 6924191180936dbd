using DoorAgent.Hardware.Settings;

namespace DoorAgent.Doors;

/// <summary>The settings of the door machine (behaviour.md, section 3).</summary>
internal sealed class DoorOptions : ICheckedOptions
{
    public const string CameraLocked = "locked", BadgeAndPin = "badge-and-pin";

    public static string Section => "Doors";

    [Setting("How long a grant unlocks the door."), Range("1 s", "30 s")]
    public TimeSpan AccessTime { get; set; } = TimeSpan.FromSeconds(5);

    [Setting("How long a grant unlocks the door for people marked extended."), Range("1 s", "30 s")]
    public TimeSpan ExtendedAccessTime { get; set; } = TimeSpan.FromSeconds(15);

    [Setting("When an unlocked door is locked again: shortly after the door opens (open), when the door closes, for motor bolts, which "
        + "must not run out while the door is open (close), or when the access time is over (time).")]
    public Relock Relock { get; set; } = Relock.Open;

    [Setting("How long the door may stand open before the buzzer asks to close it."), Range("5 s", "900 s")]
    public TimeSpan WarnAfter { get; set; } = TimeSpan.FromSeconds(20);

    [Setting("How long the door may stand open before that is an alarm."), Range("5 s", "900 s")]
    public TimeSpan AlarmAfter { get; set; } = TimeSpan.FromSeconds(30);

    [Setting("`WarnAfter` for people marked extended."), Range("5 s", "900 s")]
    public TimeSpan ExtendedWarnAfter { get; set; } = TimeSpan.FromSeconds(45);

    [Setting("`AlarmAfter` for people marked extended."), Range("5 s", "900 s")]
    public TimeSpan ExtendedAlarmAfter { get; set; } = TimeSpan.FromSeconds(60);

    [Setting("How long after the relay was released an opening still counts as access taken."), Range("0 s", "5 s")]
    public TimeSpan TakenGrace { get; set; } = TimeSpan.FromSeconds(1);

    [Setting("How long after the exit button an opening is an exit and not forced."), Range("1 s", "60 s")]
    public TimeSpan Shunt { get; set; } = TimeSpan.FromSeconds(10);

    [Setting("Whether the exit button also unlocks, for `AccessTime`. The button is never the only way out, and it unlocks even where the "
        + "journal cannot be written: nobody is locked in.")]
    public bool ExitUnlocks { get; set; }

    [Setting("The hours in which the door is held unlocked: a name of section Schedules."), Unset("none")]
    public string? UnlockHours { get; set; }

    [Setting("Whether `UnlockHours` hold the door unlocked only after somebody was let in within them.")]
    public bool FirstPersonIn { get; set; }

    [Setting("What opens while the camera is lost or silent: nothing (locked), or a badge and its PIN (badge-and-pin), which requires "
        + "`Decisions:IKnowBadgesCanBeCopied`. A dark, covered or frozen camera never has this effect.")]
    [OneOf(CameraLocked, BadgeAndPin)]
    public string OnCameraFault { get; set; } = CameraLocked;

    [Setting("How long a level of the contact or the exit button must stay before it counts."), Range("5 ms", "300 ms")]
    public TimeSpan Debounce { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a badge and its PIN open while the camera is lost or silent.</summary>
    public bool FallsBack => OnCameraFault == BadgeAndPin;

    public void Check(OptionErrors errors)
    {
        errors.Require(!FirstPersonIn || UnlockHours is not null, nameof(FirstPersonIn), FirstPersonIn,
            $"false without {nameof(UnlockHours)}, whose begin it delays");
        CheckPair(errors, (nameof(WarnAfter), WarnAfter), (nameof(AlarmAfter), AlarmAfter));
        CheckPair(errors, (nameof(ExtendedWarnAfter), ExtendedWarnAfter), (nameof(ExtendedAlarmAfter), ExtendedAlarmAfter));
    }

    private static void CheckPair(OptionErrors errors, (string Key, TimeSpan Value) warn, (string Key, TimeSpan Value) alarm) =>
        errors.Require(warn.Value <= alarm.Value, warn.Key, warn.Value,
            $"at most {alarm.Key} ({SettingText.Of(alarm.Value)}), which it announces");
}

/// <summary>When an unlocked door is locked again.</summary>
internal enum Relock
{
    /// <summary>Shortly after the door opens: one person, one opening.</summary>
    Open,

    /// <summary>When the door closes; for motor bolts, which must not extend while the door is open.</summary>
    Close,

    /// <summary>When the access time is over.</summary>
    Time,
}
