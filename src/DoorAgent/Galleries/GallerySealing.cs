using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// Seals an open gallery as soon as the door has a key: first a sealed backup is written beside the gallery, then all values are sealed in
/// one transaction, and then the file is written again, so that no byte of a face, a badge or a PIN is left in it. Killed at any
/// point, the gallery is open as before or sealed.
/// </summary>
internal static class GallerySealing
{
    /// <summary>Name of the sealed backup beside the gallery.</summary>
    public const string BackupName = "gallery.db.before-sealing";

    /// <summary>What the backup is, for its seal.</summary>
    public const string BackupIdentity = "gallery before sealing";

    // A writer that changes the gallery between backup and transaction starts both again.
    private const int MostTries = 5;

    /// <summary>Seals the gallery if it is open and the door has a key.</summary>
    /// <param name="path">Path of the gallery; nothing happens where there is none that can be read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="keys">The keys that this process may use; null for those of the data directory.</param>
    /// <returns>Whether the gallery was sealed now.</returns>
    /// <exception cref="UserErrorException">The gallery is older than the newest one that the door has used, or cannot be used or written;
    /// the gallery is unchanged.</exception>
    public static bool RunIfDue(string path, TimeProvider time, KeyRing? keys = null)
    {
        if (!IsOpen(path))
            return false;
        using GalleryConnection connection = GalleryDatabase.OpenToWrite(path, keys);
        return RunIfDue(connection, time);
    }

    /// <inheritdoc cref="RunIfDue(string, TimeProvider, KeyRing?)"/>
    /// <param name="connection">The gallery, opened to write.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isAccepted">Whether root has accepted the gallery although it is older than the newest one in use.</param>
    public static bool RunIfDue(GalleryConnection connection, TimeProvider time, bool isAccepted = false) => GalleryDatabase.Reading(connection.Path, () =>
    {
        // An older gallery in the place of the newest one would become as good as that one.
        if (!isAccepted)
            GalleryRollback.Require(connection);
        if (connection.KeyId is not null || connection.Keys.Newest is not { } key)
            return false;
        for (int i = 0; i < MostTries; i++)
        {
            GalleryStamp stamp = GalleryRows.ReadStamp(connection);
            bool isEmpty = Sqlite.Number(connection, "SELECT NOT EXISTS (SELECT * FROM person)") == 1;
            if (!isEmpty)
                Backup(connection, key, time);
            if (!TrySeal(connection, key, stamp, time))
                continue;
            GalleryReseal.Clean(connection, connection.Path);
            return true;
        }

        throw new UserErrorException($"The gallery {connection.Path} could not be sealed, because other processes keep changing it. "
            + "Try again when they have finished.");
    });

    /// <summary>Whether a gallery can be read and is open. Only the one row with the key's id is read: whoever opens the gallery checks the
    /// rest.</summary>
    public static bool IsOpen(string path)
    {
        try
        {
            bool isOpen = false;
            if (Permission.IsReadable(path))
            {
                using SqliteConnection gallery = ReadOnlySqlite.OpenToRead(path, SqliteOpenMode.ReadWrite,
                    connection => Sqlite.Run(connection, "PRAGMA query_only = ON"));
                isOpen = Sqlite.Number(gallery, "SELECT count(*) FROM gallery WHERE key_id IS NULL") == 1;
            }

            return isOpen;
        }
        catch (Exception failure) when (failure is UserErrorException or SqliteException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TrySeal(GalleryConnection connection, DoorKey key, GalleryStamp stamp, TimeProvider time)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        if (connection.KeyId is not null)
            return true;
        if (GalleryRows.ReadStamp(connection) != stamp)
            return false;
        using GallerySeal seal = new(key);
        GalleryReseal.Move(connection, GallerySeal.None, seal, time);
        transaction.Commit();
        return true;
    }

    private static void Backup(GalleryConnection connection, DoorKey key, TimeProvider time)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(connection.Path))!, backup = Path.Combine(directory, BackupName),
            coming = backup + ".new";
        GalleryCopy.DeleteLeftovers(directory, time);
        using GalleryCopy copy = GalleryCopy.OfExport(directory);
        try
        {
            Sqlite.Run(connection, "VACUUM INTO $copy", ("$copy", copy.Path));
            DataDirectory.EnsureFile(coming);
            using (FileStream from = File.OpenRead(copy.Path))
            using (FileStream to = new(coming, FileMode.Create, FileAccess.Write))
            {
                SealedStream.Close(key, from, to, BackupIdentity);
                to.Flush(flushToDisk: true);
            }

            File.Move(coming, backup, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The gallery {connection.Path} was not sealed, because its backup {backup} could not be written: "
                + $"{failure.Message} Is there enough room, and may this user write there?", failure);
        }
        finally
        {
            File.Delete(coming);
        }
    }
}
