using System.Text;
using DoorAgent.Storage;

namespace DoorAgent.Link.Mqtt;

/// <summary>Finds and reads the link's secrets: a file that the settings name, else a credential that systemd passes to the service.</summary>
internal static class SecretFile
{
    private const int MostBytes = 4096;

    private const UnixFileMode OfOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Returns the path of a secret: the file of the settings, else the credential, else the given file; null where there is
    /// none.</summary>
    /// <param name="file">The file of the settings; null where none is named.</param>
    /// <param name="credential">Name of the credential.</param>
    /// <param name="credentials">The directory of the service's credentials; null without any.</param>
    /// <param name="otherwise">The file to take in the last place; null for none.</param>
    public static string? Find(string? file, string credential, string? credentials, string? otherwise = null)
    {
        if (!string.IsNullOrWhiteSpace(file))
            return file;
        string? passed = string.IsNullOrEmpty(credentials) ? null : Path.Combine(credentials, credential);
        return passed is not null && File.Exists(passed) ? passed : otherwise;
    }

    /// <summary>Reads a secret without the end of its line.</summary>
    /// <exception cref="IOException">There is no such file, this user may not read it, or every user may; the message says what to
    /// do.</exception>
    public static string Read(string path)
    {
        try
        {
            using UntrustedFile file = UntrustedFile.Open(path) ?? throw new IOException($"{path} does not exist.");
            if ((file.Mode & OfOthers) != 0)
                throw new IOException($"Every user of this machine may read {path}, so it is no secret: chmod 600, and change the secret.");
            return Encoding.UTF8.GetString(file.ReadAll(MostBytes)).TrimEnd('\r', '\n');
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or InvalidDataException)
        {
            throw new IOException($"{failure.Message.TrimEnd('.')}: the link runs as the user dooragent-link.", failure);
        }
    }
}
