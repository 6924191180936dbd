using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Asks a gallery which encoder it was made with.</summary>
internal static class GalleryEncoder
{
    /// <summary>Catalogue id; null where there is no gallery, or nobody in it.</summary>
    /// <exception cref="UserErrorException">The file cannot be used.</exception>
    public static string? Of(string path)
    {
        using SqliteConnection? connection = GalleryDatabase.OpenIfAny(path);
        return connection is null ? null : GalleryDatabase.Reading(path, () => GalleryRows.ReadEncoder(connection)?.Name);
    }
}
