using DoorAgent.Hardware.Badges;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Writes the badges of a gallery, within a change.</summary>
internal static class GalleryBadges
{
    /// <summary>Runs a statement on one badge, which the parameter $number names.</summary>
    /// <exception cref="UserErrorException">Nobody has that badge.</exception>
    public static void Run(SqliteConnection connection, Badge badge, string sql, params (string, object?)[] parameters)
    {
        if (Sqlite.Run(connection, sql, [.. parameters, ("$number", Bytes(badge))]) == 0)
            throw new UserErrorException($"Nobody has the badge {badge}. 'dooragent badges list' shows the known badges.");
    }

    /// <summary>Refuses a badge that somebody has.</summary>
    /// <exception cref="UserErrorException">The badge is taken; the message says by whom.</exception>
    public static void RequireFree(SqliteConnection connection, Badge badge)
    {
        if (Sqlite.Scalar(connection, "SELECT p.name FROM badge b JOIN person p ON p.id = b.person WHERE b.number = $number",
                ("$number", Bytes(badge))) is string owner)
        {
            throw new UserErrorException($"The badge {badge} belongs to {owner}. A badge opens for one person; "
                + "remove it there first ('dooragent badges remove').");
        }
    }

    /// <summary>Gives a person a badge.</summary>
    /// <exception cref="UserErrorException">Somebody already has the badge.</exception>
    public static void Insert(SqliteConnection connection, Badge badge, long person, string now)
    {
        RequireFree(connection, badge);
        Sqlite.Run(connection, "INSERT INTO badge (id, person, number, hint, added) VALUES ($id, $person, $number, $hint, $now)",
            ("$id", GalleryIds.OfBadge(connection)), ("$person", person), ("$number", Bytes(badge)), ("$hint", badge.Hint), ("$now", now));
    }

    private static byte[] Bytes(Badge badge) => System.Text.Encoding.UTF8.GetBytes(badge.Number);
}
