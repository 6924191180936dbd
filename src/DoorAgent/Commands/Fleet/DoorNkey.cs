using System.Security.Cryptography;
using System.Text;
using DoorAgent.Link;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using NATS.NKeys;

namespace DoorAgent.Commands.Fleet;

/// <summary>The NKEY with which a door's link connects to the hub: a credential of the link's service, or a file that only the link's user
/// may read where there is no systemd. Only this door has it; the office knows the public half.</summary>
/// <param name="door">The door's places.</param>
/// <param name="systemd">Encrypts credentials.</param>
internal sealed class DoorNkey(Places door, SystemdCreds systemd)
{
    private const string Name = "fleet-nkey", Credential = LinkSecrets.Prefix + Name, LinksUser = "dooragent-link";

    private readonly bool _isCredential = door.SharedSocket is not null && Libc.IsRoot && systemd.IsUsable;

    /// <summary>File of the seed; null where it is a credential.</summary>
    public string? File => _isCredential && !System.IO.File.Exists(FilePath) ? null : FilePath;

    private string FilePath => Path.Combine(LinkPlaces.Of(door).State, Name);

    private static string Encrypted => $"/etc/credstore.encrypted/{Credential}";

    /// <summary>Whether there is an NKEY.</summary>
    public bool Exists => System.IO.File.Exists(File ?? Encrypted);

    /// <summary>Returns the public key of the NKEY, which is made first where there is none.</summary>
    /// <exception cref="UserErrorException">The NKEY cannot be read or written.</exception>
    public string ReadOrMake()
    {
        if (Exists)
            return PublicOf(new LinkSecrets(null) { Systemd = systemd }.Read(Name, File ?? Encrypted)!);
        using KeyPair made = KeyPair.CreatePair(PrefixByte.User);
        byte[] seed = Encoding.ASCII.GetBytes(made.GetSeed() + "\n");
        try
        {
            Keep(seed);
            return made.GetPublicKey();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The key of the door's connection cannot be written: {failure.Message} Run the command with sudo.", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Deletes the NKEY.</summary>
    /// <exception cref="UserErrorException">The NKEY cannot be deleted.</exception>
    public void Delete()
    {
        foreach (string path in _isCredential ? (string[])[Encrypted, FilePath] : [FilePath])
        {
            try
            {
                if (System.IO.File.Exists(path))
                    System.IO.File.Delete(path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserErrorException($"{path} cannot be deleted: {failure.Message} Run the command with sudo.", failure);
            }
        }
    }

    private void Keep(byte[] seed)
    {
        if (_isCredential)
        {
            try
            {
                byte[] encrypted = systemd.Encrypt(Credential, seed);
                if (!systemd.Decrypt(Credential, encrypted).AsSpan().SequenceEqual(seed))
                    throw new IOException("the credential does not decrypt to the key.");
                Directory.CreateDirectory(Path.GetDirectoryName(Encrypted)!,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                Write(Encrypted, encrypted, isForLink: false);
                return;
            }
            catch (IOException failure)
            {
                Console.Error.WriteLine($"note: systemd cannot keep the key of the connection, so a file keeps it: {failure.Message}");
            }
        }

        DataDirectory.Ensure(Path.GetDirectoryName(FilePath)!);
        Write(FilePath, seed, isForLink: true);
    }

    private void Write(string path, byte[] content, bool isForLink)
    {
        // systemd imports every dooragent-link.*: an unfinished file has a name that begins with a full stop.
        string part = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.part");
        using (FileStream file = DataDirectory.CreateFile(part))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        if (isForLink && door.SharedSocket is not null && Libc.IsRoot && AccountNumbers.User(LinksUser) is { } user)
            Libc.ChangeOwner(part, user, AccountNumbers.Group(LinksUser) ?? user);
        System.IO.File.Move(part, path, overwrite: true);
    }

    private static string PublicOf(string seed)
    {
        try
        {
            using KeyPair pair = KeyPair.FromSeed(seed);
            return pair.GetPublicKey() is ['U', ..] key ? key : throw new FormatException();
        }
        catch (Exception wrong) when (wrong is NKeysException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            // The message of the other library may have a part of the seed.
            throw new UserErrorException("The key of the door's connection is damaged. 'sudo dooragent fleet leave' deletes it, and 'join' makes "
                + "another one.");
        }
    }
}
