using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DoorAgent.Galleries;

/// <summary>Reads the encodings of the active encoder as templates, person by person.</summary>
/// <param name="path">Path of the gallery, for messages.</param>
/// <param name="encoder">The active encoder.</param>
/// <param name="template">How a person's encodings become templates.</param>
/// <param name="centre">The centre to subtract from each encoding first; null for none.</param>
internal sealed class GalleryVectors(string path, EncoderIdentity encoder, TemplateKind template, EncodingCentre? centre)
{
    /// <summary>The rows of the active encoder's encodings.</summary>
    public const string OfActiveEncoder = "FROM encoding WHERE encoder = (SELECT active_encoder FROM gallery)";

    private readonly int _dimension = encoder.Dimension;
    private readonly ArrayBufferWriter<float> _own = new();
    private readonly byte[] _digest = Convert.FromHexString(encoder.Digest);
    private readonly Dictionary<long, (int First, int Count)> _ranges = [];
    private float[] _vectors = [];
    private int _written;

    /// <summary>Reads everybody's templates.</summary>
    /// <returns>The templates, one after the other, and for each person who has any their first and their number.</returns>
    /// <exception cref="UserErrorException">A vector is not a unit vector of this dimension.</exception>
    public (float[] Vectors, IReadOnlyDictionary<long, (int First, int Count)> Ranges) Read(GalleryConnection connection)
    {
        GallerySeal seal = connection.Seal;
        RefuseLengths(connection, seal);
        // The array has its final size: a door that follows changes of a large gallery must not accumulate outgrown arrays.
        string rows = template == TemplateKind.Nearest ? "count(*)" : "count(DISTINCT person)";
        _vectors = new float[_dimension * Sqlite.Number(connection, $"SELECT {rows} {OfActiveEncoder}")];
        long? current = null;
        using SqliteCommand command = Sqlite.Command(connection, $"SELECT id, person, vector, picture {OfActiveEncoder} ORDER BY person, id");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            (long id, long person) = (row.GetInt64(0), row.GetInt64(1));
            if (current is { } before && before != person)
                Finish(before);
            current = person;
            Span<float> vector = _own.GetSpan(_dimension)[.._dimension];
            Open(connection, seal, row.Handle!, person, MemoryMarshal.AsBytes(vector));
            RequireUnit(path, id, vector, _dimension);
            _own.Advance(_dimension);
        }

        if (current is { } last)
            Finish(last);
        return (_vectors, _ranges);
    }

    /// <summary>Requires a unit vector.</summary>
    /// <exception cref="UserErrorException">The vector has another length; the message names the row.</exception>
    public static void RequireUnit(string path, long row, ReadOnlySpan<float> vector, int dimension)
    {
        if (vector.Length != dimension || !(MathF.Abs(TensorPrimitives.Norm(vector) - 1) <= FaceEncoding.LengthTolerance))
            throw NotUnit(path, row, dimension);
    }

    /// <summary>Opens the vector of a row into memory that has its length. The values are taken from SQLite's own memory: a large gallery has
    /// tens of thousands.</summary>
    private void Open(GalleryConnection connection, GallerySeal seal, sqlite3_stmt row, long person, Span<byte> vector)
    {
        ReadOnlySpan<byte> picture = raw.sqlite3_column_blob(row, 3);
        Span<byte> identity = SealedIdentity.Write(stackalloc byte[SealedIdentity.MostBytes], SealedColumn.Encoding, person, 0, _digest,
            encoder.Alignment, picture[..Math.Min(picture.Length, SHA256.HashSizeInBytes)]);
        try
        {
            seal.Open(raw.sqlite3_column_blob(row, 2), identity, vector);
        }
        catch (BrokenSealException broken)
        {
            throw connection.Broken(identity, broken);
        }
    }

    private void Finish(long person)
    {
        Span<float> encodings = MemoryMarshal.AsMemory(_own.WrittenMemory).Span;
        centre?.ApplyToAll(encodings);
        int count = PersonTemplate.Write(template, encodings, _dimension, _vectors.AsSpan(_dimension * _written));
        _ranges[person] = (_written, count);
        _written += count;
        _own.ResetWrittenCount();
    }

    /// <summary>Checks the lengths of all vectors before memory is allocated for them: a small file may claim to hold many.</summary>
    private void RefuseLengths(SqliteConnection connection, GallerySeal seal)
    {
        if (Sqlite.Scalar(connection, $"SELECT id {OfActiveEncoder} AND length(vector) <> $bytes LIMIT 1",
                ("$bytes", sizeof(float) * _dimension + seal.Overhead)) is { } wrong)
            throw NotUnit(path, Convert.ToInt64(wrong, CultureInfo.InvariantCulture), _dimension);
    }

    private static UserErrorException NotUnit(string path, long row, int dimension) => new(
        $"The gallery {path} has an encoding (row {row}) that is not a unit vector of {dimension} numbers. "
        + "Restore a good copy, or remove that person and enrol them again.");
}
