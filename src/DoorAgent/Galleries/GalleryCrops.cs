using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Settings;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// The kept faces of a gallery: for each picture one crop per alignment in the catalogue, each with the day on which it is deleted.
/// A crop without such a day is deleted at once.
/// </summary>
internal static class GalleryCrops
{
    private const string Expired = "keep_until IS NULL OR keep_until <= $now OR keep_until > $latest";

    /// <summary>Formats a moment as the gallery stores it: in UTC, so that the order of texts is the order of times.</summary>
    public static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Stores the crops that the pictures carry.</summary>
    public static void Insert(GalleryConnection connection, long person, IEnumerable<EnrolledPicture> pictures, DateTimeOffset until)
    {
        foreach (EnrolledPicture picture in pictures)
        {
            foreach (AlignedFace crop in picture.Crops)
            {
                Sqlite.Run(connection,
                    "INSERT OR REPLACE INTO crop (person, picture, alignment, png, keep_until) "
                        + "VALUES ($person, $picture, $alignment, $png, $until)",
                    ("$person", person), ("$picture", picture.Picture), ("$alignment", crop.Alignment),
                    ("$png", connection.Seal.Close(PictureFile.ToPng(crop.Picture), IdentityOf(person, picture.Picture, crop.Alignment))),
                    ("$until", Text(until)));
            }
        }
    }

    /// <summary>Shortens the time for which a person's crops are kept to <paramref name="latest"/>; null deletes them.</summary>
    public static void Limit(SqliteConnection connection, long person, DateTimeOffset? latest) => Sqlite.Run(connection,
        latest is null ? "DELETE FROM crop WHERE person = $person"
            : "UPDATE crop SET keep_until = min(keep_until, $latest) WHERE person = $person",
        ("$person", person), ("$latest", latest is { } until ? Text(until) : null));

    /// <summary>Reads one kept face as PNG.</summary>
    public static byte[] Read(GalleryConnection connection, long person, byte[] picture, int alignment) => connection.Open(
        (byte[])Sqlite.Scalar(connection, "SELECT png FROM crop WHERE person = $person AND picture = $picture AND alignment = $alignment",
            ("$person", person), ("$picture", picture), ("$alignment", alignment))!, IdentityOf(person, picture, alignment));

    /// <summary>Reads a person's kept face of a picture, in any alignment, as PNG; null where none is kept.</summary>
    /// <param name="connection">The gallery.</param>
    /// <param name="person">Row id of the person.</param>
    /// <param name="picture">SHA-256 of the picture file in hexadecimal.</param>
    /// <param name="now">The time; a face whose time is over is not shown.</param>
    public static byte[]? FaceOf(GalleryConnection connection, long person, string picture, DateTimeOffset now)
    {
        byte[] digest = Convert.FromHexString(picture);
        return Sqlite.Scalar(connection, "SELECT min(alignment) FROM crop WHERE person = $person AND picture = $picture AND keep_until > $now",
            ("$person", person), ("$picture", digest), ("$now", Text(now))) is long alignment
            ? Read(connection, person, digest, (int)alignment) : null;
    }

    /// <summary>Returns the identity of a kept face, for its seal.</summary>
    public static byte[] IdentityOf(long person, ReadOnlySpan<byte> picture, int alignment) =>
        SealedIdentity.Of(SealedColumn.Crop, person, alignment: alignment, picture: picture);

    /// <summary>Decodes a kept face.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are not a picture.</exception>
    public static AlignedFace Decode(byte[] png, int alignment)
    {
        Frame frame = new();
        PictureFile.Decode(png, "a kept crop", frame);
        return new AlignedFace(alignment, frame);
    }

    /// <summary>Returns how many of a person's pictures have crops, and when the last crop is deleted (UTC); null without crops.</summary>
    public static (int Pictures, string Until)? Of(SqliteConnection connection, string name)
    {
        using SqliteCommand command = Sqlite.Command(connection,
            "SELECT count(DISTINCT picture), max(keep_until) FROM crop WHERE person = (SELECT id FROM person WHERE name_key = $key)",
            ("$key", PersonName.KeyOf(name)));
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() && row.GetInt32(0) > 0 ? (row.GetInt32(0), row.IsDBNull(1) ? "now" : row.GetString(1)) : null;
    }

    /// <summary>Deletes expired crops from a gallery file; does nothing where no gallery exists.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be read or written.</exception>
    public static void DeleteExpired(string path, TimeProvider time)
    {
        using (GalleryFile? gallery = GalleryFile.OpenIfAny(path))
        {
            if (gallery?.Query(connection => Sqlite.Scalar(connection, $"SELECT 1 FROM crop WHERE {Expired}",
                Moments(time.GetUtcNow()))) is null)
                return;
        }

        using GalleryFile writing = GalleryFile.OpenToChange(path, time);
        // Every change deletes expired crops.
        writing.Change((_, _) => { });
    }

    /// <summary>Deletes all expired crops.</summary>
    public static void DeleteExpired(SqliteConnection connection, DateTimeOffset now) =>
        Sqlite.Run(connection, $"DELETE FROM crop WHERE {Expired}", Moments(now));

    /// <summary>A deadline beyond the longest permitted time was written by a clock that was ahead, and counts as expired. A clock that is
    /// not set cannot tell.</summary>
    private static (string, object?)[] Moments(DateTimeOffset now) =>
        [("$now", Text(now)), ("$latest", Text(now < BuildInfo.Date ? DateTimeOffset.MaxValue : now + PeopleOptions.LongestKept))];
}
