using System.Security.Cryptography;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>One change of a gallery: one transaction with a new revision, mark and digest.</summary>
internal static class GalleryTransaction
{
    /// <summary>Runs a change.</summary>
    /// <param name="connection">The gallery, opened for writing.</param>
    /// <param name="path">Path of the gallery, for messages.</param>
    /// <param name="time">The clock.</param>
    /// <param name="change">Writes the rows, and returns whether there is anything to keep; otherwise the gallery stays as it is.</param>
    /// <returns>Why the earlier content is still in the log of a gallery that was changed; null where it is not.</returns>
    /// <exception cref="UserErrorException">The change failed; nothing was written.</exception>
    public static string? Run(GalleryConnection connection, string path, TimeProvider time, Func<bool> change) => GalleryDatabase.Guard(path, () =>
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        connection.Verify();
        GallerySchema.Upgrade(connection);
        if (!change())
            return null;
        GalleryCrops.DeleteExpired(connection, time.GetUtcNow());
        Sqlite.Run(connection, "UPDATE gallery SET revision = revision + 1, mark = $mark", ("$mark", RandomNumberGenerator.GetBytes(GalleryRows.MarkBytes)));
        GalleryDigest.Renew(connection, connection.Seal);
        transaction.Commit();
        return GalleryDatabase.WhyLogIsKept(connection, path);
    });
}
