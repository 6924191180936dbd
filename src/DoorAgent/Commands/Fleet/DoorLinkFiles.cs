using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Fleet;
using DoorAgent.Link;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Fleet;

/// <summary>The files with which a door's link connects to a fleet: section Fleet of its settings, and the certificate of the fleet's
/// authority.</summary>
/// <param name="door">The door's places.</param>
internal sealed class DoorLinkFiles(Places door)
{
    private const string Section = "Fleet", Unit = "dooragent-link.service", Systemctl = "systemctl";

    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly bool _isSystem = door.SharedSocket is not null;

    /// <summary>The link's settings.</summary>
    public string Settings => _isSystem ? LinkPlaces.SystemFile : Path.Combine(door.Data, "link.json");

    /// <summary>The certificate of the fleet's authority.</summary>
    public string Authority => _isSystem ? "/etc/dooragent/fleet-ca.pem" : Path.Combine(LinkPlaces.Of(door).State, "fleet-ca.pem");

    /// <summary>How the link of this door is run, for messages.</summary>
    public string Command => _isSystem ? "'sudo systemctl restart dooragent-link'" : $"'dooragent link --data {door.Data} --config {Settings}'";

    /// <summary>Writes certificate and settings; other settings stay.</summary>
    /// <param name="answer">The office's answer.</param>
    /// <param name="nkeyFile">File of the door's NKEY; null where it is a credential.</param>
    /// <exception cref="UserErrorException">A file cannot be written, or the settings cannot be used.</exception>
    public void Write(JoinAnswer answer, string? nkeyFile)
    {
        if (answer.Certificate is { } certificate)
            WriteAuthority(certificate);
        SettingsPlace place = new(Settings);
        SettingsDocument document = SettingsDocument.Open(Settings);
        document.Remove(Section);
        Dictionary<string, string?> values = new()
        {
            ["Hub"] = answer.Hub, ["Door"] = answer.Door, ["Group"] = answer.Group, ["CaFile"] = answer.Certificate is null ? null : Authority,
            ["NkeyFile"] = nkeyFile,
        };
        foreach ((string key, string? value) in values.Where(pair => pair.Value is not null))
            document.Set($"{Section}:{key}", value!);
        _ = document.Read();
        if (!place.Has(document.ToString()))
            place.Write(document.ToString());
        // In a data directory nobody but its owner reads a file, and a link beside it is the owner's.
        if (!_isSystem)
            File.SetUnixFileMode(Settings, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (document.HadComments)
            Console.WriteLine($"The comments in {Settings} are gone; {place.Backup} has them.");
    }

    /// <summary>Takes certificate and settings away.</summary>
    /// <exception cref="UserErrorException">A file cannot be written, or the settings cannot be used.</exception>
    public void Remove()
    {
        if (File.Exists(Settings))
        {
            SettingsPlace place = new(Settings);
            SettingsDocument document = SettingsDocument.OpenToCorrect(Settings);
            if (document.Remove(Section))
                place.Write(document.ToString());
        }

        Deleting(Authority);
    }

    /// <summary>Starts the service with the new settings, where the door has it.</summary>
    /// <returns>What remains to be done by hand, as a sentence; null where nothing does.</returns>
    public string? Restart()
    {
        if (!_isSystem || !Directory.Exists("/run/systemd/system"))
            return $"Run the link: {Command}.";
        return Run(["enable", "--quiet", Unit]) == 0 && Run(["restart", Unit]) == 0 ? null
            : $"The link does not start: 'journalctl -u {Unit} -n 20' says why. Then: {Command}.";
    }

    /// <summary>Ends a running link, or lets it go on without the fleet.</summary>
    public void Reload()
    {
        if (_isSystem && Directory.Exists("/run/systemd/system"))
            Run(["try-restart", Unit]);
    }

    private void WriteAuthority(byte[] der)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
        try
        {
            DataDirectory.Ensure(Path.GetDirectoryName(Authority)!);
            string part = Authority + ".part";
            File.WriteAllText(part, certificate.ExportCertificatePem() + "\n");
            // Nothing in it is secret, and the link's user reads it.
            File.SetUnixFileMode(part, ForAll);
            File.Move(part, Authority, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{Authority} cannot be written: {failure.Message} Run the command with sudo.", failure);
        }
    }

    private static void Deleting(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(path))
                throw new UserErrorException($"{path} cannot be deleted: {failure.Message} Run the command with sudo.", failure);
        }
    }

    private static int Run(string[] arguments)
    {
        using Process process = Process.Start(Systemctl, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
