using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Support;

/// <summary>Ten thousand people who do not exist: random unit vectors, one to three each, with a badge each.</summary>
public sealed class LargeGallery : IDisposable
{
    public const int People = 10_000;

    private const int Dimension = 128;

    private readonly TempFolder _folder = new();

    public LargeGallery()
    {
        // The first person is enrolled normally; the others are written in one transaction, which saves minutes.
        Random random = new(1);
        using (GalleryFile file = new(Path, TimeProvider.System))
            file.AddPerson(PersonName.Parse(NameOf(0)), false, BadgeOf(0), Encoder, [Picture(random)]);
        using SqliteConnection connection = GalleryDatabase.OpenToWrite(Path);
        using SqliteTransaction transaction = connection.BeginTransaction();
        for (int i = 1; i < People; i++)
            Insert(connection, i, random);
        Sqlite.Run(connection, "UPDATE gallery SET revision = revision + 1");
        transaction.Commit();
    }

    internal static EncoderIdentity Encoder { get; } = new("made", new string('a', 64), 1, Dimension);

    public string Path => System.IO.Path.Combine(_folder.Path, "gallery.db");

    public static string NameOf(int number) => $"Person {number:00000}";

    internal static Badge BadgeOf(int number) => Badge.Of("H10301", 12, (ulong)number);

    internal static FaceEncoding Random(Random random)
    {
        float[] vector = new float[Dimension];
        for (int i = 0; i < Dimension; i += 2)
        {
            // The Box-Muller transform: the vectors have no preferred direction.
            double length = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), angle = 2 * Math.PI * random.NextDouble();
            (vector[i], vector[i + 1]) = ((float)(length * Math.Cos(angle)), (float)(length * Math.Sin(angle)));
        }

        return FaceEncoding.Normalised(vector);
    }

    public void Dispose() => _folder.Dispose();

    private static void Insert(SqliteConnection connection, int number, Random random)
    {
        const string when = "2026-03-01T08:00:00Z";
        Badge badge = BadgeOf(number);
        Sqlite.Run(connection, "INSERT INTO person (id, name, name_key, added) VALUES ($id, $name, $key, $when)",
            ("$id", number + 1), ("$name", NameOf(number)), ("$key", PersonName.KeyOf(NameOf(number))), ("$when", when));
        Sqlite.Run(connection, "INSERT INTO badge (person, number, lookup, hint, added) VALUES ($id, $number, $number, $hint, $when)",
            ("$id", number + 1), ("$number", System.Text.Encoding.UTF8.GetBytes(badge.Number)), ("$hint", badge.Hint), ("$when", when));
        for (int k = 0; k <= number % 3; k++)
        {
            EnrolledPicture picture = Picture(random);
            Sqlite.Run(connection, "INSERT INTO encoding (person, encoder, picture, quality, vector, added) VALUES ($id, 1, $picture, "
                + "1, $vector, $when)",
                ("$id", number + 1), ("$picture", picture.Picture), ("$vector", Bytes(picture.Encoding)), ("$when", when));
        }
    }

    private static EnrolledPicture Picture(Random random)
    {
        FaceEncoding encoding = Random(random);
        return new EnrolledPicture(SHA256.HashData(Bytes(encoding)), 1, encoding);
    }

    private static byte[] Bytes(FaceEncoding encoding) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(encoding.Vector).ToArray();
}
