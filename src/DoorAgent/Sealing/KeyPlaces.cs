using DoorAgent.Storage;

namespace DoorAgent.Sealing;

/// <summary>Finds the keys of a door: in the credentials that systemd passes to a service (systemd.exec(5)), otherwise in a file outside of
/// the data directory.</summary>
internal static class KeyPlaces
{
    /// <summary>Name of the credential.</summary>
    public const string Credential = "dooragent.key";

    private const string SystemData = "/var/lib/dooragent";
    private const string SystemFile = "/etc/dooragent/dooragent.key";
    private const string Coming = ".new";

    /// <summary>Returns the path of the key file of a data directory.</summary>
    public static string FileOf(string data) =>
        Path.GetFullPath(data).TrimEnd('/') is var directory && directory == SystemData ? SystemFile : directory + ".key";

    /// <summary>Finds the keys of a data directory. During a rotation there is a second, newer one.</summary>
    /// <exception cref="UserErrorException">A key file does not contain a key.</exception>
    public static KeyRing Find(string data)
    {
        string file = Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } credentials
            && File.Exists(Path.Combine(credentials, Credential)) ? Path.Combine(credentials, Credential) : FileOf(data);
        DoorKey[] keys = [.. new[] { file + Coming, file }.Where(Permission.Exists).Where(Libc.MayRead).Select(Read)];
        return new KeyRing(keys, keys.Length > 0 ? null : Permission.Exists(file)
            ? $"{file} may not be read by this user. Run the command with sudo."
            : $"there is no key file {file}. Import the key with 'sudo dooragent key import FILE'.");
    }

    private static DoorKey Read(string file) => DoorKey.Parse(File.ReadAllText(file)) ?? throw new UserErrorException(
        $"{file} does not contain the key of a door. Restore the file, or import the key with 'sudo dooragent key import FILE'.");
}
