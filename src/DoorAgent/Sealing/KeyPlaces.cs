using System.Collections.Concurrent;
using System.Security.Cryptography;
using DoorAgent.Storage;

namespace DoorAgent.Sealing;

/// <summary>
/// Where the key of a door may be: among the credentials that systemd passes to a service (systemd.exec(5)); for root, where systemd takes
/// them from; otherwise in a file outside of the data directory.
/// </summary>
/// <param name="Data">The data directory.</param>
/// <param name="File">Path of the key file.</param>
internal sealed record KeyPlaces(string Data, string File)
{
    /// <summary>Name of the credential.</summary>
    public const string Credential = "dooragent.key";

    /// <summary>The end of the name of the next key, during a rotation.</summary>
    public const string Coming = ".new";

    private const string SystemData = "/var/lib/dooragent";

    // By the digest of the encrypted credential, and the machine's key.
    private static readonly ConcurrentDictionary<(string Digest, string? HostSecret), DoorKey> Opened = [];

    // A key has 81 bytes; an encrypted one grows by some hundred bytes for a TPM2 chip.
    private const int MostBytes = 64 * 1024;

    /// <summary>Path of the credential that systemd passed to this process; null where none was passed.</summary>
    public string? Passed { get; init; }

    /// <summary>Path of the encrypted credential; null where only a file is used.</summary>
    public string? Encrypted { get; init; }

    /// <summary>Path of a credential that is not encrypted, which an administrator may have put there; null where only a file is
    /// used.</summary>
    public string? Plain { get; init; }

    /// <summary>Decrypts credentials.</summary>
    public SystemdCreds Systemd { get; init; } = new();

    /// <summary>Whether this is the system's door, whose key only root changes.</summary>
    public bool IsSystem => Encrypted is not null;

    /// <summary>How to start the door again, for messages.</summary>
    public string Restart => IsSystem ? "'sudo systemctl restart dooragent'" : "stop it and run it again";

    /// <summary>Returns a command for a message, with sudo where only root may do it.</summary>
    public string Command(string verbs) => $"'{(IsSystem ? "sudo " : "")}dooragent {verbs}'";

    /// <summary>Path of the note when the key was exported last.</summary>
    public string ExportNote => File + ".exported";

    /// <summary>Returns the path of the key file of a data directory.</summary>
    public static string FileOf(string data) => new Places(Path.GetFullPath(data), []).KeyFile;

    /// <summary>Returns the places of a data directory on this machine.</summary>
    public static KeyPlaces Of(string data)
    {
        KeyPlaces places = new(Path.GetFullPath(data), FileOf(data));
        if (Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } passed)
            places = places with { Passed = Path.Combine(passed, Credential) };
        return IsOfSystem(data) ? places with
        {
            Encrypted = $"/etc/credstore.encrypted/{Credential}", Plain = $"/etc/credstore/{Credential}",
        } : places;
    }

    /// <summary>Finds the keys of a data directory. During a rotation there is a second, newer one.</summary>
    public static KeyRing Find(string data) => Of(data).Find();

    /// <summary>Finds the keys that this process may use. During a rotation there is a second, newer one.</summary>
    public KeyRing Find()
    {
        List<DoorKey> keys = [];
        List<string> wrong = [];
        if (Stored() is not { } stored)
            return new KeyRing([], Absence());
        foreach ((StoredKey one, string name) in new[] { (stored.Coming, Credential + Coming), (stored, Credential) })
        {
            if (!Exists(one.Path))
                continue;
            if (Read(one, name, out string? why) is { } key)
                keys.Add(key);
            else
                wrong.Add(why!);
        }

        return new KeyRing(keys, keys.Count > 0 ? null : wrong.FirstOrDefault() ?? Absence());
    }

    /// <summary>Returns where the key of the door is; null where there is none, or this user does not see the key.</summary>
    public StoredKey? Stored() => IsThere(Passed) ? new StoredKey(Passed!, KeyKind.Passed)
        : IsThere(Encrypted) ? new StoredKey(Encrypted!, KindOf(Encrypted!))
        : IsThere(Plain) ? new StoredKey(Plain!, KeyKind.PlainCredential)
        : IsThere(File) ? new StoredKey(File, KeyKind.File) : null;

    /// <summary>Reads a key.</summary>
    /// <param name="stored">Where the key is.</param>
    /// <param name="name">Name of the credential, for an encrypted one.</param>
    /// <param name="why">Why the key cannot be read, as the end of a sentence with the next step; null where it can.</param>
    /// <returns>The key; null where it cannot be read.</returns>
    public DoorKey? Read(StoredKey stored, string name, out string? why)
    {
        why = null;
        byte[] content = [];
        try
        {
            if (!Libc.MayRead(stored.Path))
                throw new UnauthorizedAccessException();
            if (Libc.Stat(stored.Path) is { Size: > MostBytes } or null)
                throw new IOException($"{stored.Path} is not a key.");
            content = System.IO.File.ReadAllBytes(stored.Path);
            if (stored.IsEncrypted)
                return Decrypted(stored.Path, name, content);
            if (DoorKey.Parse(content) is { } key)
                return key;
            why = $"{stored.Path} does not contain the key of a door. {Restore}";
        }
        catch (UnauthorizedAccessException)
        {
            why = $"{stored.Path} may not be read by this user. Run the command with sudo; the daemon's user must own the file.";
        }
        catch (IOException failure)
        {
            why = $"its key cannot be read: {failure.Message} {Restore}";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }

        return null;
    }

    /// <summary>Decrypts a credential. A TPM2 chip takes about a second, and a command needs the key several times.</summary>
    private DoorKey Decrypted(string path, string name, byte[] encrypted)
    {
        (string, string?) place = (Convert.ToHexString(SHA256.HashData(encrypted)), Systemd.HostSecret);
        if (Opened.TryGetValue(place, out DoorKey? known))
            return known;
        byte[] content = Systemd.Decrypt(name, encrypted);
        DoorKey key = DoorKey.Parse(content) ?? throw new IOException($"{path} does not contain the key of a door.");
        CryptographicOperations.ZeroMemory(content);
        return Opened.GetOrAdd(place, key);
    }

    private string Restore => $"Restore it, or import the key: {Command("key import FILE --replace")}.";

    private static bool IsOfSystem(string data) => Path.GetFullPath(data).TrimEnd('/') == SystemData;

    /// <summary>Why there is no key. The places of credentials are visible for root only.</summary>
    private string Absence() => !IsSystem || Libc.IsRoot
        ? $"there is no key file {File}{(IsSystem ? $", and no credential {Encrypted}" : "")}. Import it: {Command("key import FILE")}."
        : Environment.GetEnvironmentVariable("INVOCATION_ID") is { Length: > 0 }
            ? "systemd passed no key to the daemon. 'sudo dooragent key show' says what is there; "
                + "'sudo dooragent key import FILE' brings an exported key back."
            : "this user may not use the door's key. Run the command with sudo.";

    private static bool IsThere(string? path) => path is not null && Exists(path);

    private static bool Exists(string path)
    {
        try
        {
            return Libc.Stat(path) is not null;
        }
        catch (UnauthorizedAccessException)
        {
            // The directories of credentials are for root only.
            return false;
        }
    }

    private static KeyKind KindOf(string path) =>
        Libc.MayRead(path) && SystemdCreds.KindOf(System.IO.File.ReadAllBytes(path)) is { } kind ? kind : KeyKind.HostCredential;
}
