using System.CommandLine;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>The office that the verbs of the fleet work on.</summary>
internal static class OfficeOption
{
    /// <summary>The option that names the office's directory.</summary>
    public static Option<string?> Directory { get; } = new("--office")
    {
        Description = $"The office's directory, with its key. Default: {OfficePlaces.System}.",
        Recursive = true,
    };

    /// <summary>Opens the office that the command line names.</summary>
    /// <exception cref="UserErrorException">There is no office there, or it cannot be used.</exception>
    public static FleetOffice Open(ParseResult result) => FleetOffice.Open(DirectoryOf(result), TimeProvider.System);

    /// <summary>Returns the office's directory.</summary>
    public static string DirectoryOf(ParseResult result) => Path.GetFullPath(result.GetValue(Directory) ?? OfficePlaces.System);
}
