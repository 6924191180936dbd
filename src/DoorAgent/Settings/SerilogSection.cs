using System.Text.RegularExpressions;
using Serilog;

namespace DoorAgent.Settings;

/// <summary>The parts of section Serilog that configure a logger.</summary>
internal sealed partial class SerilogSection
{
    private static readonly string[] SinkLists = ["WriteTo", "AuditTo"];

    private readonly IConfigurationRoot _settings;
    private readonly IConfigurationSection[] _sinks;

    /// <param name="settings">The settings, with or without the section.</param>
    public SerilogSection(IConfigurationRoot settings)
    {
        _settings = settings;
        _sinks = [.. SinkLists.SelectMany(list => settings.GetSection($"{KnownKeys.SerilogSection}:{list}").GetChildren())];
    }

    /// <summary>Whether the section names any sink.</summary>
    public bool HasSinks => _sinks.Length > 0;

    /// <summary>Whether the section itself has a sink of this name; sinks below other sinks do not count.</summary>
    public bool HasSink(string name) => _sinks.Any(sink => (sink.Value ?? sink["Name"]) == name);

    /// <summary>Absolute paths of the files that the sinks are to write, sinks below other sinks included.</summary>
    public IEnumerable<string> Files => _sinks.SelectMany(sink => sink.AsEnumerable())
        .Where(pair => pair.Value is { Length: > 0 } && pair.Key.EndsWith(":Args:path", StringComparison.OrdinalIgnoreCase))
        .Select(pair => Path.GetFullPath(Environment.ExpandEnvironmentVariables(pair.Value!)));

    /// <summary>Absolute paths of the existing files that the sinks have written, rolled ones included.</summary>
    public IEnumerable<string> WrittenFiles => Files.SelectMany(Rolled).Distinct();

    /// <summary>Applies everything of the section except its sinks.</summary>
    /// <exception cref="UserErrorException">Serilog cannot use the section.</exception>
    public LoggerConfiguration ReadAllButSinks(LoggerConfiguration logger) =>
        SerilogReading.Read(logger, _settings, word => !IsSinks(word));

    /// <summary>Applies the sinks of the section, with their level switches.</summary>
    /// <exception cref="UserErrorException">Serilog cannot use the section.</exception>
    public LoggerConfiguration ReadSinks(LoggerConfiguration logger) =>
        SerilogReading.Read(logger, _settings, word => IsSinks(word) || word.Equals("LevelSwitches", StringComparison.OrdinalIgnoreCase));

    // Serilog writes door.log into door20260302.log, door_001.log or door20260302_001.log, where it rolls by time, size or both.
    private static IEnumerable<string> Rolled(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(path), extension = Path.GetExtension(path);
        return !Directory.Exists(Path.GetDirectoryName(path)) ? [] : Directory.GetFiles(Path.GetDirectoryName(path)!)
            .Where(file => Path.GetFileName(file) is var name && name.Length >= stem.Length + extension.Length
                && name.StartsWith(stem, StringComparison.Ordinal) && name.EndsWith(extension, StringComparison.Ordinal)
                && Ending().IsMatch(name.AsSpan(stem.Length..^extension.Length)))
            .Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\A([0-9]{4,12})?(_[0-9]{3,})?\z")]
    private static partial Regex Ending();

    private static bool IsSinks(string word) => SinkLists.Contains(word, StringComparer.OrdinalIgnoreCase);
}
