using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Hardware.Badges;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Operating;

/// <summary>Judges the settings of the door's modes, which are in several sections.</summary>
internal static class ModeSummary
{
    /// <summary>Returns why a door with these settings must not start; each message has the next step.</summary>
    /// <param name="doors">Checked options.</param>
    /// <param name="decisions">Checked options.</param>
    /// <param name="badges">Checked options.</param>
    /// <param name="schedules">Checked options.</param>
    public static IEnumerable<string> RefusalsOf(
        DoorOptions doors, DecisionOptions decisions, BadgeOptions badges, ScheduleOptions schedules)
    {
        if (doors.UnlockHours is { } hours && !schedules.Has(hours) && !FleetHours.IsName(hours))
        {
            yield return hours.Equals(ScheduleOptions.Always, StringComparison.OrdinalIgnoreCase)
                ? "Doors:UnlockHours is always: a door that is never locked needs no agent. Name hours of section Schedules."
                : $"Doors:UnlockHours is {NotConfigured(hours, schedules)}.";
        }

        if (decisions.TwoPersonHours is { } twoPersons && !schedules.Has(twoPersons) && !FleetHours.IsName(twoPersons)
            && !twoPersons.Equals(ScheduleOptions.Always, StringComparison.OrdinalIgnoreCase))
            yield return $"Decisions:TwoPersonHours is {NotConfigured(twoPersons, schedules)}, or always.";

        if (!doors.FallsBack)
            yield break;
        if (!decisions.IKnowBadgesCanBeCopied)
        {
            yield return "Doors:OnCameraFault is badge-and-pin: whoever cuts the camera's cable needs no face, and badges can be copied. Set "
                + "Decisions:IKnowBadgesCanBeCopied to true if that is accepted, or Doors:OnCameraFault to locked.";
        }

        if (decisions.AccessMode != AccessMode.BadgeAndFace)
        {
            yield return $"Doors:OnCameraFault is badge-and-pin and Decisions:Mode is {decisions.Mode}: there is a fallback only where a badge "
                + "and a face open together. Set Doors:OnCameraFault to locked.";
        }

        if (!badges.HasKeypad)
        {
            yield return "Doors:OnCameraFault is badge-and-pin and the reader has no keypad: nobody could ever type a PIN. Set Badges:Keypad "
                + "to 4-bit or 8-bit, as the reader sends its keys, or Doors:OnCameraFault to locked.";
        }
    }

    private static string NotConfigured(string name, ScheduleOptions schedules) =>
        $"{name}, which is not in section Schedules.{DidYouMean.Hint(name, [.. schedules.Schedules.Keys])} Add it there, or name another one";

    /// <summary>Returns warnings about settings that weaken the door.</summary>
    public static IEnumerable<string> WarningsOf(DoorOptions doors, ScheduleOptions schedules)
    {
        if (doors.FallsBack)
            yield return "Doors:OnCameraFault is badge-and-pin: while the camera is lost or silent a badge and its PIN open without a face";
        if (schedules.HasScheduleOfHolidays)
        {
            yield return "Schedules:holidays has hours, and the name is kept for the dates of holidays now. The schedule works on; give it "
                + "another name, also to its people ('dooragent people schedule')";
        }
    }
}
