using System.CommandLine;
using DoorAgent.Decisions;
using DoorAgent.Operating;
using DoorAgent.People;
using DoorAgent.Settings;

namespace DoorAgent.Commands;

/// <summary>dooragent people schedule.</summary>
internal static class PeopleScheduleCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Argument<string> schedule = new("SCHEDULE") { Description = $"A name in section Schedules of the configuration, such as office; {ScheduleOptions.Always} for at any time." };
        Command command = new("schedule", """
            Says at which hours a person may enter.

            The hours stand in the configuration: "Schedules": { "office": "Mon-Fri 07:00-19:00; Sat 08:00-12:00" }. Outside
            them the person is refused as OutsideSchedule. A running daemon follows within a second; new hours need its restart.
            """) { name, schedule };
        command.SetAction(async (result, stopping) =>
        {
            IReadOnlyDictionary<string, Schedule> known = OptionsRegistration.Bind<ScheduleOptions>(CommonOptions.SettingsOf(result)).Schedules;
            string person = result.GetRequiredValue(name);
            string hours = ScheduleName.Parse(result.GetRequiredValue(schedule), known.Keys);
            bool isKnown = hours == ScheduleOptions.Always || known.ContainsKey(hours);
            int done = GalleryWork.Change(result, gallery => gallery.SetSchedule(person, hours),
                $"{person} may enter {(hours == ScheduleOptions.Always ? "at any time" : $"in the hours of '{hours}'{(isKnown ? $": {known[hours]}" : "")}")}.");
            if (!isKnown)
            {
                Console.Error.WriteLine($"WARNING: this configuration names no schedule '{hours}', and while the door's does not either, {person} is refused at any time."
                    + NearestWord.Hint(hours, [.. known.Keys, ScheduleOptions.Always]));
            }

            if (hours != ScheduleOptions.Always && (await OperatorWork.RunningAsync(CommonOptions.PlacesOf(result), stopping)).Running is { } door)
                WarnOfDoor(door, hours, known.GetValueOrDefault(hours)?.ToString());
            return done;
        });
        return command;
    }

    /// <summary>A door reads hours at its start only, and refuses whoever has others.</summary>
    private static void WarnOfDoor(DoorStatus door, string hours, string? wanted)
    {
        string? there = door.Schedules.FirstOrDefault(pair => pair.Key.Equals(hours, StringComparison.OrdinalIgnoreCase)).Value;
        if (there is null || wanted is not null && there != wanted)
        {
            Console.Error.WriteLine($"WARNING: the running door {(there is null ? $"does not know '{hours}'" : $"knows '{hours}' as {there}")}: it reads hours at its start. "
                + "Write them into its configuration and restart it ('systemctl restart dooragent').");
        }
    }
}
