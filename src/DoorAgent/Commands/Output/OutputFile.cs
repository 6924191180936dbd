using System.CommandLine;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Output;

/// <summary>Checks the files that a command is to write.</summary>
internal static class OutputFile
{
    /// <summary>Checks before the work, which takes minutes, that a file can be written after it.</summary>
    /// <exception cref="UserErrorException">The file exists, belongs to the door, or is in no folder.</exception>
    public static void EnsureNew(string file, ParseResult result, Places places, bool isForced)
    {
        ProtectedFiles.EnsureNotOverwritten(file, places, CommonOptions.SettingsFileOf(result));
        if (Path.Exists(file) && !isForced)
            throw new UserErrorException($"{file} already exists. Name another file, or overwrite it with --force.");
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            throw new UserErrorException($"{file} cannot be written: the folder {folder} does not exist.");
    }
}
