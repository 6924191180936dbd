using System.CommandLine;
using System.Text.Json;
using DoorAgent.Commands.People;
using DoorAgent.Decisions;
using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Link;
using DoorAgent.Operating;
using DoorAgent.Privacy;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Page;

/// <summary>Connects the page of a running door with what stands right of it: the doctor, explanations, erasure, settings.</summary>
internal static class PagePartsBuilder
{
    /// <summary>Returns the parts for a door.</summary>
    /// <exception cref="UserErrorException">Settings cannot be used.</exception>
    public static PageParts Of(ParseResult result, DoorSettings settings, Places places)
    {
        DoctorProcess doctor = new(result);
        return new PageParts(places, settings.People)
        {
            Margin = settings.Matching.Margin,
            Rules = () => new EligibilityRule(settings.Decisions, AccessRules.HoursOf(settings, places)),
            Schedules = [.. settings.Schedules.Keys],
            Settings = () => settings.Effective.Select(ShownSetting.Of),
            Check = doctor.RunAsync,
            Explain = sequence => RecordExplanation.Of(places, sequence, settings.Decisions),
            Links = () => LinkStatus.Read(LinkPlaces.Of(places).StatusFile) is { } status
                ? JsonSerializer.SerializeToElement(status, OperatorProtocol.Json) : null,
            Erase = (name, stopping) => EraseAsync(places, settings, CommonOptions.SettingsFileOf(result), name, stopping),
        };
    }

    /// <summary>Erases a person as 'people erase' does.</summary>
    private static async Task<IReadOnlyList<string>> EraseAsync(
        Places places, DoorSettings settings, string? file, string name, CancellationToken stopping)
    {
        KnownPerson person = KnownPerson.Find(places, name);
        string[] configuration = file is null ? [] : [file, new SettingsPlace(file).Backup];
        Erasure erasure = new(places, person, configuration.Concat(settings.Serilog.WrittenFiles), TimeProvider.System);
        await erasure.RunAsync(erasure.Plan(), _ => { }, stopping);
        return [.. erasure.Unreached().Select(place => $"{place.Where}: {place.Next}.")];
    }
}
