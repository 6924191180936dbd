using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Sealing;

/// <summary>Places of keys in a folder of the test: as on a machine with systemd, whose own key is in the folder too, or with files
/// only.</summary>
internal static class MadeKeyPlaces
{
    /// <summary>Whether this user may encrypt credentials here.</summary>
    public static bool HasSystemd => Libc.IsRoot && File.Exists("/usr/bin/systemd-creds");

    /// <summary>Returns places with a key file only.</summary>
    public static KeyPlaces OfFile(TempFolder folder)
    {
        Directory.CreateDirectory(folder.File("data"));
        return new KeyPlaces(folder.File("data"), folder.File("data.key"));
    }

    /// <summary>Returns places as on a machine with systemd; skips the test where there is none.</summary>
    public static KeyPlaces WithSystemd(TempFolder folder)
    {
        Assert.SkipUnless(HasSystemd, "needs root and systemd-creds, to encrypt credentials");
        return OfFile(folder) with
        {
            File = folder.File("etc/dooragent.key"),
            Encrypted = folder.File("credstore.encrypted/dooragent.key"),
            Plain = folder.File("credstore/dooragent.key"),
            Systemd = new SystemdCreds { IsUsable = true, HostSecret = folder.File("host.secret") },
        };
    }
}
