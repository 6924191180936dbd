using System.Runtime.InteropServices;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>An encoding of a person, as stored.</summary>
/// <param name="Encoder">Catalogue id of the encoder.</param>
/// <param name="IsActive">Whether the gallery compares with encodings of this encoder.</param>
/// <param name="Picture">SHA-256 of the picture, lower-case hexadecimal.</param>
/// <param name="Quality">Quality of the picture, 0 to 1.</param>
/// <param name="Added">When the encoding was added, UTC.</param>
/// <param name="Vector">The numbers, a unit vector.</param>
internal sealed record StoredEncoding(string Encoder, bool IsActive, string Picture, double Quality, string Added,
    IReadOnlyList<float> Vector);

/// <summary>A kept face of a person.</summary>
/// <param name="Picture">SHA-256 of the picture that the face is from, lower-case hexadecimal.</param>
/// <param name="Alignment">Number of the alignment.</param>
/// <param name="KeepUntil">When the face is deleted, UTC; null for at once.</param>
/// <param name="Png">The face as PNG.</param>
internal sealed record StoredCrop(string Picture, int Alignment, string? KeepUntil, byte[] Png);

/// <summary>Reads every row that a gallery has of one person, of all encoders.</summary>
internal static class PersonRows
{
    public static IReadOnlyList<StoredEncoding> EncodingsOf(GalleryConnection gallery, long person) => Rows(gallery, """
        SELECT c.name, c.id = (SELECT active_encoder FROM gallery), e.picture, e.quality, e.added, e.vector, c.sha256, c.alignment
        FROM encoding e JOIN encoder c ON c.id = e.encoder WHERE e.person = $person ORDER BY e.id
        """, person, row => new StoredEncoding(row.GetString(0), !row.IsDBNull(1) && row.GetBoolean(1), Hex(row, 2), row.GetDouble(3),
            row.GetString(4), MemoryMarshal.Cast<byte, float>(gallery.Open(row.GetFieldValue<byte[]>(5), SealedIdentity.Of(
                SealedColumn.Encoding, person, 0, row.GetFieldValue<byte[]>(6), row.GetInt32(7), row.GetFieldValue<byte[]>(2)))).ToArray()));

    public static IReadOnlyList<StoredCrop> CropsOf(GalleryConnection gallery, long person) => Rows(gallery,
        "SELECT picture, alignment, keep_until, png FROM crop WHERE person = $person ORDER BY picture, alignment", person,
        row => new StoredCrop(Hex(row, 0), row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2),
            gallery.Open(row.GetFieldValue<byte[]>(3), GalleryCrops.IdentityOf(person, row.GetFieldValue<byte[]>(0), row.GetInt32(1)))));

    private static string Hex(SqliteDataReader row, int column) => Convert.ToHexStringLower(row.GetFieldValue<byte[]>(column));

    private static List<T> Rows<T>(GalleryConnection gallery, string sql, long person, Func<SqliteDataReader, T> read)
    {
        List<T> rows = [];
        using SqliteCommand command = Sqlite.Command(gallery, sql, ("$person", person));
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }
}
