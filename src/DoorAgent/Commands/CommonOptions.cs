using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands;

/// <summary>Options that every verb takes.</summary>
internal static class CommonOptions
{
    private static readonly ConditionalWeakTable<ParseResult, DoorSettings> Read = [];

    public static Option<string?> Config { get; } = new("--config")
    {
        Description = "Configuration file. Default: /etc/dooragent/dooragent.json where it exists.",
        Recursive = true,
    };

    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Data directory (gallery.db, journal.db). "
            + "Default: /var/lib/dooragent where it exists, else ~/.local/share/dooragent.",
        Recursive = true,
    };

    public static Option<string?> Models { get; } = new("--models")
    {
        Description = "Directory with network files, looked at before /var/lib/dooragent/models and the built-in two.",
        Recursive = true,
    };

    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "One setting, stronger than file and environment: --set Doors:AccessTime=5s. May be given several times.",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The configuration file that is read; null where there is none.</summary>
    public static string? SettingsFileOf(ParseResult result) =>
        result.GetValue(Config) ?? (File.Exists(SettingsFile.SystemFile) ? SettingsFile.SystemFile : null);

    /// <summary>The settings that file, environment and command line give; they are read once for a command line.</summary>
    /// <exception cref="UserErrorException">A file, key or value cannot be used.</exception>
    public static DoorSettings SettingsOf(ParseResult result) => Read.GetValue(result, one =>
        new DoorSettings(SettingsFile.Load(one.GetValue(Config), one.GetValue(Set) ?? [])));

    /// <summary>The places that command line and settings name, with the defaults for the rest.</summary>
    /// <exception cref="UserErrorException">A file, key or value of the settings cannot be used.</exception>
    public static Places PlacesOf(ParseResult result) =>
        Places.Resolve(result.GetValue(Data), result.GetValue(Models) ?? ConfiguredModels(result));

    /// <summary>An ordinary user may not read the door's own configuration, and most of their commands do not need its settings.</summary>
    private static string? ConfiguredModels(ParseResult result)
    {
        try
        {
            return SettingsOf(result).Models.Directory;
        }
        catch (UserErrorException refused) when (refused.InnerException is UnauthorizedAccessException && result.GetValue(Config) is null)
        {
            if (result.CommandResult.Parent is CommandResult { Command.Name: "models" })
                Console.Error.WriteLine($"note: {refused.Message} Its Models:Directory is not looked at; --models names one.");
            return null;
        }
    }
}
