using System.CommandLine;
using DoorAgent.Commands.Door;
using DoorAgent.Galleries;
using DoorAgent.Operating;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people schedule.</summary>
internal static class PeopleScheduleCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Argument<string> schedule = new("SCHEDULE") { Description = $"A name in section Schedules of the configuration, such as office; {ScheduleOptions.Always} for at any time." };
        Command command = new("schedule", """
            Says at which hours a person may enter.

            The hours stand in the configuration: "Schedules": { "office": "Mon-Fri 07:00-19:00; Sat 08:00-12:00" }. A name that
            does not stand there is refused; where there is no configuration, that is said. Outside them the person is refused as OutsideSchedule. A running daemon follows within a second; new hours need its restart.
            """) { name, schedule };
        command.SetAction(async (result, stopping) =>
        {
            IReadOnlyDictionary<string, Schedule> known = CommonOptions.SettingsOf(result).Schedules.Schedules;
            string person = result.GetRequiredValue(name);
            string hours = ScheduleName.Parse(result.GetRequiredValue(schedule), known.Keys);
            bool isKnown = hours == ScheduleOptions.Always || known.ContainsKey(hours);
            if (!isKnown && (CommonOptions.SettingsFileOf(result) is not null || known.Count > 0))
                throw new UserErrorException(NotConfigured(hours, CommonOptions.SettingsFileOf(result), known.Keys));
            int done = GalleryChange.Run(result, gallery => gallery.SetSchedule(person, hours),
                $"{person} may enter {(hours == ScheduleOptions.Always ? "at any time" : $"in the hours of '{hours}'{(isKnown ? $": {known[hours]}" : "")}")}.");
            if (!isKnown)
            {
                Console.Error.WriteLine($"WARNING: there is no configuration here, so nobody looked whether it has a schedule '{hours}'. While the door's has none, "
                    + $"{person} is refused at any time. --config names the door's file.");
            }

            if (hours != ScheduleOptions.Always && (await RunningDoor.StatusAsync(CommonOptions.PlacesOf(result), stopping)).Status is { } door)
                WarnOfDoor(door, hours, known.GetValueOrDefault(hours)?.ToString());
            return done;
        });
        return command;
    }

    private static string NotConfigured(string hours, string? file, IEnumerable<string> known) =>
        $"There is no schedule '{hours}' in {file ?? "the settings"}, and whoever had it would be refused at any time; nothing is changed."
        + $"{DidYouMean.Hint(hours, [.. known, ScheduleOptions.Always])} A new one is written into section Schedules first.";

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
