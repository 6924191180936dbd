using System.Security.Cryptography;
using DoorAgent.Storage;

namespace DoorAgent.Sealing;

/// <summary>Makes, exchanges and replaces the key of a door. Each change is one rename: a process that is killed leaves the old key or the
/// new one, never half of one.</summary>
/// <param name="places">Where the key of the door may be.</param>
internal sealed class KeyKeeper(KeyPlaces places)
{
    /// <summary>Why a key was kept in a file although the machine has systemd; null where it was not.</summary>
    public string? Note { get; private set; }

    /// <summary>Keeps the first key of a door at the best place of this machine. Where another process was faster, its key stays.</summary>
    /// <returns>Where the key of the door is.</returns>
    /// <exception cref="UserErrorException">The key cannot be written; the message says why.</exception>
    public StoredKey Keep(DoorKey key)
    {
        if (places.Encrypted is { } path && Libc.IsRoot && places.Systemd.IsUsable)
        {
            try
            {
                Write(path, Encrypted(key, KeyPlaces.Credential), isCredential: true, overwrites: false);
                return places.Stored()!;
            }
            catch (IOException failure) when (!File.Exists(path))
            {
                Note = $"systemd cannot keep the key, so a file keeps it: {failure.Message}";
            }
            catch (IOException)
            {
                return places.Stored()!;
            }
        }

        StoredKey file = new(places.File, KeyKind.File);
        Write(file, key, KeyPlaces.Credential, overwrites: false);
        return file;
    }

    /// <summary>Keeps the next key beside the key in use.</summary>
    /// <exception cref="UserErrorException">The key cannot be written; the message says why.</exception>
    public void Stage(StoredKey inUse, DoorKey coming) =>
        Write(inUse.Coming, coming, KeyPlaces.Credential + KeyPlaces.Coming, overwrites: false);

    /// <summary>Puts the next key in the place of the key in use.</summary>
    /// <exception cref="UserErrorException">The key cannot be written; the message says why.</exception>
    public void Promote(StoredKey inUse, DoorKey coming)
    {
        // The name of a credential is encrypted with it, so that a renamed one does not decrypt.
        Replace(inUse, coming);
        Changing(inUse.Coming.Path, () => File.Delete(inUse.Coming.Path));
    }

    /// <summary>Puts a key in the place of another one.</summary>
    /// <exception cref="UserErrorException">The key cannot be written; the message says why.</exception>
    public void Replace(StoredKey inUse, DoorKey key) => Write(inUse, key, KeyPlaces.Credential, overwrites: true);

    private void Write(StoredKey stored, DoorKey key, string name, bool overwrites) => Changing(stored.Path, () =>
    {
        byte[] content = stored.IsEncrypted ? Encrypted(key, name) : key.Reveal();
        try
        {
            Write(stored.Path, content, isCredential: stored.Kind != KeyKind.File, overwrites);
        }
        catch (IOException) when (!overwrites && File.Exists(stored.Path))
        {
            // Another process has made a key at the same time.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    });

    /// <summary>Encrypts a key, and checks that the machine decrypts it again.</summary>
    private byte[] Encrypted(DoorKey key, string name)
    {
        byte[] text = key.Reveal(), back = [];
        try
        {
            byte[] made = places.Systemd.Encrypt(name, text);
            back = places.Systemd.Decrypt(name, made);
            return back.AsSpan().SequenceEqual(text) ? made : throw new IOException("the credential does not decrypt to the key.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
            CryptographicOperations.ZeroMemory(back);
        }
    }

    /// <summary>Writes a file of mode 0600 and renames it into its place. A credential belongs to root; a key file to the owner of the data,
    /// since the daemon reads it.</summary>
    private void Write(string path, byte[] content, bool isCredential, bool overwrites)
    {
        string directory = Path.GetDirectoryName(path)!;
        if (isCredential && !Directory.Exists(directory))
            Directory.CreateDirectory(directory, PrivateFolder);
        else if (places.Encrypted is not null)
            Directory.CreateDirectory(directory);
        else
            DataDirectory.Ensure(directory);
        // systemd imports every dooragent.*: an unfinished file has a name that begins with a full stop.
        string unfinished = Path.Combine(directory, $".{Path.GetFileName(path)}.{Environment.ProcessId}.part");
        File.Delete(unfinished);
        FileStreamOptions create = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using (FileStream file = new(unfinished, create))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        if (!isCredential && Libc.IsRoot && OwnerOfData() is { } owner)
            Libc.ChangeOwner(unfinished, owner.Owner, owner.Group);
        Rename(unfinished, path, overwrites);
        Libc.FlushDirectory(directory);
    }

    private static void Rename(string unfinished, string path, bool overwrites)
    {
        try
        {
            File.Move(unfinished, path, overwrites);
        }
        catch (IOException)
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Returns the owner of the data directory, or of the directory in which it will be.</summary>
    private FileStatus? OwnerOfData() => Libc.Stat(places.Data) ?? Libc.Stat(Path.GetDirectoryName(places.Data) ?? "/");

    private static void Changing(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {failure.Message} Run the command with sudo, or as the owner of the "
                + "data.", failure);
        }
    }

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode PrivateFolder = OwnerOnly | UnixFileMode.UserExecute;
}
