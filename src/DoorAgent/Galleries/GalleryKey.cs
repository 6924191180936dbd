using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The key with which a gallery is sealed.</summary>
internal static class GalleryKey
{
    /// <summary>Returns the id of the key with which a gallery is sealed; null for an open gallery, and without one. Needs no key.</summary>
    /// <exception cref="UserErrorException">The file cannot be used; the message says why and what to do.</exception>
    public static string? IdOf(string path)
    {
        using SqliteConnection? connection = GalleryDatabase.OpenIfAny(path);
        return connection is null ? null
            : GalleryDatabase.Reading(path, () => Sqlite.Scalar(connection, "SELECT key_id FROM main.gallery") as string);
    }
}
