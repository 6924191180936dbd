using System.CommandLine;
using DoorAgent.Decisions;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people from and dooragent people until: the two ends of the period in which a person is valid.</summary>
internal static class PeopleValidityCommand
{
    // The word is not 'never': with it somebody would mean to keep the person out.
    internal static Command CreateFrom() => Create(
        ValidityLimit.From, "from", "always", "The first day, such as 2026-03-01", "2026-03-01T08:00", """
        Sets the day from which on a person may enter, from the beginning of that day.

        Before, they are denied as OutsideValidity. A running daemon follows within a second.
        """);

    internal static Command CreateUntil() => Create(
        ValidityLimit.Until, "until", "never", "The last day, such as 2026-03-31", "2026-03-31T18:00", """
        Sets the day until which a person may enter, through the end of that day.

        Afterwards they are denied as OutsideValidity, and all their data stay. A running daemon follows within a second.
        """);

    private static Command Create(ValidityLimit limit, string verb, string noLimit, string day, string moment, string description)
    {
        Argument<string> name = PersonArguments.Name();
        Argument<string> date = new("DATE")
        {
            Description = $"{day}, or a moment, such as {moment}, in the door's time zone; {noLimit} removes the date.",
        };
        Command command = new(verb, description) { name, date };
        command.SetAction(result => Set(
            result, result.GetRequiredValue(name), limit, PersonArguments.ParseDate(result.GetRequiredValue(date), noLimit)));
        return command;
    }

    private static int Set(ParseResult result, string name, ValidityLimit limit, ValidityDate? date)
    {
        DecisionOptions decisions = CommonOptions.SettingsOf(result).Decisions;
        TimeZoneInfo zone = decisions.ZoneBy(TimeProvider.System);
        using GalleryFile gallery = GalleryFile.OpenToChange(CommonOptions.ShowPlaces(result).GalleryFile, TimeProvider.System);
        gallery.SetValidity(name, limit, date);
        PersonEntry person = gallery.Person(name);
        Console.WriteLine($"{person.Name} is valid {(person.Validity.Length > 0 ? $"{person.Validity} ({zone.Id})" : "without end")}.");
        DateTime now = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone).DateTime;
        if (limit == ValidityLimit.Until && date?.IsOver(now) == true)
            Console.Error.WriteLine($"WARNING: that date is past, so {person.Name} is denied from now on.");
        if (date is not null && decisions.ZoneProblemBy(TimeProvider.System) is { } problem)
            Console.Error.WriteLine($"WARNING: {problem}: everyone with a date is denied. {SystemZone.Remedy}.");
        return 0;
    }
}
