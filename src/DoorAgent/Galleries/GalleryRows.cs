using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// Identifies one version of a gallery. An older copy that was restored and changed since may reach the same revision, but never the
/// same mark.
/// </summary>
/// <param name="Revision">Number of changes so far.</param>
/// <param name="Mark">Random mark of the last change, in hexadecimal; zeros in a format before marks.</param>
internal readonly record struct GalleryStamp(long Revision, string Mark);

/// <summary>Reads a whole gallery in one read transaction, and checks what it reads.</summary>
internal static class GalleryRows
{
    /// <summary>Length of the mark of a change, in bytes.</summary>
    public const int MarkBytes = 16;

    /// <summary>The smallest dimension of an encoding.</summary>
    public const int LeastDimension = 16;

    private const int MostDimension = 4096;
    private const string NoMark = "00000000000000000000000000000000";

    /// <summary>Reads the active encoder; null while nobody is enrolled.</summary>
    public static EncoderIdentity? ReadEncoder(SqliteConnection connection)
    {
        using SqliteCommand command = Sqlite.Command(connection,
            "SELECT name, hex(sha256), alignment, dimension FROM encoder WHERE id = (SELECT active_encoder FROM gallery)");
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read()
            ? new EncoderIdentity(
                row.GetString(0), row.GetString(1).ToLowerInvariant(), Within(row, 2, 0, int.MaxValue),
                    Within(row, 3, LeastDimension, MostDimension))
            : null;
    }

    /// <summary>Reads a number from a row.</summary>
    /// <exception cref="InvalidDataException">The number is out of range.</exception>
    public static int Within(SqliteDataReader row, int column, int least, int most) =>
        row.GetInt64(column) is var number && number >= least && number <= most
            ? (int)number
            : throw new InvalidDataException(
                FormattableString.Invariant($"its {row.GetName(column)} of {number} is not between {least} and {most}"));

    /// <summary>Reads the active encoder.</summary>
    /// <exception cref="UserErrorException">The gallery names no encoder.</exception>
    public static EncoderIdentity RequireEncoder(SqliteConnection connection, string path) =>
        ReadEncoder(connection) ?? throw new UserErrorException(
        $"Nobody is enrolled yet: the gallery {path} names no encoder. 'dooragent people add NAME "
            + "--images DIR --badge next' enrols somebody.");

    /// <summary>Reads the active encoder and the rule of comparison.</summary>
    /// <exception cref="UserErrorException">The gallery names no encoder, or an unknown rule.</exception>
    public static GalleryMethod RequireMethod(SqliteConnection connection, string path) =>
        new(RequireEncoder(connection, path), GalleryRules.Read(connection, path)!);

    /// <summary>Reads the version of the gallery.</summary>
    public static GalleryStamp ReadStamp(SqliteConnection connection) => new(
        Sqlite.Number(connection, "SELECT revision FROM gallery"),
        Sqlite.Number(connection, "PRAGMA user_version") < GallerySchema.FirstWithMarks
            ? NoMark
            : (string)Sqlite.Scalar(connection, "SELECT lower(hex(mark)) FROM gallery")!);

    /// <summary>Refuses a change that was prepared for another version of the gallery.</summary>
    /// <exception cref="UserErrorException">Somebody else has changed the gallery.</exception>
    public static void RequireUnchanged(SqliteConnection connection, GalleryStamp stamp)
    {
        if (ReadStamp(connection) != stamp)
            throw new UserErrorException("Somebody else has changed the gallery in the meantime; nothing was written. Try again.");
    }

    /// <summary>Reads everybody.</summary>
    /// <param name="connection">An open gallery.</param>
    /// <param name="path">Path of the gallery, for messages.</param>
    /// <param name="inUse">The encoder in use.</param>
    /// <param name="rule">The rule under which people are read; null for the one that the gallery names.</param>
    /// <param name="centre">The centre of a centred rule; null for the stored one.</param>
    /// <exception cref="UserErrorException">The gallery has no encoder or another one, names an unknown rule, lacks the centre of its
    /// rule, or holds an invalid vector or a row without its person.</exception>
    public static Gallery Read(GalleryConnection connection, string path, EncoderIdentity inUse, ComparisonRule? rule = null,
        EncodingCentre? centre = null)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        GalleryHead head = GalleryRollback.HeadOf(connection);
        EncoderIdentity encoder = RequireEncoder(connection, path);
        if (!encoder.IsSameAs(inUse))
        {
            throw new UserErrorException($"The gallery {path} was made with the encoder {encoder.Id} ({Facts(encoder)}), "
                + $"and in use is {inUse.Id} ({Facts(inUse)}): their encodings cannot be compared. "
                + $"Change the gallery with 'dooragent people re-encode --encoder {inUse.Id}', or enrol again.");
        }

