using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Decisions;

/// <summary>Tells whether the exit reader is wired, and whether there is one where the decisions need it. Pure.</summary>
internal static class ExitWiring
{
    /// <summary>Returns why a door with these settings must not start; each message has the next step.</summary>
    public static IEnumerable<string> RefusalsOf(DecisionOptions decisions, BadgeOptions badges, HardwareOptions hardware)
    {
        if (decisions.Passback != PassbackMode.Off && !badges.HasExitReader)
        {
            yield return $"Decisions:Passback is {SettingText.Of(decisions.Passback)} and Badges:ExitReader is none: nobody would ever be "
                + "seen leaving. Set Badges:ExitReader to the kind of the reader inside, or Decisions:Passback to off.";
        }

        if (badges.ExitReader == BadgeOptions.Wiegand && hardware.ExitD0 is null)
        {
            yield return "Hardware:ExitD0 is not set and Badges:ExitReader is wiegand: set Hardware:ExitD0 and Hardware:ExitD1 to the lines "
                + "of the exit reader's wires, or Badges:ExitReader to none.";
        }
    }
}
