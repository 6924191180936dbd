using Microsoft.Data.Sqlite;

namespace DoorAgent.EndToEnd;

/// <summary>The disk of a door was in another machine, whose user has no key, or has an older copy: what was changed there is found by the
/// next start.</summary>
public sealed class ChangedDataTests
{
    private const string Denied = "Denied GalleryMissing";

    [Slow]
    [Fact]
    public void AGalleryChangedOnAnotherMachineOpensNothing()
    {
        using Door door = new();
        door.EnrolAdam();
        string gallery = Path.Combine(door.Data, "gallery.db"), older = gallery + ".older", newest = gallery + ".newest";
        File.Copy(gallery, older);
        using (Daemon first = door.Start())
        {
            first.WaitFor("Gallery loaded");
            Assert.Equal(0, door.Run("people", "disable", "adam").ExitCode);
            first.WaitFor("Gallery loaded");
            Stop(first);
        }

        File.Copy(gallery, newest);
        File.Copy(older, gallery, overwrite: true);
        Assert.Matches("has revision [0-9]+, and revision [0-9]+ was in use", Try(door, "OLDER GALLERY REFUSED", Denied));

        File.Copy(newest, gallery, overwrite: true);
        Change(gallery, "UPDATE person SET enabled = 1; UPDATE gallery SET revision = revision + 1");
        Assert.Contains("by somebody without the door's key", Try(door, "GALLERY REFUSED", Denied), StringComparison.Ordinal);

        File.Copy(newest, gallery, overwrite: true);
        Try(door, "Gallery loaded", "Denied PersonDisabled");
    }

    [Slow]
    [Fact]
    public void RecordsAndSettingsChangedOnAnotherMachineAreReportedByTheNextStart()
    {
        using Door door = new();
        door.EnrolAdam();
        using (Daemon first = door.Start())
        {
            first.WaitFor("Gallery loaded");
            first.Type($"badge {Door.AdamsBadge}");
            first.WaitFor("Granted");
            first.WaitFor("Relay on");
            first.Kill();
            first.WaitForExit();
        }

        Change(Path.Combine(door.Data, "journal.db"),
            "DROP TRIGGER event_keeps; UPDATE event SET person = 77 WHERE kind = 'Granted'");
        File.WriteAllText(door.ConfigFile, File.ReadAllText(door.ConfigFile).Replace("\"30 s\" }\n}", "\"29 s\" }\n}",
            StringComparison.Ordinal));
        using Daemon next = door.Start();
        next.WaitFor("JOURNAL ALTERED");
        next.WaitFor("the settings are not those of the last start");
        next.WaitFor("Started");
    }

    /// <summary>Starts the door, shows adam's badge before adam, and returns what the door said of its data.</summary>
    private static string Try(Door door, string data, string decision)
    {
        using Daemon daemon = door.Start();
        string said = daemon.WaitFor(data);
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor(decision);
        Stop(daemon);
        return said;
    }

    private static void Stop(Daemon daemon)
    {
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
    }

    private static void Change(string database, string sql)
    {
        using SqliteConnection connection = new($"Data Source={database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
