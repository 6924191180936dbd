using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands;

/// <summary>Options that every verb takes, and what they resolve to.</summary>
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
        Description = "Data directory (gallery.db, journal.db). Default: /var/lib/dooragent "
            + "where it exists, else ~/.local/share/dooragent.",
        Recursive = true,
    };

    public static Option<string?> Models { get; } = new("--models")
    {
        Description = "Directory with network files, searched before /var/lib/dooragent/models and the two built-in networks.",
        Recursive = true,
    };

    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "One setting, which overrides file and environment: --set Doors:AccessTime=5s. May be given several times.",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Creates the option of verbs that also answer programs.</summary>
    public static Option<bool> Json() =>
        new("--json") { Description = "Prints one line of JSON for programs; everything else goes to the error output." };

    /// <summary>Returns the places of <see cref="PlacesOf"/> and prints the data directory that the command works on.</summary>
    /// <exception cref="UserErrorException">A file, key or value of the settings cannot be used.</exception>
    public static Places ShowPlaces(ParseResult result, bool isJson = false)
    {
        Places places = PlacesOf(result);
        (isJson ? Console.Error : Console.Out).WriteLine($"data: {places.Data}");
        return places;
    }

    /// <summary>Returns the path of the configuration file; null where there is none.</summary>
    public static string? SettingsFileOf(ParseResult result) =>
        result.GetValue(Config) ?? (File.Exists(SettingsFile.SystemFile) ? SettingsFile.SystemFile : null);

    /// <summary>Returns the settings from file, environment and command line; each command line reads them once.</summary>
    /// <exception cref="UserErrorException">A file, key or value cannot be used.</exception>
    public static DoorSettings SettingsOf(ParseResult result) => Read.GetValue(result, one =>
        new DoorSettings(SettingsFile.Load(one.GetValue(Config), one.GetValue(Set) ?? [])));

    /// <summary>Returns the places that command line and settings name, with defaults for the rest.</summary>
    /// <exception cref="UserErrorException">A file, key or value of the settings cannot be used.</exception>
    public static Places PlacesOf(ParseResult result) =>
        Places.Resolve(result.GetValue(Data), result.GetValue(Models) ?? ConfiguredModels(result));

    /// <summary>Returns the places for a command that does not use the door's settings.</summary>
    public static Places DataPlacesOf(ParseResult result) => Places.Resolve(result.GetValue(Data), result.GetValue(Models));

    /// <summary>Returns Models:Directory; null where an ordinary user may not read the configuration, which most verbs do not
    /// need.</summary>
    private static string? ConfiguredModels(ParseResult result)
    {
        try
        {
            return SettingsOf(result).Models.Directory;
        }
        catch (UserErrorException refused) when (refused.InnerException is UnauthorizedAccessException && result.GetValue(Config) is null)
        {
            if (result.CommandResult.Parent is CommandResult { Command.Name: "models" })
                Console.Error.WriteLine($"note: {refused.Message} Its Models:Directory is not used; --models names a directory.");
            return null;
        }
    }
}
