using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>When badges were last presented, from a journal.</summary>
/// <param name="Since">The time of the journal's earliest record; null for an empty journal.</param>
/// <param name="Last">The last time by person (row id in the gallery) and badge as logs show it. Two badges of one person with the same
/// last digits count as one.</param>
internal sealed record BadgeUse(DateTimeOffset? Since, IReadOnlyDictionary<(long Person, string Badge), DateTimeOffset> Last)
{
    // The Julian day of the beginning of 1970.
    private const double UnixEpoch = 2440587.5;

    /// <summary>Reads a journal, also one that a running door writes.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, not a journal, of a newer format or cannot be read; the message
    /// says what to do.</exception>
    public static BadgeUse Read(string path) => JournalFile.Reading(path, () =>
    {
        using SqliteConnection connection = JournalFile.OpenToRead(path);
        // The recorded times have different offsets, so that they are compared as instants and not as text.
        DateTimeOffset? since = Sqlite.Scalar(connection, "SELECT min(julianday(time)) FROM event") is double first ? Moment(first) : null;
        Dictionary<(long, string), DateTimeOffset> last = [];
        using SqliteCommand command = Sqlite.Command(connection, """
            SELECT person, badge, max(julianday(time)) FROM event WHERE person IS NOT NULL AND badge IS NOT NULL GROUP BY person, badge
            """);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            // A record whose time cannot be read says nothing about when.
            if (!row.IsDBNull(2))
                last[(row.GetInt64(0), row.GetString(1))] = Moment(row.GetDouble(2));
        }

        return new BadgeUse(since, last);
    });

    private static DateTimeOffset Moment(double julianDay) => DateTimeOffset.UnixEpoch.AddDays(julianDay - UnixEpoch);
}
