using System.Text;
using DoorAgent.Storage;

namespace DoorAgent.Page;

/// <summary>The file with the names and addresses that <c>dooragent page</c> has printed, one a line, for the process that serves the
/// page.</summary>
internal static class PageHostsFile
{
    private const string FileName = "hosts";
    private const int MostBytes = 16 * 1024;

    /// <summary>Writes the file; root gives it to the owner of the directory.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string directory, IEnumerable<string> hosts)
    {
        DataDirectory.Ensure(directory);
        string path = Path.Combine(directory, FileName), temporary = path + ".new";
        try
        {
            File.Delete(temporary);
            using (FileStream file = new(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }))
                file.Write(Encoding.UTF8.GetBytes(string.Concat(hosts.Select(host => host + "\n"))));
            DataDirectory.GiveToOwnerOf(directory, temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {failure.Message} Run the command as root ('sudo dooragent page').",
                failure);
        }
    }

    /// <summary>Reads the file; empty where there is none.</summary>
    /// <exception cref="UserErrorException">The file cannot be read.</exception>
    public static IReadOnlyList<string> Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            return UntrustedFile.ReadAll(path, MostBytes) is not { } bytes ? []
                : Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read: {failure.Message}", failure);
        }
    }
}
