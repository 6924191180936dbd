using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Fuzz.Targets;

/// <summary>A small gallery of our own, with a row in every table.</summary>
internal static class MadeGallery
{
    private const int Dimension = 16;

    public static EncoderIdentity Encoder { get; } = new("made", new string('a', 64), 1, Dimension);

    /// <summary>Writes the gallery as a file and returns its bytes.</summary>
    /// <param name="name">Name of the file in the <see cref="ScratchFolder"/>.</param>
    public static byte[] Write(string name)
    {
        ScratchFolder.DeleteDatabase(name);
        string path = ScratchFolder.File(name);
        using (GalleryFile file = new(path, new SteppedTime()))
        {
            file.AddPerson(PersonName.Parse("anna"), false, Badge.Of("H10301", 12, 1), Encoder, [Picture(0, 1), Picture(0.4, 2)]);
            file.AddPerson(PersonName.Parse("bert"), true, Badge.Of("H10301", 12, 2), Encoder, [Picture(1.5, 3)]);
            file.SetPin("anna", Pin.Parse("4711"), isDuress: false);
            file.SetValidity("bert", ValidityLimit.Until, ValidityDate.Parse("2026-12-31"));
        }

        return SmallDatabase.Read(path);
    }

    /// <summary>Reads a gallery in every way in which commands and the daemon read it.</summary>
    public static void ReadAll(string path)
    {
        using GalleryFile file = GalleryFile.OpenToRead(path);
        Gallery read = file.Read(file.Encoder ?? Encoder);
        BrokenPromiseException.Unless(read.Vectors.Length == read.EncodingCount * read.Dimension,
            "A gallery has other vectors than it says.");
        foreach (PersonEntry person in file.People)
            _ = (file.PicturesOf(person.Name), file.PinOf(person.Name), file.CropsOf(person.Name));
        foreach (NumberedBadge badge in file.NumberedBadges)
            BrokenPromiseException.Unless(Badge.TryParse(badge.Badge.Number) == badge.Badge, "A badge is not in its canonical form.");
        file.Query(connection => ArchivedPeople.Read(connection, path));
    }

    private static EnrolledPicture Picture(double angle, byte digest)
    {
        float[] vector = new float[Dimension];
        (vector[0], vector[1]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
        return new EnrolledPicture([.. Enumerable.Repeat(digest, 32)], 1, FaceEncoding.Normalised(vector));
    }
}

/// <summary>Databases with pages of 512 bytes and without a write-ahead log: mutations hit more of them.</summary>
internal static class SmallDatabase
{
    public static byte[] Read(string path)
    {
        using (SqliteConnection connection = Open(path))
            Sqlite.Run(connection, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM;");
        return File.ReadAllBytes(path);
    }

    /// <summary>Opens a database as another program would, without any check.</summary>
    public static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
