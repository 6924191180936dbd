using System.Globalization;
using System.Text.RegularExpressions;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// The revision that the newest record of a loaded gallery names. That record is in the chain, so that somebody who deletes rows of
/// gallery_used must delete it too, which a start or 'log verify' notices.
/// </summary>
internal static partial class LoadedGallery
{
    /// <summary>Returns the newest proven record, its revision and its time; null where there is none.</summary>
    /// <param name="journal">A journal of a format with macs.</param>
    /// <param name="keys">The keys that this process may use; without one the newest record counts as it is.</param>
    public static (long Sequence, long Revision, string Time)? NewestIn(SqliteConnection journal, KeyRing keys)
    {
        using SqliteCommand command = Sqlite.Command(journal, """
            SELECT sequence, time, detail, (SELECT mac FROM event AS earlier
                WHERE earlier.sequence < event.sequence AND length(mac) = 32 ORDER BY earlier.sequence DESC LIMIT 1)
            FROM event WHERE kind = 'GalleryLoaded' AND detail IS NOT NULL ORDER BY sequence DESC
            """);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            if (Revision().Match(row.GetString(2)) is { Success: true } words
                && IsProven(journal, row.GetInt64(0), row.IsDBNull(3) ? RecordMac.None : row.GetFieldValue<byte[]>(3), keys))
                return (row.GetInt64(0), long.Parse(words.Groups[1].ValueSpan, CultureInfo.InvariantCulture), row.GetString(1));
        }

        return null;
    }

    private static bool IsProven(SqliteConnection journal, long sequence, byte[] before, KeyRing keys)
    {
        if (keys.Newest is null)
            return true;
        using RecordRows rows = new(journal, sequence - 1, sequence);
        if (!rows.Read())
            return false;
        byte[] line = new CanonicalRecord().Of(rows.Row).ToArray(), stored = rows.Mac.ToArray(), expected = new byte[RecordMac.Length];
        return keys.All.Any(key =>
        {
            using RecordMac macs = new(RecordMac.KeyOf(key));
            macs.Of(before, line, expected);
            return stored.AsSpan().SequenceEqual(expected);
        });
    }

    [GeneratedRegex("^revision ([0-9]{1,18}),")]
    private static partial Regex Revision();
}
