using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// Issues ids for people, badges and encodings. No id is issued twice: records and lockouts refer to people by id, and a later person with
/// the same id would inherit both. The gallery stores the largest id that it has issued. A person's id is also at least the number of
/// seconds since the start of 2026, so that a new gallery, or one restored from an older copy, does not issue ids that records know.
/// </summary>
internal static class GalleryIds
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Issues an id for a new person.</summary>
    public static long OfPerson(SqliteConnection connection, DateTimeOffset now) =>
        Issue(connection, "person", 1, (long)(now - Beginning).TotalSeconds);

    /// <summary>Issues an id for a new badge.</summary>
    public static long OfBadge(SqliteConnection connection) => Issue(connection, "badge", 1);

    /// <summary>Issues an id for a new encoding.</summary>
    public static long OfEncoding(SqliteConnection connection) => Issue(connection, "encoding", 1);

    /// <summary>Issues consecutive ids of a table.</summary>
    /// <returns>The first id.</returns>
    public static long Issue(SqliteConnection connection, string table, long count, long floor = 0) =>
        1 - count + Sqlite.Number(connection, $"""
        UPDATE main.gallery SET last_{table} = max(last_{table}, (SELECT ifnull(max(id), 0) FROM main.{table}), $floor) + $count
        RETURNING last_{table}
        """, ("$floor", floor), ("$count", count));
}
