using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Settings;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// The kept faces of a gallery: of each picture one crop for each alignment of the catalogue, each with the day on which it goes.
/// One without such a day is nobody's promise and goes at once.
/// </summary>
internal static class GalleryCrops
{
    private const string Expired = "keep_until IS NULL OR keep_until <= $now OR keep_until > $latest";

    /// <summary>A moment as the gallery writes it: UTC, so that later ones also sort later.</summary>
    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Keeps the crops that pictures carry.</summary>
    public static void Insert(SqliteConnection connection, long person, IEnumerable<EnrolledPicture> pictures, DateTimeOffset until)
    {
        foreach (EnrolledPicture picture in pictures)
        {
            foreach (AlignedFace crop in picture.Crops)
            {
                Sqlite.Run(connection, "INSERT OR REPLACE INTO crop (person, picture, alignment, png, keep_until) VALUES ($person, $picture, $alignment, $png, $until)",
                    ("$person", person), ("$picture", picture.Picture), ("$alignment", crop.Alignment), ("$png", PictureFile.ToPng(crop.Picture)), ("$until", Text(until)));
            }
        }
    }

    /// <summary>Keeps a person's crops no longer than until then; null keeps none.</summary>
    public static void Limit(SqliteConnection connection, long person, DateTimeOffset? latest) => Sqlite.Run(connection,
        latest is null ? "DELETE FROM crop WHERE person = $person" : "UPDATE crop SET keep_until = min(keep_until, $latest) WHERE person = $person",
        ("$person", person), ("$latest", latest is { } until ? Text(until) : null));

    /// <summary>One kept face, as PNG.</summary>
    public static byte[] Read(SqliteConnection connection, long person, byte[] picture, int alignment) =>
        (byte[])Sqlite.Scalar(connection, "SELECT png FROM crop WHERE person = $person AND picture = $picture AND alignment = $alignment",
            ("$person", person), ("$picture", picture), ("$alignment", alignment))!;

    /// <summary>A kept face as a picture.</summary>
    /// <exception cref="InvalidDataException">What is kept is no picture.</exception>
    public static AlignedFace Decode(byte[] png, int alignment)
    {
        Frame frame = new();
        PictureFile.Decode(png, "a kept crop", frame);
        return new AlignedFace(alignment, frame);
    }

    /// <summary>Of how many pictures of a person there are crops, and until when the last of them stays (UTC); null without any.</summary>
    public static (int Pictures, string Until)? Of(SqliteConnection connection, string name)
    {
        using SqliteCommand command = Sqlite.Command(connection,
            "SELECT count(DISTINCT picture), max(keep_until) FROM crop WHERE person = (SELECT id FROM person WHERE name_key = $key)", ("$key", PersonName.KeyOf(name)));
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() && row.GetInt32(0) > 0 ? (row.GetInt32(0), row.IsDBNull(1) ? "now" : row.GetString(1)) : null;
    }

    /// <summary>Deletes the crops whose time is over from a gallery file; touches nothing where there is none.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be read or written.</exception>
    public static void DeleteExpired(string path, TimeProvider time)
    {
        using (GalleryFile? gallery = GalleryFile.OpenIfAny(path))
        {
            if (gallery?.Query(connection => Sqlite.Scalar(connection, $"SELECT 1 FROM crop WHERE {Expired}", Moments(time.GetUtcNow()))) is null)
                return;
        }

        using GalleryFile writing = GalleryFile.OpenToChange(path, time);
        // Every change deletes them.
        writing.Change((_, _) => { });
    }

    /// <summary>Deletes every crop whose time is over.</summary>
    public static void DeleteExpired(SqliteConnection connection, DateTimeOffset now) => Sqlite.Run(connection, $"DELETE FROM crop WHERE {Expired}", Moments(now));

    /// <summary>Later than any promise is a day that a clock which was ahead has written; a clock that is not set judges none.</summary>
    private static (string, object?)[] Moments(DateTimeOffset now) =>
        [("$now", Text(now)), ("$latest", Text(now < BuildInfo.Date ? DateTimeOffset.MaxValue : now + PeopleOptions.LongestKept))];
}
