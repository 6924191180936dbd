using Serilog;

namespace DoorAgent.Settings;

/// <summary>What section Serilog gives to a logger in the making.</summary>
internal sealed class SerilogSection
{
    private static readonly string[] SinkLists = ["WriteTo", "AuditTo"];

    private readonly IConfigurationRoot _settings;
    private readonly IConfigurationSection[] _sinks;

    /// <param name="settings">Where the section may stand.</param>
    public SerilogSection(IConfigurationRoot settings)
    {
        _settings = settings;
        _sinks = [.. SinkLists.SelectMany(list => settings.GetSection($"{KnownKeys.SerilogSection}:{list}").GetChildren())];
    }

    /// <summary>Whether the section names any sink.</summary>
    public bool HasSinks => _sinks.Length > 0;

    /// <summary>Whether the section names a sink of a name, not below another one.</summary>
    public bool HasSink(string name) => _sinks.Any(sink => (sink.Value ?? sink["Name"]) == name);

    /// <summary>Absolute paths of the files that its sinks write. A sink may stand below another one.</summary>
    public IEnumerable<string> Files => _sinks.SelectMany(sink => sink.AsEnumerable())
        .Where(pair => pair.Value is { Length: > 0 } && pair.Key.EndsWith(":Args:path", StringComparison.OrdinalIgnoreCase))
        .Select(pair => Path.GetFullPath(Environment.ExpandEnvironmentVariables(pair.Value!)));

    /// <summary>Gives a logger everything of the section but its sinks.</summary>
    /// <exception cref="UserErrorException">Serilog cannot use it.</exception>
    public LoggerConfiguration ReadAllButSinks(LoggerConfiguration logger) =>
        SerilogReading.Read(logger, _settings, word => !IsSinks(word));

    /// <summary>Gives a logger the sinks of the section, with the switches of their levels.</summary>
    /// <exception cref="UserErrorException">Serilog cannot use it.</exception>
    public LoggerConfiguration ReadSinks(LoggerConfiguration logger) =>
        SerilogReading.Read(logger, _settings, word => IsSinks(word) || word.Equals("LevelSwitches", StringComparison.OrdinalIgnoreCase));

    private static bool IsSinks(string word) => SinkLists.Contains(word, StringComparer.OrdinalIgnoreCase);
}
