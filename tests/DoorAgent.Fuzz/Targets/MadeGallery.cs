using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Fuzz.Targets;

/// <summary>A small gallery of our own, with a row in every table.</summary>
internal static class MadeGallery
{
    private const int Dimension = 16;

    public static EncoderIdentity Encoder { get; } = new("made", new string('a', 64), 1, Dimension);

    /// <summary>No key: galleries and journals are open.</summary>
    public static KeyRing NoKey { get; } = new([], null);

    /// <summary>A key that every run has.</summary>
    public static KeyRing OneKey { get; } = new([DoorKey.Of([.. Enumerable.Range(1, DoorKey.Length).Select(i => (byte)i)])], null);

    /// <summary>Writes the gallery as a file and returns its bytes.</summary>
    /// <param name="name">Name of the file in the <see cref="ScratchFolder"/>.</param>
    /// <param name="keys">The keys of the door; with one, the gallery is sealed.</param>
    public static byte[] Write(string name, KeyRing keys)
    {
        ScratchFolder.DeleteDatabase(name);
        string path = ScratchFolder.File(name);
        using (GalleryFile file = new(path, new SteppedTime(), keys))
        {
            file.AddPerson(PersonName.Parse("anna"), false, Badge.Of("H10301", 12, 1), Encoder, [Picture(0, 1), Picture(0.4, 2)]);
            file.AddPerson(PersonName.Parse("bert"), true, Badge.Of("H10301", 12, 2), Encoder, [Picture(1.5, 3)]);
            file.SetPin("anna", Pin.Parse("4711"), isDuress: false);
            file.SetValidity("bert", ValidityLimit.Until, ValidityDate.Parse("2026-12-31"));
        }

        return SmallDatabase.Read(path);
    }

    /// <summary>Reads a gallery in every way in which commands and the daemon read it.</summary>
    /// <returns>Whether the gallery is sealed, and everything that decides who comes in, as text.</returns>
    public static (bool IsSealed, string Content) ReadAll(string path, KeyRing keys)
    {
        using GalleryFile file = GalleryFile.OpenToRead(path, keys);
        Gallery read = file.Read(file.Encoder ?? Encoder);
        BrokenPromiseException.Unless(read.Vectors.Length == read.EncodingCount * read.Dimension,
            "A gallery has other vectors than it says.");
        StringBuilder content = new();
        foreach (Person person in read.People)
        {
            content.Append(CultureInfo.InvariantCulture, $"{person.Id} {person.Name} {person.IsEnabled} {person.IsExtended} ")
                .Append(CultureInfo.InvariantCulture, $"{person.Schedule} {person.ValidFrom} {person.ValidUntil} ")
                .Append(CultureInfo.InvariantCulture, $"{person.Pin is not null}\n");
        }

        foreach (PersonEntry person in file.People)
            _ = (file.PicturesOf(person.Name), file.PinOf(person.Name), file.CropsOf(person.Name), file.Badges);
        foreach (NumberedBadge badge in file.NumberedBadges)
        {
            BrokenPromiseException.Unless(Badge.TryParse(badge.Badge.Number) == badge.Badge, "A badge is not in its canonical form.");
            content.Append(CultureInfo.InvariantCulture, $"{badge.Person} {badge.Badge.Number} {badge.State}\n");
        }

        file.Query(connection => ArchivedPeople.Read(connection, path));
        content.Append(Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(read.Vectors))));
        return (file.Query(connection => connection.KeyId) is not null, $"{content}");
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