        connection.Verify();
        RefuseOrphans(connection, path);
        rule ??= GalleryRules.Read(connection, path)!;
        if (rule.IsCentred)
            centre ??= RequireCentre(connection, path, encoder);
        (float[] vectors, IReadOnlyDictionary<long, (int First, int Count)> ranges) =
            new GalleryVectors(path, encoder, rule.Template, rule.IsCentred ? centre : null).Read(connection);
        ImmutableArray<Person> people = ReadPeople(connection, ranges);
        return new Gallery(head.Revision, encoder.Id, encoder.Dimension, people,
            ReadBadges(connection, people.ToDictionary(person => person.Id)), vectors)
        {
            Mark = head.Mark,
            Digest = head.Digest,
            KeyId = head.KeyId,
            Rule = rule,
            Centre = rule.IsCentred ? centre : null,
            Separated = [.. GallerySeparations.Read(connection)],
        };
    }

    private static EncodingCentre RequireCentre(GalleryConnection connection, string path, EncoderIdentity encoder) =>
        GalleryCentres.Read(connection, encoder)?.Centre ?? throw new UserErrorException(
        $"The gallery {path} is to be compared with the centre of its site, and has none for {encoder.Id}. 'dooragent calibrate "
            + "--centre' computes one, and 'dooragent calibrate --centre none' goes back to comparing without.");

    /// <summary>Reads a person's pictures.</summary>
    /// <exception cref="UserErrorException">An encoding of the person is not a unit vector.</exception>
    public static IReadOnlyList<EnrolledPicture> ReadPictures(GalleryConnection connection, string path, long person)
    {
        List<EnrolledPicture> pictures = [];
        if (ReadEncoder(connection) is not { } encoder)
            return pictures;
        using SqliteCommand command = Sqlite.Command(connection,
            $"SELECT id, picture, quality, vector {GalleryVectors.OfActiveEncoder} AND person = $person ORDER BY id", ("$person", person));
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            byte[] picture = row.GetFieldValue<byte[]>(1);
            ReadOnlySpan<float> vector = MemoryMarshal.Cast<byte, float>(
                connection.Open(row.GetFieldValue<byte[]>(3), SealedIdentity.OfEncoding(person, encoder, picture)));
            GalleryVectors.RequireUnit(path, row.GetInt64(0), vector, encoder.Dimension);
            pictures.Add(new EnrolledPicture(picture, row.GetFloat(2), FaceEncoding.Normalised(vector)));
        }

        return pictures;
    }

    private static string Facts(EncoderIdentity encoder) =>
        $"{encoder.Digest[..12]}, alignment {encoder.Alignment}, {encoder.Dimension} numbers";

    /// <summary>Refuses rows without their person. SQLite's own shell does not enforce references by default, so deleting a person there
    /// leaves badges behind.</summary>
    private static void RefuseOrphans(SqliteConnection connection, string path)
    {
        using SqliteCommand command = Sqlite.Command(connection, "PRAGMA foreign_key_check");
        using SqliteDataReader row = command.ExecuteReader();
        if (row.Read())
        {
            throw new UserErrorException($"In the gallery {path}, row {row.GetInt64(1)} of the table {row.GetString(0)} "
                + $"refers to a {row.GetString(2)} that does not exist: another program changed the file. "
                + "Restore a good copy, or delete that row too.");
        }
    }

    private static ImmutableArray<Person> ReadPeople(GalleryConnection connection,
        IReadOnlyDictionary<long, (int First, int Count)> ranges)
    {
        ImmutableArray<Person>.Builder people = ImmutableArray.CreateBuilder<Person>();
        Dictionary<long, PersonPin> pins = GalleryPins.Read(connection);
        Dictionary<long, ImmutableArray<long>> hosts = GalleryHosts.Read(connection);
        using SqliteCommand command = Sqlite.Command(connection,
            $"SELECT id, name, extended, schedule, valid_from, valid_until, {GalleryMarks.Columns(connection)}, {GalleryOrigin.Columns(connection)} "
                + "FROM person ORDER BY id");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            (int first, int count) = ranges.GetValueOrDefault(row.GetInt64(0));
            people.Add(new Person(row.GetInt64(0), row.GetString(1), row.GetBoolean(9), row.GetBoolean(2), row.GetString(3), first, count)
            {
                ValidFrom = ValidityRows.Read(row, 4, row.GetInt64(0), row.GetString(1)),
                ValidUntil = ValidityRows.Read(row, 5, row.GetInt64(0), row.GetString(1)),
                Pin = pins.GetValueOrDefault(row.GetInt64(0)),
                IsForLockdown = row.GetBoolean(6),
                NeedsSecondPerson = row.GetBoolean(7),
                IsEscorted = row.GetBoolean(8),
                Origin = row.IsDBNull(10) ? null : row.GetString(10),
                Hosts = hosts.GetValueOrDefault(row.GetInt64(0), []),
            });
        }

        return people.ToImmutable();
    }

    private static Dictionary<string, BadgeOwner> ReadBadges(GalleryConnection connection, Dictionary<long, Person> people)
    {
        Dictionary<string, BadgeOwner> badges = [];
        GallerySeal seal = connection.Seal;
        using SqliteCommand command = Sqlite.Command(connection, "SELECT number, person, state, id FROM badge");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            string number = GalleryBadges.Number(connection, seal, row.GetFieldValue<byte[]>(0), row.GetInt64(1), row.GetInt64(3));
            badges[number] = new BadgeOwner(people[row.GetInt64(1)], BadgeStateText.State(row.GetString(2)));
        }

        return badges;
    }
}
