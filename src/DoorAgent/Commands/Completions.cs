using System.CommandLine;
using System.CommandLine.Completions;
using DoorAgent.Decisions;
using DoorAgent.Models;
using DoorAgent.People;
using DoorAgent.Settings;
using DoorAgent.Simulation;

namespace DoorAgent.Commands;

/// <summary>What the shell offers for words that only this program knows: people, settings, kinds of events, networks, scenarios.</summary>
internal static class Completions
{
    private static readonly string[] ModelIds = [.. Catalogue.Embedded.Entries.Select(entry => entry.Id)];
    private static readonly string[] Kinds = Enum.GetNames<DoorEventKind>();
    private static readonly string[] Explained = [.. Kinds, .. Enum.GetNames<DenyReason>()];
    private static readonly string[] Keys = [.. KnownKeys.All.Select(key => $"{key.Pattern.TrimEnd('*').TrimEnd(':')}")];

    /// <summary>Gives every argument and option of a command line what completes it.</summary>
    public static void Offer(Command command)
    {
        foreach (Argument argument in command.Arguments)
            argument.CompletionSources.Add(context => Of(command, argument.Name, context.ParseResult));
        foreach (Option option in command.Options)
            option.CompletionSources.Add(context => Of(command, option.Name, context.ParseResult));
        foreach (Command verb in command.Subcommands)
            Offer(verb);
    }

    private static IEnumerable<CompletionItem> Of(Command command, string what, ParseResult result) => ((command.Name, what) switch
    {
        // Somebody new has no name yet that could be offered; one more badge is for somebody who is there.
        ("add", "NAME") when command.Parents.All(parent => parent.Name == "people") => [],
        (_, "NAME" or "--person") => People(result),
        (_, "SCHEDULE") => [.. Schedules(result), ScheduleOptions.Always],
        ("log", "--kind") => Kinds,
        (_, "--explain") => Explained,
        (_, "ID" or "--encoder") => ModelIds,
        (_, "scenario") => ScenarioFiles.Names,
        (_, "--set") => Keys.Select(key => $"{key}="),
        (_, "BADGE" or "--badge") => ["next"],
        _ => [],
    }).Select(word => new CompletionItem(word));

    private static string[] People(ParseResult result) => Asked(() =>
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(CommonOptions.PlacesOf(result).GalleryFile);
        return gallery.People.Select(person => person.Name).ToArray();
    });

    private static string[] Schedules(ParseResult result) =>
        Asked(() => OptionsRegistration.Bind<ScheduleOptions>(CommonOptions.SettingsOf(result)).Schedules.Keys.ToArray());

    /// <summary>Nothing where it cannot be known: whoever presses Tab wants no error in the line that is being typed.</summary>
    private static string[] Asked(Func<string[]> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception unknown) when (unknown is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
