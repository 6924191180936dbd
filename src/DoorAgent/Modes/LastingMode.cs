namespace DoorAgent.Modes;

/// <summary>Unlock hours that somebody suspended.</summary>
/// <param name="Until">Their end: later hours are other ones.</param>
/// <param name="By">Who suspended them.</param>
internal sealed record SuspendedHours(DateTimeOffset Until, string By);

/// <summary>What survives a restart: the lockdowns, and that the present unlock hours are suspended. An unlock never does.</summary>
/// <param name="Lockdown">The lockdown; null without one.</param>
/// <param name="Suspended">The suspended hours; null without any.</param>
/// <param name="Group">The lockdown of the fleet's group, as the door knew it last; null without one.</param>
internal sealed record LastingMode(Lockdown? Lockdown = null, SuspendedHours? Suspended = null, GroupLockdown? Group = null)
{
    public static LastingMode Normal { get; } = new();
}
