using System.CommandLine;
using System.Text;
using DoorAgent.Diagnostics;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Output;

/// <summary>Reports that a command writes into files of the user's choice.</summary>
internal static class OutputFile
{
    /// <summary>The name that means the standard output.</summary>
    public const string StandardOutput = "-";

    /// <summary>Checks before a measurement, which takes minutes, that a file can be written after it.</summary>
    /// <exception cref="UserErrorException">The file exists, is a folder, belongs to the door, is in no folder that can be written, or is
    /// the standard output.</exception>
    public static void EnsureNew(string file, ParseResult result, Places places, bool isForced)
    {
        EnsureIsNamed(file);
        ProtectedFiles.EnsureNotOverwritten(file, places, CommonOptions.SettingsFileOf(result));
        if (Directory.Exists(file))
            throw new UserErrorException($"{file} is a folder. Name a file in it.");
        if (Path.Exists(file) && !isForced)
            throw new UserErrorException($"{file} already exists. Name another file, or overwrite it with --force.");
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is not { } folder)
            return;
        if (!Directory.Exists(folder))
            throw new UserErrorException($"{file} cannot be written: the folder {folder} does not exist. Create it, or name another file.");
        if (!Libc.MayWrite(folder))
            throw new UserErrorException($"{file} cannot be written: the folder {folder} is not writable for this user. Name another file.");
    }

    /// <summary>Refuses the standard output for what is only written into a file.</summary>
    /// <exception cref="UserErrorException">The file is the standard output.</exception>
    public static void EnsureIsNamed(string file)
    {
        if (file == StandardOutput)
            throw new UserErrorException("- is the standard output, and this is written into a file: name one, or ./- for one of that name.");
    }

    /// <summary>Writes a report that only its owner may read, and says so.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="text">The report.</param>
    /// <param name="what">What the file is, for the line.</param>
    /// <param name="isOutputTaken">Whether the standard output belongs to a program.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string file, string text, string what, bool isOutputTaken)
    {
        PrivateFile.Write(file, Encoding.UTF8.GetBytes(text));
        (isOutputTaken ? Console.Error : Console.Out).WriteLine($"{file}: {what}.");
    }
}
