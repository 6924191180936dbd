using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Reads and writes the consents of a gallery.</summary>
internal static class GalleryConsents
{
    /// <summary>Reads all consents, by number of the person; a gallery of an older format has none.</summary>
    /// <exception cref="UserErrorException">A consent is not in the form that this program writes.</exception>
    public static Dictionary<long, Consent> Read(SqliteConnection connection)
    {
        Dictionary<long, Consent> consents = [];
        if (Sqlite.Number(connection, "PRAGMA user_version") < GallerySchema.FirstWithRules)
            return consents;
        using SqliteCommand command = Sqlite.Command(connection, "SELECT person, date, note FROM consent");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            consents[row.GetInt64(0)] = Consent.Parse(row.GetString(1), row.GetString(2));
        return consents;
    }

    /// <summary>Sets a person's consent; null removes it.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or the person belongs to the fleet.</exception>
    public static void Set(GalleryFile gallery, string name, Consent? consent)
    {
        GalleryOrigin.RequireLocal(gallery, name);
        long person = gallery.Person(name).Id;
        gallery.Change((connection, now) =>
        {
            if (consent is null)
                Sqlite.Run(connection, "DELETE FROM consent WHERE person = $person", ("$person", person));
            else
                Sqlite.Run(connection, "INSERT OR REPLACE INTO consent (person, date, note, added) VALUES ($person, $date, $note, $now)",
                    ("$person", person), ("$date", consent.Day), ("$note", consent.Note), ("$now", now));
        });
    }
}
