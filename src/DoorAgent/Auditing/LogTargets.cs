using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Auditing;

/// <summary>Where the log goes: our console and files unless they are turned off, and what section Serilog adds.</summary>
/// <param name="settings">Checked settings.</param>
/// <param name="places">Where our files are.</param>
internal sealed class LogTargets(IConfiguration settings, Places places)
{
    private readonly AuditingOptions _options = OptionsRegistration.Bind<AuditingOptions>(settings);

    private readonly IConfigurationSection[] _added =
        [.. new[] { "WriteTo", "AuditTo" }.SelectMany(list => settings.GetSection($"{KnownKeys.SerilogSection}:{list}").GetChildren())];

    /// <summary>Whether our console gets the lines.</summary>
    public bool Console => _options.LogToConsole;

    /// <summary>Whether our files get the lines. Two that write the same file would write over each other: the operator's sink has it.</summary>
    public bool Files => _options.LogToFiles && !IsOurFileTaken;

    /// <summary>Whether section Serilog names any sink.</summary>
    public bool HasAdded => _added.Length > 0;

    /// <summary>What somebody should know of it; nothing when all is as usual.</summary>
    public IEnumerable<string> Warnings()
    {
        if (!_options.LogToConsole && !_options.LogToFiles && !HasAdded)
            yield return "Auditing:LogToConsole and Auditing:LogToFiles are off and section Serilog adds no sink: nobody sees the log";
        if (_options.LogToConsole && _added.Any(sink => (sink.Value ?? sink["Name"]) == "Console"))
            yield return "each line stands on the console twice: section Serilog adds a Console; Auditing:LogToConsole=false turns the door's own off";
        if (_options.LogToFiles && IsOurFileTaken)
            yield return $"section Serilog writes {OurFile}, so that the door's own files are off; name another path there to have both";
    }

    private string OurFile => Path.Combine(places.Logs, LogFiles.Name);

    // A sink may stand below another one.
    private bool IsOurFileTaken => _added.SelectMany(sink => sink.AsEnumerable()).Any(pair => pair.Value is { Length: > 0 } path
        && pair.Key.EndsWith(":Args:path", StringComparison.OrdinalIgnoreCase)
        && Path.GetFullPath(Environment.ExpandEnvironmentVariables(path)) == Path.GetFullPath(OurFile));
}
