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

    // Rows that are read while another thread opens those before.
    private const int BatchRows = 256;

    private readonly int _dimension = encoder.Dimension;
    private readonly ArrayBufferWriter<float> _own = new();
    private readonly byte[] _digest = Convert.FromHexString(encoder.Digest);
    private readonly Dictionary<long, (int First, int Count)> _ranges = [];
    private float[] _vectors = [];
    private int _written;
    private long? _person;

    /// <summary>Reads everybody's templates: this thread takes rows from SQLite, and another one opens them and makes templates.</summary>
    /// <returns>The templates, one after the other, and for each person who has any their first and their number.</returns>
    /// <exception cref="UserErrorException">A vector is not a unit vector of this dimension, or its seal is broken.</exception>
    public (float[] Vectors, IReadOnlyDictionary<long, (int First, int Count)> Ranges) Read(GalleryConnection connection)
    {
        GallerySeal seal = connection.Seal;
        RefuseLengths(connection, seal);
        // The array has its final size: a door that follows changes of a large gallery must not accumulate outgrown arrays.
        string rows = template == TemplateKind.Nearest ? "count(*)" : "count(DISTINCT person)";
        _vectors = new float[_dimension * Sqlite.Number(connection, $"SELECT {rows} {OfActiveEncoder}")];
        Batch batch = new(sizeof(float) * _dimension + seal.Overhead), other = new(sizeof(float) * _dimension + seal.Overhead);
        using SqliteCommand command = Sqlite.Command(connection,
            $"SELECT id, person, vector, picture {OfActiveEncoder} ORDER BY person, id");
        using SqliteDataReader row = command.ExecuteReader();
        Task opening = Task.CompletedTask;
        try
        {
            for (bool isRead = true; isRead;)
            {
                isRead = row.Read();
                if (isRead)
                    batch.Add(new RowValues(row));
                if (isRead && batch.Count < BatchRows)
                    continue;
                Finish(opening, connection);
                Batch full = batch;
                opening = Task.Run(() => Open(seal, full));
                (batch, other) = (other, batch);
                batch.Count = 0;
            }

            Finish(opening, connection);
        }
        finally
        {
            // The seal belongs to one thread at a time.
            Task.WaitAny(opening);
        }

        EndPerson();
        return (_vectors, _ranges);
    }

    /// <summary>Requires a unit vector.</summary>
    /// <exception cref="UserErrorException">The vector has another length; the message names the row.</exception>
    public static void RequireUnit(string path, long row, ReadOnlySpan<float> vector, int dimension)
    {
        if (vector.Length != dimension || !(MathF.Abs(TensorPrimitives.Norm(vector) - 1) <= FaceEncoding.LengthTolerance))
            throw NotUnit(path, row, dimension);
    }

    private static void Finish(Task opening, GalleryConnection connection)
    {
        try
        {
            opening.GetAwaiter().GetResult();
        }
        catch (BrokenRowException broken)
        {
            throw connection.Broken(broken.Identity, broken.Seal);
        }
    }

    private void Open(GallerySeal seal, Batch batch)
    {
        Span<byte> room = stackalloc byte[SealedIdentity.MostBytes];
        for (int i = 0; i < batch.Count; i++)
        {
            (long id, long person) = (batch.Ids[i], batch.People[i]);
            if (_person != person)
                EndPerson();
            _person = person;
            Span<float> vector = _own.GetSpan(_dimension)[.._dimension];
            Span<byte> identity =
                SealedIdentity.Write(room, SealedColumn.Encoding, person, 0, _digest, encoder.Alignment, batch.Picture(i));
            try
            {
                seal.Open(batch.Vector(i), identity, MemoryMarshal.AsBytes(vector));
            }
            catch (BrokenSealException broken)
            {
                throw new BrokenRowException(identity.ToArray(), broken);
            }

            RequireUnit(path, id, vector, _dimension);
            _own.Advance(_dimension);
        }
    }

    private void EndPerson()
    {
        if (_person is not { } person)
            return;
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

    /// <summary>Stored rows, taken from SQLite's own memory: a large gallery has tens of thousands.</summary>
    /// <param name="stored">Length of a stored vector, in bytes.</param>
    private sealed class Batch(int stored)
    {
        private readonly byte[] _vectors = new byte[BatchRows * stored], _pictures = new byte[BatchRows * SHA256.HashSizeInBytes];

        public long[] Ids { get; } = new long[BatchRows];

        public long[] People { get; } = new long[BatchRows];

        public int Count { get; set; }

        public ReadOnlySpan<byte> Vector(int row) => _vectors.AsSpan(row * stored, stored);

        public ReadOnlySpan<byte> Picture(int row) => _pictures.AsSpan(row * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);

        public void Add(RowValues row)
        {
            (Ids[Count], People[Count]) = (row.Integer(0), row.Integer(1));
            // The length of vectors was checked, and a picture of another length belongs to no seal.
            row.Bytes(2).CopyTo(_vectors.AsSpan(Count * stored, stored));
            ReadOnlySpan<byte> picture = row.Bytes(3);
            picture[..Math.Min(picture.Length, SHA256.HashSizeInBytes)].CopyTo(_pictures.AsSpan(Count * SHA256.HashSizeInBytes));
            Count++;
        }
    }

    /// <summary>The seal of a row is broken.</summary>
    private sealed class BrokenRowException(byte[] identity, BrokenSealException seal) : Exception(seal.Message, seal)
    {
        public byte[] Identity => identity;

        public BrokenSealException Seal => seal;
    }
}
