using System.CommandLine;

namespace DoorAgent.Commands.Fleet;

/// <summary>The office that the verbs of the fleet work on.</summary>
internal static class FleetOffice
{
    private const string DefaultDirectory = "/var/lib/dooragent-office";

    /// <summary>The option that names the office's directory.</summary>
    public static Option<string?> Directory { get; } = new("--office")
    {
        Description = $"The office's directory, with its key. Default: {DefaultDirectory}.",
        Recursive = true,
    };

    /// <summary>Returns the office's directory.</summary>
    public static string DirectoryOf(ParseResult result) => Path.GetFullPath(result.GetValue(Directory) ?? DefaultDirectory);
}
