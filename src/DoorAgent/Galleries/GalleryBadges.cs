using System.Text;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>Writes the badges of a gallery, within a change.</summary>
internal static class GalleryBadges
{
    /// <summary>Runs a statement on one badge, which the parameter $badge names in the column lookup.</summary>
    /// <exception cref="UserErrorException">Nobody has that badge, or the owner belongs to the fleet.</exception>
    public static void Run(GalleryConnection connection, Badge badge, string sql, params (string, object?)[] parameters)
    {
        GalleryOrigin.RequireLocal(connection, OwnerOf(connection, badge));
        if (Sqlite.Run(connection, sql, [.. parameters, ("$badge", connection.Seal.Lookup(badge))]) == 0)
            throw Unknown(badge);
    }

    /// <summary>Sets the state of a person's badge by the numbers of their rows, for those who do not know the badge's number.</summary>
    /// <exception cref="UserErrorException">The person has no such badge, or belongs to the fleet.</exception>
    public static void SetState(GalleryConnection connection, long person, long badge, BadgeState state)
    {
        GalleryOrigin.RequireLocal(connection, person);
        if (Sqlite.Run(connection, "UPDATE badge SET state = $state WHERE id = $badge AND person = $person",
            ("$state", BadgeStateText.Of(state)), ("$badge", badge), ("$person", person)) == 0)
            throw new UserErrorException("The person has no such badge.");
    }

    /// <summary>Returns the number of the person who has a badge.</summary>
    /// <exception cref="UserErrorException">Nobody has that badge, or the key is missing.</exception>
    public static long OwnerOf(GalleryConnection connection, Badge badge) =>
        Sqlite.Scalar(connection, $"SELECT person FROM badge WHERE {ColumnOf(connection)} = $badge", ("$badge", connection.Seal.Lookup(badge)))
            as long? ?? throw Unknown(badge);

    /// <summary>Refuses a badge that somebody has.</summary>
    /// <exception cref="UserErrorException">The badge is taken; the message says by whom.</exception>
    public static void RequireFree(GalleryConnection connection, Badge badge)
    {
        if (Sqlite.Scalar(connection, $"SELECT p.name FROM badge b JOIN person p ON p.id = b.person WHERE b.{ColumnOf(connection)} = $badge",
                ("$badge", connection.Seal.Lookup(badge))) is string owner)
        {
            throw new UserErrorException($"The badge {badge} belongs to {owner}. A badge opens for one person; "
                + "remove it there first ('dooragent badges remove').");
        }
    }

    /// <summary>Gives a person a badge.</summary>
    /// <exception cref="UserErrorException">Somebody already has the badge.</exception>
    public static void Insert(GalleryConnection connection, Badge badge, long person, string now)
    {
        RequireFree(connection, badge);
        long id = GalleryIds.OfBadge(connection);
        GallerySeal seal = connection.Seal;
        Sqlite.Run(connection, """
            INSERT INTO badge (id, person, number, lookup, hint, added) VALUES ($id, $person, $number, $lookup, $hint, $now)
            """, ("$id", id), ("$person", person), ("$number", seal.Close(Encoding.UTF8.GetBytes(badge.Number), IdentityOf(person, id))),
            ("$lookup", seal.Lookup(badge)), ("$hint", badge.Hint), ("$now", now));
    }

    /// <summary>Opens a stored badge number.</summary>
    /// <param name="connection">The gallery.</param>
    /// <param name="seal">The gallery's seal.</param>
    /// <param name="stored">The number as it is stored.</param>
    /// <param name="person">Row id of the owner.</param>
    /// <param name="badge">Row id of the badge.</param>
    /// <exception cref="UserErrorException">The seal is broken.</exception>
    public static string Number(GalleryConnection connection, GallerySeal seal, ReadOnlySpan<byte> stored, long person, long badge) =>
        Encoding.UTF8.GetString(connection.Open(seal, stored, SealedIdentity.Write(stackalloc byte[SealedIdentity.MostBytes],
            SealedColumn.Badge, person, badge, [], 0, [])));

    // A gallery that was not upgraded yet is open, and has the number only.
    private static string ColumnOf(GalleryConnection connection) =>
        Sqlite.Number(connection, "PRAGMA user_version") < GallerySchema.FirstWithSeals ? "number" : "lookup";

    private static UserErrorException Unknown(Badge badge) =>
        new($"Nobody has the badge {badge}. 'dooragent badges list' shows the known badges.");

    private static byte[] IdentityOf(long person, long badge) => SealedIdentity.Of(SealedColumn.Badge, person, badge);
}
