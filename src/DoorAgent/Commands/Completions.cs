using System.CommandLine;
using System.CommandLine.Completions;
using DoorAgent.Commands.Guide;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Networks;
using DoorAgent.Schedules;
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

    /// <summary>Gives the arguments and options of a command line what completes them. Their help keeps their names: it would list the words.</summary>
    public static void Offer(Command command)
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
            Offer(verb);
    }

    private static IEnumerable<CompletionItem> Items(Func<ParseResult, string[]> words, CompletionContext context) =>
        words(context.ParseResult).Select(word => new CompletionItem(word));

    private static Func<ParseResult, string[]>? WordsOf(Command command, string what) => (command.Name, what) switch
    {
        // Somebody new has no name yet that could be offered; one more badge is for somebody who is there.
        ("add", "NAME") when command.Parents.All(parent => parent.Name == "people") => null,
        (_, "NAME" or "--person") => People,
        (_, "SCHEDULE") => Schedules,
        ("log", "--kind") => _ => Kinds,
        (_, "--explain") => _ => Explained,
        (_, "ID" or "--encoder") => _ => ModelIds,
        (_, "scenario") => _ => [.. ScenarioFiles.Names],
        (_, "--set") => _ => [.. Keys.Select(key => $"{key}=")],
        ("set" or "unset" or "show", "KEY") => _ => Keys,
        ("help", "TOPIC") => _ => [.. GuidePages.Topics, .. command.Parents.OfType<Command>().Single().Subcommands.Select(verb => verb.Name)],
        (_, "BADGE" or "--badge") => _ => ["next"],
        _ => null,
    };

    private static string[] People(ParseResult result) => Asked(() =>
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(CommonOptions.PlacesOf(result).GalleryFile);
        return [.. gallery.People.Select(person => person.Name)];
    });

    private static string[] Schedules(ParseResult result) => Asked(() =>
        [.. CommonOptions.SettingsOf(result).Schedules.Schedules.Keys, ScheduleOptions.Always]);

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
