using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Auditing;

/// <summary>Where the log goes: our console and files unless they are turned off, and what section Serilog adds.</summary>
/// <param name="options">Checked options.</param>
/// <param name="added">What section Serilog adds.</param>
/// <param name="places">Where our files are.</param>
internal sealed class LogTargets(AuditingOptions options, SerilogSection added, Places places)
{
    /// <summary>Whether our console gets the lines.</summary>
    public bool Console => options.LogToConsole;

    /// <summary>Whether our files get the lines. Two that write the same file would write over each other: the operator's sink has it.</summary>
    public bool Files => options.LogToFiles && !IsOurFileTaken;

    /// <summary>What somebody should know of it; nothing when all is as usual.</summary>
    public IEnumerable<string> Warnings()
    {
        if (!options.LogToConsole && !options.LogToFiles && !added.HasSinks)
            yield return "Auditing:LogToConsole and Auditing:LogToFiles are off and section Serilog adds no sink: nobody sees the log";
        if (options.LogToConsole && added.HasSink("Console"))
            yield return "each line stands on the console twice: section Serilog adds a Console; Auditing:LogToConsole=false turns the door's own off";
        if (options.LogToFiles && IsOurFileTaken)
            yield return $"section Serilog writes {OurFile}, so that the door's own files are off; name another path there to have both";
    }

    private string OurFile => Path.Combine(places.Logs, LogFiles.Name);

    private bool IsOurFileTaken => added.Files.Contains(Path.GetFullPath(OurFile));
}
