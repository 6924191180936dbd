using System.CommandLine;
using System.Text;
using DoorAgent.Diagnostics;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Output;

/// <summary>A file that a report is written into; only its owner can read it, because reports show people.</summary>
internal static class ReportFile
{
    /// <summary>Checks before a measurement, which takes minutes, that a file can be written after it.</summary>
    /// <exception cref="UserErrorException">The file exists, belongs to the door, or is in no folder.</exception>
    public static void EnsureNew(string file, ParseResult result, Places places, bool isForced)
    {
        ProtectedFiles.EnsureNotOverwritten(file, places, CommonOptions.SettingsFileOf(result));
        if (Path.Exists(file) && !isForced)
            throw new UserErrorException($"{file} already exists. Name another file, or overwrite it with --force.");
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            throw new UserErrorException($"{file} cannot be written: the folder {folder} does not exist.");
    }

    /// <summary>Writes the file and says so.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">Its content.</param>
    /// <param name="what">What the file is, for the reader.</param>
    /// <param name="isPrinted">Whether the output is for a program, so that people are told on the error output.</param>
    /// <exception cref="UserErrorException">The file cannot be written; the message says why.</exception>
    public static void Write(string file, string text, string what, bool isPrinted)
    {
        PrivateFile.Write(file, Encoding.UTF8.GetBytes(text));
        (isPrinted ? Console.Error : Console.Out).WriteLine($"{file}: {what}.");
    }
}
