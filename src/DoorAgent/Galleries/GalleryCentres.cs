using System.Runtime.InteropServices;
using DoorAgent.Encodings;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The centre of the site as the gallery stores it for the active encoder.</summary>
/// <param name="Centre">The vector to subtract.</param>
/// <param name="People">Number of people from whom it was computed.</param>
/// <param name="Added">When it was computed, UTC.</param>
internal sealed record StoredCentre(EncodingCentre Centre, int People, string Added)
{
    /// <summary>Whether so many people have been added since that the centre should be computed again: half as many as there
    /// were.</summary>
    public bool IsOutgrownBy(int people) => 2L * people >= 3L * People;
}

/// <summary>Reads and writes the centres of a gallery, at most one for each encoder.</summary>
internal static class GalleryCentres
{
    private const string OfActive = "encoder = (SELECT active_encoder FROM gallery)";

    /// <summary>Reads the active encoder's centre; null without one.</summary>
    /// <exception cref="InvalidDataException">The stored vector cannot be a centre of this encoder.</exception>
    public static StoredCentre? Read(GalleryConnection connection, EncoderIdentity encoder)
    {
        if (Sqlite.Number(connection, "PRAGMA user_version") < GallerySchema.FirstWithRules)
            return null;
        using SqliteCommand command = Sqlite.Command(connection, $"SELECT vector, people, added FROM centre WHERE {OfActive}");
        using SqliteDataReader row = command.ExecuteReader();
        if (!row.Read())
            return null;
        ReadOnlySpan<float> vector = MemoryMarshal.Cast<byte, float>(
            connection.Open(row.GetFieldValue<byte[]>(0), IdentityOf(encoder)));
        return vector.Length == encoder.Dimension
            ? new StoredCentre(EncodingCentre.Stored(vector), GalleryRows.Within(row, 1, 1, int.MaxValue), row.GetString(2))
            : throw new InvalidDataException($"its centre has {vector.Length} numbers, and its encodings have {encoder.Dimension}");
    }

    /// <summary>Whether an encoder that is not active has a centre.</summary>
    public static bool Has(SqliteConnection connection, EncoderIdentity encoder) =>
        Sqlite.Number(connection, "PRAGMA user_version") >= GallerySchema.FirstWithRules
        && Sqlite.Number(connection, """
            SELECT EXISTS (SELECT * FROM centre WHERE encoder IN (SELECT id FROM encoder WHERE sha256 = $sha256 AND alignment = $alignment))
            """, ("$sha256", Convert.FromHexString(encoder.Digest)), ("$alignment", encoder.Alignment)) == 1;

    /// <summary>Writes the active encoder's centre, in place of an earlier one.</summary>
    public static void Write(GalleryConnection connection, EncodingCentre centre, int people, string now) => Sqlite.Run(connection, """
        INSERT OR REPLACE INTO centre (encoder, vector, people, added)
        VALUES ((SELECT active_encoder FROM gallery), $vector, $people, $now)
        """, ("$vector", connection.Seal.Close(MemoryMarshal.AsBytes(centre.Vector),
            IdentityOf(GalleryRows.ReadEncoder(connection)!))), ("$people", people), ("$now", now));

    /// <summary>Deletes the active encoder's centre.</summary>
    public static void Delete(SqliteConnection connection) => Sqlite.Run(connection, $"DELETE FROM centre WHERE {OfActive}");

    private static byte[] IdentityOf(EncoderIdentity encoder) => SealedIdentity.Of(
        SealedColumn.Centre, encoder: Convert.FromHexString(encoder.Digest), alignment: encoder.Alignment);

    /// <summary>Deletes the centres of all encoders.</summary>
    public static void DeleteAll(SqliteConnection connection) => Sqlite.Run(connection, "DELETE FROM centre");
}
