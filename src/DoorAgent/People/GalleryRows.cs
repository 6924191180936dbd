using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Settings;
using Microsoft.Data.Sqlite;

namespace DoorAgent.People;

/// <summary>Reads a gallery whole, in one read transaction, and checks what it reads.</summary>
internal static class GalleryRows
{
    private const string ActiveEncodings = "FROM encoding WHERE encoder = (SELECT active_encoder FROM gallery)";

    /// <summary>The encoder that the gallery names; null while nobody is enrolled.</summary>
    public static EncoderIdentity? ReadEncoder(SqliteConnection connection)
    {
        using SqliteCommand command = Sqlite.Command(connection,
            "SELECT name, hex(sha256), alignment, dimension FROM encoder WHERE id = (SELECT active_encoder FROM gallery)");
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? new EncoderIdentity(row.GetString(0), row.GetString(1).ToLowerInvariant(), row.GetInt32(2), row.GetInt32(3)) : null;
    }

    /// <summary>The encoder that the gallery names.</summary>
    /// <exception cref="UserErrorException">It names none.</exception>
    public static EncoderIdentity NeedEncoder(SqliteConnection connection, string path) => ReadEncoder(connection) ?? throw new UserErrorException(
        $"The gallery {path} names no encoder: nobody is enrolled. Enrol with 'dooragent people add NAME --images DIR'.");

    /// <summary>Refuses a change that was thought out on another revision than the one it would change.</summary>
    /// <exception cref="UserErrorException">Somebody else was faster.</exception>
    public static void NeedRevision(SqliteConnection connection, long revision)
    {
        if (Sqlite.Number(connection, "SELECT revision FROM gallery") != revision)
            throw new UserErrorException("The gallery was changed by somebody else in the meantime; nothing was written. Do it again.");
    }

    /// <summary>Everybody.</summary>
    /// <param name="connection">An open gallery.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <param name="inUse">The encoder in use.</param>
    /// <exception cref="UserErrorException">It has no encoder, another one, a vector that is none, or something of nobody.</exception>
    public static Gallery Read(SqliteConnection connection, string path, EncoderIdentity inUse)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        long revision = Sqlite.Number(connection, "SELECT revision FROM gallery");
        EncoderIdentity encoder = NeedEncoder(connection, path);
        if (!encoder.IsSameAs(inUse))
        {
            throw new UserErrorException($"The gallery {path} was made with the encoder {encoder.Name} ({Facts(encoder)}), and in use is {inUse.Name} ({Facts(inUse)}): their encodings cannot be compared. Bring the gallery to it with 'dooragent people re-encode --encoder {inUse.Name}', or enrol anew.");
        }

        RefuseOrphans(connection, path);
        // Of the size that it will have: a door that follows changes of a large gallery must not pile up what it grew through.
        float[] vectors = new float[encoder.Dimension * Sqlite.Number(connection, $"SELECT count(*) {ActiveEncodings}")];
        Dictionary<long, (int First, int Count)> ranges = ReadVectors(connection, path, encoder.Dimension, vectors);
        ImmutableArray<Person> people = ReadPeople(connection, ranges);
        return new Gallery(revision, encoder.Name, encoder.Dimension, people, ReadBadges(connection, people.ToDictionary(person => person.Id)), vectors);
    }

    private static string Facts(EncoderIdentity encoder) => $"{encoder.Digest[..12]}, alignment {encoder.Alignment}, {encoder.Dimension} numbers";

    /// <summary>SQLite's own shell does not keep references unless it is told to: whoever deletes a person there leaves badges behind.</summary>
    private static void RefuseOrphans(SqliteConnection connection, string path)
    {
        using SqliteCommand command = Sqlite.Command(connection, "PRAGMA foreign_key_check");
        using SqliteDataReader row = command.ExecuteReader();
        if (row.Read())
        {
            throw new UserErrorException($"The gallery {path} has in row {row.GetInt64(1)} of its table {row.GetString(0)} something whose {row.GetString(2)} is not there: another program changed it. "
                + "Put back a copy that is whole, or take that row out too.");
        }
    }

    private static Dictionary<long, (int First, int Count)> ReadVectors(SqliteConnection connection, string path, int dimension, float[] vectors)
    {
        Dictionary<long, (int First, int Count)> ranges = [];
        int read = 0;
        using SqliteCommand command = Sqlite.Command(connection, $"SELECT id, person, vector {ActiveEncodings} ORDER BY person, id");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            byte[] bytes = row.GetFieldValue<byte[]>(2);
            ReadOnlySpan<float> vector = MemoryMarshal.Cast<byte, float>(bytes);
            if (bytes.Length != sizeof(float) * dimension || !(MathF.Abs(TensorPrimitives.Norm(vector) - 1) <= FaceEncoding.LengthTolerance))
            {
                throw new UserErrorException($"The gallery {path} has an encoding (row {row.GetInt64(0)}) that is not a unit vector of {dimension} numbers. "
                    + "Put back a copy that is whole, or remove that person and enrol them anew.");
            }

            long person = row.GetInt64(1);
            (int first, int count) = ranges.GetValueOrDefault(person, (read, 0));
            ranges[person] = (first, count + 1);
            vector.CopyTo(vectors.AsSpan(dimension * read++));
        }

        return ranges;
    }

    private static ImmutableArray<Person> ReadPeople(SqliteConnection connection, Dictionary<long, (int First, int Count)> ranges)
    {
        ImmutableArray<Person>.Builder people = ImmutableArray.CreateBuilder<Person>();
        Dictionary<long, PersonPin> pins = GalleryPins.Read(connection);
        using SqliteCommand command = Sqlite.Command(connection, "SELECT id, name, enabled, extended, schedule, valid_from, valid_until FROM person ORDER BY id");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            (int first, int count) = ranges.GetValueOrDefault(row.GetInt64(0));
            people.Add(new Person(row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetString(4), first, count)
            {
                ValidFrom = ValidityRows.Read(row, 5, row.GetString(1)),
                ValidUntil = ValidityRows.Read(row, 6, row.GetString(1)),
                Pin = pins.GetValueOrDefault(row.GetInt64(0)),
            });
        }

        return people.ToImmutable();
    }

    private static Dictionary<string, BadgeOwner> ReadBadges(SqliteConnection connection, Dictionary<long, Person> people)
    {
        Dictionary<string, BadgeOwner> badges = [];
        using SqliteCommand command = Sqlite.Command(connection, "SELECT number, person, state FROM badge");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            badges[System.Text.Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0))] = new BadgeOwner(people[row.GetInt64(1)], BadgeWords.State(row.GetString(2)));
        return badges;
    }
}
