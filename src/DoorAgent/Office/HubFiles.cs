using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Hub;
using DoorAgent.Storage;

namespace DoorAgent.Office;

/// <summary>The files of the hub in the office's directory, and their copies where the hub is on this machine.</summary>
/// <param name="office">The office.</param>
internal sealed class HubFiles(FleetOffice office)
{
    private readonly OfficePlaces _places = office.Places;

    /// <summary>Path of the script that installs the hub.</summary>
    public string Script => Path.Combine(_places.Hub, "install.sh");

    /// <summary>Whether nats-server on this machine has the files of this office.</summary>
    public bool IsHere => office.Identity is var identity && IsOwn(Path.Combine(identity.Files, "hub.conf"));

    /// <summary>Writes all files: certificates that are still good stay.</summary>
    /// <param name="server">The server for which the configuration is written.</param>
    /// <param name="hosts">Names and addresses of the hub.</param>
    /// <exception cref="UserErrorException">A file cannot be written.</exception>
    public void Write(HubServer server, IReadOnlyCollection<string> hosts)
    {
        OfficeIdentity identity = office.Identity;
        DateTimeOffset now = office.Time.GetUtcNow();
        string authority = Text(_places.Authority) ?? HubCertificates.MakeAuthority(office.Keys.Authority, identity.Name, now);
        WriteIfOther(_places.Authority, authority);
        // Whoever names no further host keeps those of before.
        if (Text(_places.HubCertificate) is not { } certificate || !File.Exists(_places.HubKey) || !HubCertificates.IsGood(certificate, authority, hosts, now))
        {
            (string made, string key) = HubCertificates.MakeHub(authority, office.Keys.Authority, hosts, now);
            byte[] secret = Encoding.ASCII.GetBytes(key);
            OfficeFile.Write(_places.HubKey, secret, overwrites: true);
            CryptographicOperations.ZeroMemory(secret);
            WriteIfOther(_places.HubCertificate, made);
        }

        WriteIfOther(_places.HubConfiguration, HubConfiguration.Hub(identity, office.Keys.Connection, server));
        WriteDoors();
        WriteIfOther(Script, HubScript.Of(identity));
        // A hub that runs from the office's own directory needs no script: its server only writes its process number into the store.
        if (identity.Files == _places.Hub)
            DataDirectory.Ensure(identity.Store, "--store");
    }

    /// <summary>Writes the users of the hub as the database has them.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public void WriteDoors() => WriteIfOther(_places.HubDoors,
        HubConfiguration.Doors(office.Keys.Connection, office.Doors.All().Where(door => !door.IsRevoked)));

    /// <summary>Whether the hub was just asked to read its users again. Until it has, it may refuse whoever connects.</summary>
    public bool HasReloaded { get; private set; }

    /// <summary>Brings the users to a hub on this machine, and lets it read them.</summary>
    /// <returns>What remains to be done by hand, as a sentence; null where nothing does.</returns>
    public async Task<string?> ApplyAsync(CancellationToken stopping)
    {
        WriteDoors();
        OfficeIdentity identity = office.Identity;
        string target = Path.Combine(identity.Files, Path.GetFileName(_places.HubDoors));
        if (!IsHere)
        {
            return $"The hub is on another machine. After 'accept' and 'revoke --door' bring its users there: 'scp {_places.HubDoors} "
                + $"root@{identity.Address.Host}:{target}' and 'ssh root@{identity.Address.Host} systemctl reload nats-server'.";
        }

        if (Text(target) == Text(_places.HubDoors) && IsLoaded())
            return null;
        string byHand = $"'sudo install -m 0640 -g nats {_places.HubDoors} {target}' and 'sudo systemctl reload nats-server'";
        if (Text(target) != Text(_places.HubDoors) && !Copy(target))
            return $"This user may not write {target}: {byHand}.";
        if (RunningProcess(identity.Store) is not { } process)
            return $"The hub does not run; when it starts, it reads {target} by itself: 'sudo systemctl start nats-server'.";
        if (await HubProbe.ReloadAsync(process, stopping) is { } refused)
            return $"{refused} Let the hub read its file by hand: 'sudo systemctl reload nats-server'.";
        HasReloaded = true;
        MarkLoaded();
        return null;
    }

    // After a command that was killed between writing and reloading, the next one reloads.
    private string LoadedMark => Path.Combine(_places.Hub, ".loaded");

    private bool IsLoaded() => Text(LoadedMark) == DigestOfDoors();

    private void MarkLoaded() => OfficeFile.Write(LoadedMark, Encoding.ASCII.GetBytes(DigestOfDoors()), overwrites: true);

    private string DigestOfDoors() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_places.HubDoors)));

    private bool IsOwn(string path) => Text(path)?.StartsWith(HubConfiguration.FirstLine(office.Keys.Connection), StringComparison.Ordinal) == true;

    /// <summary>Writes the copy with the owner, group and rights of the one before.</summary>
    private bool Copy(string target)
    {
        string unfinished = target + ".part";
        try
        {
            File.Copy(_places.HubDoors, unfinished, overwrite: true);
            string like = File.Exists(target) ? target : Path.Combine(office.Identity.Files, "hub.conf");
            File.SetUnixFileMode(unfinished, File.GetUnixFileMode(like));
            if (Libc.IsRoot && Libc.Stat(like) is { } owner)
                Libc.ChangeOwner(unfinished, owner.Owner, owner.Group);
            File.Move(unfinished, target, overwrite: true);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int? RunningProcess(string store) =>
        Text(Path.Combine(store, "hub.pid")) is { } text && int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && Text($"/proc/{process}/comm")?.Trim() == "nats-server" ? process : null;

    private static string? Text(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void WriteIfOther(string path, string text)
    {
        if (Text(path) != text)
            OfficeFile.Write(path, Encoding.UTF8.GetBytes(text), overwrites: true);
    }
}
