using System.CommandLine;
using DoorAgent.Decisions;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Schedules;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands;

/// <summary>What the verbs on the gallery share: opening it, changing it, and saying what holds then.</summary>
internal static class GalleryWork
{
    /// <summary>Says which data directory the command works on.</summary>
    public static Places Told(ParseResult result, bool isJson = false)
    {
        Places places = CommonOptions.PlacesOf(result);
        (isJson ? Console.Error : Console.Out).WriteLine($"data: {places.Data}");
        return places;
    }

    /// <summary>One change of a gallery that is there, and what to say afterwards.</summary>
    /// <exception cref="UserErrorException">It could not be made.</exception>
    public static int Change(ParseResult result, Action<GalleryFile> change, string done) => Change(result, change, () => done);

    /// <summary>The same, where the change tells what to say.</summary>
    /// <exception cref="UserErrorException">It could not be made.</exception>
    public static int Change(ParseResult result, Action<GalleryFile> change, Func<string> done)
    {
        using (GalleryFile gallery = GalleryFile.OpenToChange(Told(result).GalleryFile, TimeProvider.System))
            change(gallery);
        Console.WriteLine(done());
        return 0;
    }

    /// <summary>The hours that the settings know.</summary>
    public static AccessHours HoursOf(DoorSettings settings) => settings.HoursBy(TimeProvider.System, BuildInfo.Date);

    /// <summary>The rule that says who may enter, with its hours; null, and a warning, where the settings that decide cannot be used.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="running">The running door, which knows who is locked out; null where none is asked.</param>
    public static (StandingRule Rule, AccessHours Hours)? StandingsOf(ParseResult result, DoorStatus? running = null)
    {
        try
        {
            DoorSettings settings = CommonOptions.SettingsOf(result);
            AccessHours hours = HoursOf(settings);
            return (new StandingRule(settings.Decisions, hours, running?.LockedOut.ToDictionary(one => one.Id, one => one.Until)), hours);
        }
        catch (UserErrorException wrong)
        {
            Console.Error.WriteLine($"WARNING: who may enter is not known: {wrong.Message}");
            return null;
        }
    }

    /// <summary>Sets one end of the time in which a person is valid, and says what holds then.</summary>
    /// <exception cref="UserErrorException">It could not be set.</exception>
    public static int SetValidity(ParseResult result, string name, ValidityLimit limit, ValidityDate? date)
    {
        DecisionOptions decisions = CommonOptions.SettingsOf(result).Decisions;
        TimeZoneInfo zone = decisions.ZoneBy(TimeProvider.System);
        using GalleryFile gallery = GalleryFile.OpenToChange(Told(result).GalleryFile, TimeProvider.System);
        gallery.SetValidity(name, limit, date);
        PersonEntry person = gallery.Person(name);
        Console.WriteLine($"{person.Name} is valid {(person.Validity.Length > 0 ? $"{person.Validity} ({zone.Id})" : "without end")}.");
        DateTime now = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone).DateTime;
        if (limit == ValidityLimit.Until && date?.IsOver(now) == true)
            Console.Error.WriteLine($"WARNING: that is past, and so {person.Name} is refused from now on.");
        if (date is not null && decisions.ZoneProblemBy(TimeProvider.System) is { } problem)
            Console.Error.WriteLine($"WARNING: {problem}: whoever has a date is refused. {SystemZone.Remedy}.");
        return 0;
    }
}
