using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DoorAgent.Commands;

/// <summary>
/// Shows only the first paragraph of a description in the list of verbs, and the whole description in the help of that verb.
/// </summary>
internal sealed class VerbHelp : SynchronousCommandLineAction
{
    private readonly Dictionary<Command, string> _whole = [];
    private readonly HelpAction _help = new();

    private VerbHelp()
    {
    }

    /// <summary>Replaces the help of a whole command line.</summary>
    public static void Install(RootCommand root)
    {
        VerbHelp help = new();
        foreach (Command verb in root.Subcommands)
            help.Shorten(verb);
        root.Options.OfType<HelpOption>().Single().Action = help;
    }

    /// <summary>True: somebody who asks for help has not given the arguments yet, so missing arguments are not an error.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Command asked = parseResult.CommandResult.Command;
        string? summary = asked.Description;
        asked.Description = _whole.GetValueOrDefault(asked, summary ?? "");
        try
        {
            return _help.Invoke(parseResult);
        }
        finally
        {
            asked.Description = summary;
        }
    }

    private void Shorten(Command command)
    {
        string whole = command.Description ?? "";
        _whole[command] = whole;
        command.Description = whole.ReplaceLineEndings("\n").Split("\n\n")[0];
        foreach (Command verb in command.Subcommands)
            Shorten(verb);
    }
}
