using System.Collections.Frozen;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Schedules;

/// <summary>The hours that people can have, each under a name that the operator chooses.</summary>
[Setting("Hours of the week under a name of your own, such as `Schedules:office`.",
    Form = "such as `Mon-Fri 07:00-19:00; Sat 08:00-12:00`")]
[Unset("none; `always` is there")]
internal sealed class ScheduleOptions() : Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), ICheckedOptions
{
    /// <summary>The schedule of everybody who has no other.</summary>
    public const string Always = "always";

    public static string Section => "Schedules";

    /// <summary>The schedules by name, in any case, once they have been checked.</summary>
    public FrozenDictionary<string, Schedule> Schedules =>
        this.ToFrozenDictionary(pair => pair.Key, pair => Schedule.Parse(pair.Value), StringComparer.OrdinalIgnoreCase);

    public void Check(OptionErrors errors)
    {
        foreach ((string name, string text) in this)
        {
            if (name.Equals(Always, StringComparison.OrdinalIgnoreCase))
                errors.Refuse(name, text, $"everybody who has no other schedule has {Always}, and it is not changed. Take another name.");
            try
            {
                Schedule.Parse(text);
            }
            catch (FormatException wrong)
            {
                errors.Refuse(name, $"'{text}'", wrong.Message);
            }
        }
    }
}
