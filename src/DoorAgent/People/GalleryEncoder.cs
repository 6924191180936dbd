using DoorAgent.Settings;
using Microsoft.Data.Sqlite;

namespace DoorAgent.People;

/// <summary>Asks a gallery which encoder it was made with.</summary>
internal static class GalleryEncoder
{
    /// <summary>Catalogue id; null where there is no gallery, or nobody in it.</summary>
    /// <exception cref="UserErrorException">The file cannot be used.</exception>
    public static string? Of(string path)
    {
        if (!Permission.IsThereToRead(path) || new FileInfo(path).Length == 0)
            return null;
        using SqliteConnection connection = GalleryDatabase.OpenToRead(path);
        return GalleryDatabase.Reading(path, () => GalleryRows.ReadEncoder(connection)?.Name);
    }
}
