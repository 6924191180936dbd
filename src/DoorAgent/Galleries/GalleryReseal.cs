using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Moves all values of a gallery from one seal to another, in one transaction: killed at any point, the gallery has the old seal or
/// the new one. Afterwards the file is written again without free pages, and its log is emptied.</summary>
internal static class GalleryReseal
{
    /// <summary>Seals a gallery with another key.</summary>
    /// <param name="path">Path of the gallery.</param>
    /// <param name="from">The key with which the gallery is sealed.</param>
    /// <param name="to">The key with which it is sealed afterwards.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Receives the share that is done, 0 to 1.</param>
    /// <returns>Whether there was something to do: not without a gallery, nor for one that is open or has the key already.</returns>
    /// <exception cref="UserErrorException">The gallery is sealed with a third key, a seal is broken, or SQLite failed; the gallery is
    /// unchanged.</exception>
    public static bool Run(string path, DoorKey from, DoorKey to, TimeProvider time, IProgress<double>? progress = null)
    {
        if (!Permission.IsReadable(path))
            return false;
        using GalleryConnection connection = GalleryDatabase.OpenToWrite(path, new KeyRing([to, from], null));
        return GalleryDatabase.Reading(path, () =>
        {
            // A new key would make an older gallery as good as the newest one.
            if (connection.KeyId is { } now && now != to.Id)
                GalleryRollback.Require(connection);
            using (SqliteTransaction transaction = connection.BeginTransaction(deferred: false))
            {
                if (connection.KeyId is not { } id || id == to.Id)
                    return false;
                using GallerySeal target = new(to);
                Move(connection, connection.Seal, target, time, progress);
                transaction.Commit();
            }

            Clean(connection, path);
            return true;
        });
    }

    /// <summary>Moves all values within a transaction, with a new digest. Revision and mark stay, because the content does: whoever prepared a
    /// change finds the gallery unchanged.</summary>
    public static void Move(GalleryConnection connection, GallerySeal from, GallerySeal to, TimeProvider time,
        IProgress<double>? progress = null)
    {
        GallerySchema.Upgrade(connection);
        GalleryCrops.DeleteExpired(connection, time.GetUtcNow());
        MoveValues(connection, from, to, progress);
        Sqlite.Run(connection, "UPDATE gallery SET key_id = $key, digest = NULL", ("$key", to.KeyId));
        GalleryDigest.Renew(connection, to);
    }

    private static void MoveValues(GalleryConnection connection, GallerySeal from, GallerySeal to, IProgress<double>? progress)
    {
        long total = SealedColumn.All.Sum(one => Sqlite.Number(connection, $"SELECT count({one.Column}) FROM {one.Table}")), done = 0;
        using SealMove move = new(connection, from, to, () => progress?.Report((double)++done / total));
        foreach (SealedColumn one in SealedColumn.All)
        {
            string identity = one.Identity("main"), lookup = one.Table == "badge" ? $", lookup = lookup(plain(t.number, {identity}))" : "";
            move.Run(() => Sqlite.Run(connection, $"""
                UPDATE {one.Table} AS t SET {one.Column} = closed(plain(t.{one.Column}, {identity}), {identity}){lookup}
                WHERE t.{one.Column} IS NOT NULL
                """));
        }
    }

    /// <summary>Writes the file again without free pages and empties its log, so that no byte of an earlier value is left.</summary>
    public static void Clean(SqliteConnection connection, string path)
    {
        Sqlite.Run(connection, "VACUUM");
        GalleryDatabase.EmptyLog(connection, path);
    }
}
