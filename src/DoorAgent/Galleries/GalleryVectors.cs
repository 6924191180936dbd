using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Reads the encodings of the active encoder as templates, person by person.</summary>
/// <param name="path">Path of the gallery, for messages.</param>
/// <param name="dimension">Length of one vector.</param>
/// <param name="template">How a person's encodings become templates.</param>
/// <param name="centre">The centre to subtract from each encoding first; null for none.</param>
internal sealed class GalleryVectors(string path, int dimension, TemplateKind template, EncodingCentre? centre)
{
    /// <summary>The rows of the active encoder's encodings.</summary>
    public const string OfActiveEncoder = "FROM encoding WHERE encoder = (SELECT active_encoder FROM gallery)";

    private readonly ArrayBufferWriter<float> _own = new();
    private readonly Dictionary<long, (int First, int Count)> _ranges = [];
    private float[] _vectors = [];
    private int _written;

    /// <summary>Reads everybody's templates.</summary>
    /// <returns>The templates, one after the other, and for each person who has any their first and their number.</returns>
    /// <exception cref="UserErrorException">A vector is not a unit vector of this dimension.</exception>
    public (float[] Vectors, IReadOnlyDictionary<long, (int First, int Count)> Ranges) Read(SqliteConnection connection)
    {
        RefuseLengths(connection);
        // The array has its final size: a door that follows changes of a large gallery must not accumulate outgrown arrays.
        string rows = template == TemplateKind.Nearest ? "count(*)" : "count(DISTINCT person)";
        _vectors = new float[dimension * Sqlite.Number(connection, $"SELECT {rows} {OfActiveEncoder}")];
        long? current = null;
        using SqliteCommand command = Sqlite.Command(connection, $"SELECT id, person, vector {OfActiveEncoder} ORDER BY person, id");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            ReadOnlySpan<float> vector = MemoryMarshal.Cast<byte, float>(row.GetFieldValue<byte[]>(2));
            RequireUnit(path, row.GetInt64(0), vector, dimension);
            if (current is { } before && before != row.GetInt64(1))
                Finish(before);
            current = row.GetInt64(1);
            _own.Write(vector);
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

    private void Finish(long person)
    {
        Span<float> encodings = MemoryMarshal.AsMemory(_own.WrittenMemory).Span;
        centre?.ApplyToAll(encodings);
        int count = PersonTemplate.Write(template, encodings, dimension, _vectors.AsSpan(dimension * _written));
        _ranges[person] = (_written, count);
        _written += count;
        _own.ResetWrittenCount();
    }

    /// <summary>Checks the lengths of all vectors before memory is allocated for them: a small file may claim to hold many.</summary>
    private void RefuseLengths(SqliteConnection connection)
    {
        if (Sqlite.Scalar(connection, $"SELECT id {OfActiveEncoder} AND length(vector) <> $bytes LIMIT 1",
                ("$bytes", sizeof(float) * dimension)) is { } wrong)
            throw NotUnit(path, Convert.ToInt64(wrong, CultureInfo.InvariantCulture), dimension);
    }

    private static UserErrorException NotUnit(string path, long row, int dimension) => new(
        $"The gallery {path} has an encoding (row {row}) that is not a unit vector of {dimension} numbers. "
        + "Restore a good copy, or remove that person and enrol them again.");
}
