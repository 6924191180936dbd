using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Auditing;

/// <summary>The targets of the log: the agent's console and files unless they are turned off, and the sinks of section Serilog.</summary>
/// <param name="options">Checked options.</param>
/// <param name="added">The sinks of section Serilog.</param>
/// <param name="places">The place of the agent's files.</param>
internal sealed class LogTargets(AuditingOptions options, SerilogSection added, Places places)
{
    /// <summary>Whether the agent's console receives the lines.</summary>
    public bool Console => options.LogToConsole;

    /// <summary>Whether the agent's files receive the lines. A configured sink with the same file has precedence, since two writers would
    /// overwrite each other.</summary>
    public bool Files => options.LogToFiles && !IsOurFileTaken;

    /// <summary>Returns warnings about unusual targets.</summary>
    public IEnumerable<string> Warnings()
    {
        if (!options.LogToConsole && !options.LogToFiles && !added.HasSinks)
            yield return "Auditing:LogToConsole and Auditing:LogToFiles are off and section Serilog adds no sink: nobody sees the log";
        if (options.LogToConsole && added.HasSink("Console"))
            yield return "each line is on the console twice: section Serilog adds a Console; "
                + "Auditing:LogToConsole=false turns the door's own off";
        if (options.LogToFiles && IsOurFileTaken)
            yield return $"section Serilog writes {OurFile}, so that the door's own files are off; name another path there to have both";
    }

    private string OurFile => Path.Combine(places.Logs, LogFiles.Name);

    private bool IsOurFileTaken => added.Files.Contains(Path.GetFullPath(OurFile));
}
