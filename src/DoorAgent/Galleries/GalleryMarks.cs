using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>A mark of a person that an operator sets alone.</summary>
internal enum PersonMark
{
    /// <summary>The person may enter during a lockdown.</summary>
    Lockdown,

    /// <summary>The person enters only together with a second person.</summary>
    TwoPerson,
}

/// <summary>Reads and writes the marks of people (<see cref="PersonMark"/>), and carries them over an import.</summary>
internal static class GalleryMarks
{
    private const string All = "lockdown, two_person, escorted";

    /// <summary>The columns for lockdown, two people and escort in a query of the table person; a gallery of an older format has
    /// none of the marks.</summary>
    public static string Columns(SqliteConnection connection) => AreIn(connection, "main") ? All : "0, 0, 0";

    /// <summary>Sets or removes a mark.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or the person belongs to the fleet.</exception>
    public static void Set(GalleryFile gallery, string name, PersonMark mark, bool isSet)
    {
        GalleryOrigin.RequireLocal(gallery, name);
        long person = gallery.Person(name).Id;
        string column = mark == PersonMark.Lockdown ? "lockdown" : "two_person";
        gallery.Change((connection, _) => Sqlite.Run(connection, $"UPDATE person SET {column} = $set WHERE id = $id",
            ("$set", isSet ? 1 : 0), ("$id", person)));
    }

    /// <summary>Whether the format of the gallery, or of the one that is attached, has marks.</summary>
    public static bool AreIn(SqliteConnection connection, string schema) =>
        Sqlite.Number(connection, $"PRAGMA {schema}.user_version") >= GallerySchema.FirstWithEscorts;

    /// <summary>Deletes a person who is replaced by an import, and returns their id with their marks; null where nobody has the
    /// name.</summary>
    public static (long Id, long[] Marks)? Take(SqliteConnection connection, string key)
    {
        using SqliteCommand command = Sqlite.Command(connection, $"DELETE FROM main.person WHERE name_key = $key RETURNING id, {All}",
            ("$key", key));
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), [row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)]) : null;
    }

    /// <summary>Gives a person marks again that the imported row does not have: from an archive of an older format a visitor would come
    /// back as somebody who enters alone.</summary>
    public static void Restore(SqliteConnection connection, long person, long[] marks) => Sqlite.Run(connection,
        $"UPDATE main.person SET ({All}) = ($lockdown, $two, $escorted) WHERE id = $id",
        ("$lockdown", marks[0]), ("$two", marks[1]), ("$escorted", marks[2]), ("$id", person));
}
