using System.CommandLine.Completions;
using System.CommandLine;
using DoorAgent.Commands.Guide;
using DoorAgent.Commands.People;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Networks;
using DoorAgent.Schedules;
using DoorAgent.Settings;
using DoorAgent.Simulation;

namespace DoorAgent.Commands;

/// <summary>Offers the shell words that only this program knows: people, settings, kinds of events, networks, scenarios.</summary>
internal static class Completions
{
    private static readonly string[] Kinds = Enum.GetNames<DoorEventKind>();
    private static readonly string[] Explained = [.. Kinds, .. Enum.GetNames<DenyReason>()];
    private static readonly string[] Keys = [.. KnownKeys.All.Select(key => $"{key.Pattern.TrimEnd('*').TrimEnd(':')}")];

    /// <summary>Adds completion sources to the arguments and options of a command line. Each keeps its name in the help, which would list
    /// the words instead.</summary>
    public static void AddTo(Command command)
    {
        foreach (Argument argument in command.Arguments)
        {
            if (WordsOf(command, argument.Name) is not { } words)
                continue;
            argument.HelpName ??= argument.Name;
            argument.CompletionSources.Add(context => Items(words, context));
        }

        foreach (Option option in command.Options)
        {
            if (WordsOf(command, option.Name) is not { } words)
                continue;
            option.HelpName ??= option.Name.TrimStart('-');
            option.CompletionSources.Add(context => Items(words, context));
        }

        foreach (Command verb in command.Subcommands)
            AddTo(verb);
    }

    private static IEnumerable<CompletionItem> Items(Func<ParseResult, string[]> words, CompletionContext context) =>
        words(context.ParseResult).Select(word => new CompletionItem(word));

    private static Func<ParseResult, string[]>? WordsOf(Command command, string what) => (command.Name, what) switch
    {
        // The name of a new person is not known yet; a badge is added to somebody who is already enrolled.
        ("add", "NAME") when command.Parents.All(parent => parent.Name == "people") => null,
        ("escort", "VISITOR" or "--host") => People,
        (_, "on|off") => _ => [.. PeopleMarkCommand.Words],
        (_, "NAME" or "--person") or ("separate", "OTHER") or ("explain", "PICTURE") => People,
        (_, "SCHEDULE") => Schedules,
        ("log", "--kind") => _ => Kinds,
        (_, "--explain") => _ => Explained,
        (_, "ID" or "--encoder") => ModelIds,
        (_, "--like") => _ => [.. Catalogue.Embedded.Entries.Where(AddedNetwork.CanBeLike).Select(entry => entry.Id)],
        (_, "scenario") => _ => [.. ScenarioFiles.Names],
        (_, "--set") => _ => [.. Keys.Select(key => $"{key}=")],
        ("set" or "unset" or "show", "KEY") => _ => Keys,
        ("help", "TOPIC") => _ =>
            [.. GuidePages.Topics, .. command.Parents.OfType<Command>().Single().Subcommands.Select(verb => verb.Name)],
        (_, "BADGE" or "--badge") => _ => ["next"],
        _ => null,
    };

    private static string[] People(ParseResult result) => WordsOrNone(() =>
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(CommonOptions.PlacesOf(result).GalleryFile);
        return [.. gallery.People.Select(person => person.Name)];
    });

    private static string[] ModelIds(ParseResult result) => WordsOrNone(() =>
        [.. Catalogue.Of(CommonOptions.PlacesOf(result).ModelDirectories).Entries.Select(entry => entry.Id)]);

    private static string[] Schedules(ParseResult result) => WordsOrNone(() =>
        [.. CommonOptions.SettingsOf(result).Schedules.Schedules.Keys, ScheduleOptions.Always]);

    /// <summary>Returns the words, or none where they cannot be read: an error message would disturb the line that is being
    /// typed.</summary>
    private static string[] WordsOrNone(Func<string[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception unknown) when (unknown is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
