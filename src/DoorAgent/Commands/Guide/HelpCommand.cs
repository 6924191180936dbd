using System.CommandLine;
using DoorAgent.Settings;
using Spectre.Console;

namespace DoorAgent.Commands.Guide;

/// <summary>Creates dooragent help, which shows the guide in the terminal, or the help of a command.</summary>
internal static class HelpCommand
{
    private static readonly Argument<string[]> Topic = new("TOPIC")
    {
        Description = "A page of the guide, such as people; or a command, such as people add. Without one: all pages.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    internal static Command Create()
    {
        Command command = new("help", """
            Shows a page of the guide; without a topic it lists them all.

            Examples: dooragent help     dooragent help people     dooragent help configuration | less
            'dooragent help people add' is the same as 'dooragent people add --help'.
            """) { Topic };
        command.SetAction(result => Show(result.RootCommandResult.Command, result.GetValue(Topic) ?? []));
        return command;
    }

    private static int Show(Command root, string[] words)
    {
        if (words.Length == 0)
            List();
        else if (words is [var topic] && GuidePages.Find(topic.ToLowerInvariant()) is { } page)
            ShowPage(root, topic.ToLowerInvariant(), page);
        else if (CommandOf(root, words))
            return root.Parse([.. words, "--help"]).Invoke();
        else
            throw Unknown(root, words);
        return 0;
    }

    private static void List()
    {
        Grid grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn();
        foreach (string topic in GuidePages.Topics)
            grid.AddRow(new Markup($"[cyan]{topic}[/]"), new Text(GuidePages.TitleOf(topic)));
        AnsiConsole.WriteLine("Pages of the guide; 'dooragent help PAGE' shows one:");
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Indented(grid, by: 2));
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine("Commands: 'dooragent --help' lists them, 'dooragent COMMAND --help' explains one.");
        AnsiConsole.WriteLine("A word of the log: 'dooragent log --explain WORD'.");
    }

    private static void ShowPage(Command root, string topic, string page)
    {
        PageView.Show(page);
        if (CommandOf(root, [topic]))
            AnsiConsole.MarkupLine($"\n[grey]The command of that name: 'dooragent {topic} --help'.[/]");
    }

    /// <summary>Whether the words name a command.</summary>
    private static bool CommandOf(Command root, string[] words)
    {
        Command? command = root;
        foreach (string word in words)
            command = command?.Subcommands.FirstOrDefault(verb => verb.Name == word);
        return command is not null;
    }

    private static UserErrorException Unknown(Command root, string[] words)
    {
        string[] known = [.. GuidePages.Topics.Union(root.Subcommands.Select(verb => verb.Name))];
        return new UserErrorException($"'{string.Join(' ', words)}' is neither a page of the guide nor a command."
            + $"{DidYouMean.Hint(words[0], known)} 'dooragent help' lists the pages, 'dooragent --help' the commands.");
    }
}
