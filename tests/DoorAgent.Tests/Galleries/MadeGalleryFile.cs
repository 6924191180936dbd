using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Galleries;

/// <summary>A gallery file in a separate folder, and the changes that tests make to it.</summary>
internal sealed class MadeGalleryFile : IDisposable
{
    private readonly TempFolder _folder = new();

    public static FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public string Path => System.IO.Path.Combine(_folder.Path, "gallery.db");

    public static Badge Card(int number) => Badge.Of("H10301", 12, (ulong)number);

    public GalleryFile Open() => new(Path, Time);

    /// <summary>Opens the gallery after running a statement on its connection.</summary>
    public GalleryFile Open(string pragma)
    {
        GalleryConnection connection = GalleryDatabase.OpenToWrite(Path);
        Sqlite.Run(connection, pragma);
        return new GalleryFile(Path, Time, connection);
    }

    /// <summary>Enrols a person with one picture for each angle.</summary>
    public void Add(string name, Badge? badge, params double[] angles)
    {
        using GalleryFile file = Open();
        file.AddPerson(PersonName.Parse(name), false, badge, MadeEncodings.Encoder,
            [.. angles.Select((angle, i) => MadeEncodings.Picture(angle, (byte)(i + 1)))]);
    }

    public Gallery Read()
    {
        using GalleryFile file = GalleryFile.OpenToRead(Path);
        return file.Read(MadeEncodings.Encoder);
    }

    /// <summary>Changes the database directly.</summary>
    public void Sql(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path};Pooling=False");
        connection.Open();
        Sqlite.Run(connection, sql);
    }

    /// <summary>Returns the bytes of an encoding as stored in the file.</summary>
    public static byte[] BytesOf(FaceEncoding encoding) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(encoding.Vector).ToArray();

    public void Dispose() => _folder.Dispose();
}
