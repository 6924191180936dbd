using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// Where the people of a gallery come from. Whom the fleet brought (<c>person.origin</c>) belongs to the fleet: local changes are refused,
/// except a PIN, and a lock-out at this door alone (<c>person.disabled_here</c>), because a door may always be stricter.
/// </summary>
internal static class GalleryOrigin
{
    /// <summary>The columns for "may enter" and for the id in the fleet in a query of the table person; a gallery of an older format has
    /// nobody from a fleet.</summary>
    public static string Columns(SqliteConnection connection) => IsIn(connection) ? "enabled AND NOT disabled_here, origin" : "enabled, NULL";

    /// <summary>Whether the format of the gallery has people of a fleet.</summary>
    public static bool IsIn(SqliteConnection connection) =>
        Sqlite.Number(connection, "PRAGMA main.user_version") >= GallerySchema.FirstWithFleet;

    /// <summary>Whether the fleet brought a person.</summary>
    public static bool IsOfFleet(SqliteConnection connection, long person) => IsIn(connection)
        && Sqlite.Number(connection, "SELECT EXISTS (SELECT * FROM person WHERE id = $id AND origin IS NOT NULL)", ("$id", person)) == 1;

    /// <summary>Refuses a local change of a person whom the fleet brought.</summary>
    /// <returns>The person's row id.</returns>
    /// <exception cref="UserErrorException">The person belongs to the fleet.</exception>
    public static long RequireLocal(SqliteConnection connection, long person) => IsOfFleet(connection, person)
        ? throw OfFleet((string)Sqlite.Scalar(connection, "SELECT name FROM person WHERE id = $id", ("$id", person))!) : person;

    /// <inheritdoc cref="RequireLocal(SqliteConnection, long)"/>
    /// <param name="gallery">The gallery.</param>
    /// <param name="name">Name of the person.</param>
    public static void RequireLocal(GalleryFile gallery, string name)
    {
        if (gallery.Person(name) is { Origin: not null } person)
            throw OfFleet(person.Name);
    }

    /// <summary>Removes somebody from a copy of a gallery, whoever brought them: the fleet does not reach copies.</summary>
    public static void RemoveFromCopy(GalleryFile copy, string name)
    {
        long person = copy.Person(name).Id;
        copy.Change((connection, _) => Sqlite.Run(connection, "DELETE FROM person WHERE id = $id", ("$id", person)));
    }

    /// <summary>Returns the name of the group in the fleet; null for a door in no fleet.</summary>
    public static string? GroupOf(SqliteConnection connection) =>
        IsIn(connection) ? Sqlite.Scalar(connection, "SELECT team FROM fleet") as string : null;

    /// <summary>Returns where a person comes from, for lists: <c>fleet lab</c>, or <c>here</c>.</summary>
    /// <param name="person">The person.</param>
    /// <param name="group">The door's group; null in no fleet.</param>
    public static string Words(PersonEntry person, string? group) => person.Origin is null ? "here" : $"fleet {group}";

    /// <summary>Returns the number of people whom the fleet brought.</summary>
    public static int CountOfFleet(SqliteConnection connection) =>
        IsIn(connection) ? (int)Sqlite.Number(connection, "SELECT count(*) FROM person WHERE origin IS NOT NULL") : 0;

    /// <summary>Takes the fleet out of a gallery whose door leaves it, or out of a copy that leaves the door: its people, its keys and its
    /// records.</summary>
    public static void LeaveFleet(SqliteConnection gallery)
    {
        if (IsIn(gallery))
        {
            Sqlite.Run(gallery,
                "DELETE FROM person WHERE origin IS NOT NULL; DELETE FROM fleet; DELETE FROM fleet_record; DELETE FROM fleet_host;");
        }
    }

    /// <summary>Makes the refusal of a local change.</summary>
    public static UserErrorException OfFleet(string name) =>
        new($"{name} belongs to the fleet: change them at the office (dooragent fleet publish). At this door, 'dooragent people disable' "
            + "locks a person out, and 'dooragent people pin' sets a PIN.");

    /// <summary>Enables or disables a person: at this door alone, where the fleet brought the person.</summary>
    /// <exception cref="UserErrorException">The person is to be enabled, and the fleet has disabled them.</exception>
    public static void SetEnabled(SqliteConnection connection, long person, bool isEnabled)
    {
        if (!IsOfFleet(connection, person))
        {
            Sqlite.Run(connection, "UPDATE person SET enabled = $enabled WHERE id = $id", ("$enabled", isEnabled ? 1 : 0), ("$id", person));
            return;
        }

        if (isEnabled && Sqlite.Row(connection, "SELECT name, enabled FROM person WHERE id = $id",
                row => (Name: row.GetString(0), IsEnabled: row.GetBoolean(1)), ("$id", person)) is { IsEnabled: false, Name: var name })
            throw OfFleet(name);
        Sqlite.Run(connection, "UPDATE person SET disabled_here = $disabled WHERE id = $id",
            ("$disabled", isEnabled ? 0 : 1), ("$id", person));
    }
}
