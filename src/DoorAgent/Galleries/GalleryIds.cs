using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// Ids of people, badges and encodings: none is ever given twice, since records and lockouts name people by them, and whoever came
/// after somebody else would inherit both. The gallery counts what it has given; and a person's id is also no smaller than the seconds
/// since 2026 began, so that a gallery that begins again, or is restored from an older copy, gives none that a record knows.
/// </summary>
internal static class GalleryIds
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An id for somebody new.</summary>
    public static long OfPerson(SqliteConnection connection, DateTimeOffset now) =>
        Give(connection, "person", 1, (long)(now - Beginning).TotalSeconds);

    /// <summary>An id for a new badge.</summary>
    public static long OfBadge(SqliteConnection connection) => Give(connection, "badge", 1);

    /// <summary>An id for a new encoding.</summary>
    public static long OfEncoding(SqliteConnection connection) => Give(connection, "encoding", 1);

    /// <summary>Ids in a row, in a table that counts them.</summary>
    /// <returns>The first.</returns>
    public static long Give(SqliteConnection connection, string table, long count, long floor = 0) => 1 - count + Sqlite.Number(connection, $"""
        UPDATE main.gallery SET last_{table} = max(last_{table}, (SELECT ifnull(max(id), 0) FROM main.{table}), $floor) + $count RETURNING last_{table}
        """, ("$floor", floor), ("$count", count));
}
