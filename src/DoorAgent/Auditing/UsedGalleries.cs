using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>A gallery that a door has used.</summary>
/// <param name="Head">The state of the file.</param>
/// <param name="Time">When the door used it first, in UTC as text.</param>
/// <param name="IsAnchored">Whether the anchor says so; otherwise the journal does.</param>
internal sealed record UsedGallery(GalleryHead Head, string Time, bool IsAnchored);

/// <summary>
/// The newest galleries that a door has used, as its journal and its anchor keep them. The journal has every one at once; the anchor
/// follows within seconds and cannot be changed by the daemon's user. Rows of the journal carry a mac, so that somebody without the key
/// can remove rows and not make others; where rows are gone, the chained record of the newest loaded gallery still names its revision.
/// </summary>
/// <param name="journal">Path of the journal.</param>
/// <param name="anchor">The anchor; null for a data directory without one.</param>
/// <param name="keys">The keys that this process may use.</param>
internal sealed class UsedGalleries(string journal, Anchor? anchor, KeyRing keys)
{
    private const int FirstFormat = 4;
    private const string Purpose = "used galleries";

    /// <summary>Returns those of a door.</summary>
    public static UsedGalleries Of(Places places, KeyRing keys) => new(places.JournalFile, Anchor.Of(places), keys);

    /// <summary>Why the anchor could not be read the last time; null when it could, or there is none.</summary>
    public string? AnchorFault { get; private set; }

    /// <summary>Returns the newest used galleries: of the journal and of the anchor, where they have one.</summary>
    /// <exception cref="UserErrorException">The journal cannot be used; the message says what to do.</exception>
    public IReadOnlyList<UsedGallery> Newest() => WithJournal(connection =>
        Known(connection) is var known && Loaded(connection) is { } loaded && known.All(used => used.Head.Revision < loaded.Head.Revision)
            ? [.. known, loaded] : known);

    /// <summary>Compares a gallery with the newest used ones.</summary>
    /// <returns>Why the gallery is not a later one, as the end of a sentence that begins with the gallery; null when it is the same or a
    /// later one, and where nothing is known.</returns>
    /// <exception cref="UserErrorException">The journal cannot be used; the message says what to do.</exception>
    public string? FaultOf(GalleryHead found) => WithJournal(connection => Known(connection)
        .Select(used => RollbackRule.FaultOf(found, used.Head, (before, now) => IsRotation(connection, before, now)) is { } fault
            ? $"{fault} (by the {(used.IsAnchored ? "anchor" : "journal")}, {used.Time})" : null)
        .FirstOrDefault(fault => fault is not null) ?? (Loaded(connection) is { } loaded && found.Revision < loaded.Head.Revision
            ? $"{RollbackRule.FaultOf(found, loaded.Head, (_, _) => true)} (by a record of the journal, {loaded.Time})" : null));

    /// <summary>Returns when the journal says that a gallery was used first, in UTC as text; null where the journal does not know
    /// it.</summary>
    /// <exception cref="UserErrorException">The journal cannot be used; the message says what to do.</exception>
    public string? TimeOf(GalleryHead gallery) => WithJournal(connection => connection is null ? null : Sqlite.Scalar(connection,
        "SELECT time FROM gallery_used WHERE revision = $revision AND mark = $mark ORDER BY id DESC LIMIT 1",
        ("$revision", gallery.Revision), ("$mark", gallery.Mark)) as string);

    /// <summary>Adds a used gallery to an open journal.</summary>
    /// <param name="connection">The journal.</param>
    /// <param name="head">The gallery.</param>
    /// <param name="now">The time.</param>
    /// <param name="key">The door's key; null without one.</param>
    public static void Insert(SqliteConnection connection, GalleryHead head, DateTimeOffset now, DoorKey? key)
    {
        if (JournalSchema.Format(connection) < FirstFormat)
            return;
        string time = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        Sqlite.Run(connection, "INSERT INTO gallery_used (id, revision, mark, digest, key, time, mac) "
            + "SELECT ifnull(max(id), 0) + 1, $revision, $mark, $digest, $key, $time, $mac FROM gallery_used",
            ("$revision", head.Revision), ("$mark", head.Mark),
            ("$digest", head.Digest), ("$key", head.KeyId), ("$time", time), ("$mac", key is null ? null : MacOf(head, time, key)));
    }

    private List<UsedGallery> Known(SqliteConnection? connection)
    {
        List<UsedGallery> known = [];
        if (connection is not null && NewestIn(connection) is { } recorded)
            known.Add(recorded);
        if (ReadAnchor() is { Gallery: { } anchored } head)
            known.Add(new UsedGallery(anchored, head.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), IsAnchored: true));
        return known;
    }

    // Without the mark of the gallery: the record names the revision only.
    private UsedGallery? Loaded(SqliteConnection? connection) =>
        connection is not null && LoadedGallery.NewestIn(connection, keys) is var (_, revision, time)
            ? new UsedGallery(new GalleryHead(revision, ""), time, IsAnchored: false) : null;

    // Only root can have damaged the anchor. The door then goes by its journal, and says so.
    private DoorHead? ReadAnchor()
    {
        try
        {
            AnchorFault = null;
            return anchor?.Read();
        }
        catch (UserErrorException fault)
        {
            AnchorFault = fault.Message;
            return null;
        }
    }

    // The greatest revision, not the last row: an older gallery that is accepted gets a greater one. A row that is not proven counts where
    // no other one is there, as after a change of the key.
    private UsedGallery? NewestIn(SqliteConnection connection)
    {
        using SqliteCommand command = Sqlite.Command(connection,
            "SELECT revision, mark, digest, key, time, mac FROM gallery_used ORDER BY revision DESC, id DESC");
        using SqliteDataReader row = command.ExecuteReader();
        UsedGallery? unproven = null;
        while (row.Read())
        {
            UsedGallery used = new(new GalleryHead(row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2),
                row.IsDBNull(3) ? null : row.GetString(3)), row.GetString(4), IsAnchored: false);
            byte[]? mac = row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5);
            if (keys.Newest is null || mac is not null && keys.All.Any(key => CryptographicOperations.FixedTimeEquals(
                mac, MacOf(used.Head, used.Time, key))))
                return used;
            unproven ??= used;
        }

        return unproven;
    }

    private static bool IsRotation(SqliteConnection? connection, string before, string now) => connection is not null
        && Sqlite.Number(connection, """
            SELECT count(*) FROM journal_key WHERE key = $now AND endorsement IS NOT NULL
                AND since >= (SELECT min(since) FROM journal_key WHERE key = $before)
            """, ("$before", before), ("$now", now)) > 0;

    private T WithJournal<T>(Func<SqliteConnection?, T> read) => JournalFile.Reading(journal, () =>
    {
        using SqliteConnection? connection = JournalFile.OpenIfAny(journal);
        return read(connection is null || JournalSchema.Format(connection) < FirstFormat ? null : connection);
    });

    private static byte[] MacOf(GalleryHead head, string time, DoorKey key) => HMACSHA256.HashData(key.Derive(Purpose),
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head.Revision} {head.Mark} {head.Digest} {head.KeyId} {time}")));
}
