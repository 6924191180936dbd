using System.CommandLine;
using DoorAgent.Decisions;
using DoorAgent.People;
using DoorAgent.Settings;

namespace DoorAgent.Commands;

/// <summary>dooragent people schedule.</summary>
internal static class PeopleScheduleCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryWork.Name();
        Argument<string> schedule = new("SCHEDULE") { Description = $"A name in section Schedules of the configuration, such as office; {ScheduleOptions.Always} for at any time." };
        Command command = new("schedule", """
            Says at which hours a person may enter.

            The hours stand in the configuration: "Schedules": { "office": "Mon-Fri 07:00-19:00; Sat 08:00-12:00" }. Outside
            them the person is refused as OutsideSchedule. A running daemon follows within a second; new hours need its restart.
            """) { name, schedule };
        command.SetAction(result =>
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

            return done;
        });
        return command;
    }
}
