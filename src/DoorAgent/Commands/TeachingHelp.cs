using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DoorAgent.Commands;

/// <summary>
/// Help that teaches in its own place: in the list of verbs a description's first paragraph stands alone, and the rest of it is
/// shown where that verb's help is asked for.
/// </summary>
internal sealed class TeachingHelp : SynchronousCommandLineAction
{
    private readonly Dictionary<Command, string> _whole = [];
    private readonly HelpAction _help = new();

    private TeachingHelp()
    {
    }

    /// <summary>Takes over the help of a whole command line.</summary>
    public static void Teach(RootCommand root)
    {
        TeachingHelp help = new();
        foreach (Command verb in root.Subcommands)
            help.Shorten(verb);
        root.Options.OfType<HelpOption>().Single().Action = help;
    }

    /// <summary>Whoever asks for help has not given the arguments yet: what is missing is no error then.</summary>
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
