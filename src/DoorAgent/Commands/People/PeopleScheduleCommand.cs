using System.CommandLine;
using DoorAgent.Commands.Door;
using DoorAgent.Galleries;
using DoorAgent.Operating;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people schedule.</summary>
internal static class PeopleScheduleCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Argument<string> schedule = new("SCHEDULE") { Description = $"A name in section Schedules of the configuration, such as office; "
            + $"{ScheduleOptions.Always} for at any time." };
        Command command = new("schedule", """
            Sets the hours in which a person may enter.

            The configuration defines the hours: "Schedules": { "office": "Mon-Fri 07:00-19:00; Sat 08:00-12:00" }. A name that is
            not defined there is refused; without a configuration the command warns. Outside the hours the person is denied as
            OutsideSchedule. A running daemon follows within a second; new hours need its restart.
            """) { name, schedule };
        command.SetAction(async (result, stopping) =>
        {
            IReadOnlyDictionary<string, Schedule> known = CommonOptions.SettingsOf(result).Schedules.Schedules;
            string person = result.GetRequiredValue(name);
            string hours = ScheduleName.Parse(result.GetRequiredValue(schedule), known.Keys);
            bool isKnown = hours == ScheduleOptions.Always || known.ContainsKey(hours);
            if (!isKnown && (CommonOptions.SettingsFileOf(result) is not null || known.Count > 0))
                throw new UserErrorException(NotConfigured(hours, CommonOptions.SettingsFileOf(result), known.Keys));
            string intervals = isKnown && hours != ScheduleOptions.Always ? $": {known[hours]}" : "";
            int done = GalleryChange.Run(result, gallery => gallery.SetSchedule(person, hours),
                $"{person} may enter {(hours == ScheduleOptions.Always ? "at any time" : $"in the hours of '{hours}'{intervals}")}.");
            if (!isKnown)
            {
                Console.Error.WriteLine($"WARNING: there is no configuration here, so the schedule '{hours}' could not be looked up. "
                    + $"If the door's configuration lacks it, {person} is denied at any time. --config names the door's file.");
            }

            if (hours != ScheduleOptions.Always && (await RunningDoor.StatusAsync(CommonOptions.PlacesOf(result), stopping))
                .Status is { } door)
                WarnOfDoor(door, hours, known.GetValueOrDefault(hours)?.ToString());
            return done;
        });
        return command;
    }

    private static string NotConfigured(string hours, string? file, IEnumerable<string> known) =>
        $"There is no schedule '{hours}' in {file ?? "the settings"}, and everyone with it "
            + "would be denied at any time; nothing was changed."
        + $"{DidYouMean.Hint(hours, [.. known, ScheduleOptions.Always])} Write a new schedule into section Schedules first.";

    /// <summary>Warns that a door reads hours only at its start, and denies people whose schedule it does not know.</summary>
    private static void WarnOfDoor(DoorStatus door, string hours, string? wanted)
    {
        string? there = door.Schedules.FirstOrDefault(pair => pair.Key.Equals(hours, StringComparison.OrdinalIgnoreCase)).Value;
        if (there is null || wanted is not null && there != wanted)
        {
            Console.Error.WriteLine($"WARNING: the running door "
                + $"{(there is null ? $"does not know '{hours}'" : $"knows '{hours}' as {there}")}, and reads hours only at its start. "
                + "Write them into the door's configuration and restart the door ('systemctl restart dooragent').");
        }
    }
}
