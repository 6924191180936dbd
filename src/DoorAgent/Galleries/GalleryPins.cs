using System.Security.Cryptography;
using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Reads and writes the PINs of a gallery.</summary>
internal static class GalleryPins
{
    /// <summary>Reads all PINs, by row id of the person; a gallery in a format without PINs has none.</summary>
    public static Dictionary<long, PersonPin> Read(GalleryConnection connection)
    {
        Dictionary<long, PersonPin> pins = [];
        if (Sqlite.Number(connection, "PRAGMA user_version") < GallerySchema.FirstWithPins)
            return pins;
        GallerySeal seal = connection.Seal;
        using SqliteCommand command = Sqlite.Command(connection, "SELECT person, salt, iterations, digest, duress FROM pin");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            // With more iterations, the door would wait for hours when somebody types the PIN.
            int iterations = GalleryRows.Within(row, 2, PersonPin.MinIterations, PersonPin.MaxIterations);
            pins[row.GetInt64(0)] = new PersonPin(Bytes(row, 1, PersonPin.SaltBytes), iterations, Digest(connection, seal, row, 3)!,
                Digest(connection, seal, row, 4));
        }

        return pins;
    }

    /// <summary>Returns who has a PIN, without reading it: whether the person has a duress PIN too, by row id. Needs no key.</summary>
    public static Dictionary<long, bool> Owners(SqliteConnection connection)
    {
        Dictionary<long, bool> owners = [];
        if (Sqlite.Number(connection, "PRAGMA user_version") < GallerySchema.FirstWithPins)
            return owners;
        using SqliteCommand command = Sqlite.Command(connection, "SELECT person, duress IS NOT NULL FROM pin");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            owners[row.GetInt64(0)] = row.GetBoolean(1);
        return owners;
    }

    private static byte[]? Digest(GalleryConnection connection, GallerySeal seal, SqliteDataReader row, int column) => row.IsDBNull(column) ? null
        : connection.Open(seal, Bytes(row, column, PersonPin.DigestBytes + seal.Overhead), IdentityOf(row.GetName(column), row.GetInt64(0)));

    private static byte[] IdentityOf(string column, long person) => SealedIdentity.Of($"pin.{column}", person);

    private static byte[] Bytes(SqliteDataReader row, int column, int length) =>
        row.GetFieldValue<byte[]>(column) is var bytes && bytes.Length == length
            ? bytes
            : throw new InvalidDataException($"the {row.GetName(column)} of a PIN has {bytes.Length} bytes and must have {length}");

    /// <summary>Sets one of a person's two PINs.</summary>
    /// <exception cref="UserErrorException">Both PINs would be equal, or a duress PIN would have no PIN beside it.</exception>
    public static void Set(GalleryConnection connection, long person, string name, Pin pin, bool isDuress, string now)
    {
        PersonPin? before = Read(connection).GetValueOrDefault(person);
        if (isDuress && before is null)
            throw new UserErrorException($"{name} has no PIN yet. Set the PIN first: 'dooragent people pin {name}'.");
        if (before?.Verify(pin.Digits) == (isDuress ? PinAnswer.Right : PinAnswer.Duress))
            throw new UserErrorException("PIN and duress PIN must differ, or every entry would raise "
                + "an alarm, or none would. Choose another.");
        if (before is { HasDuress: true } || isDuress)
            Replace(connection, person, isDuress ? "duress" : "digest", pin);
        else
            Insert(connection, person, pin, now);
    }

    /// <summary>Removes the duress PIN, or both PINs.</summary>
    public static void Clear(SqliteConnection connection, long person, bool duressOnly) =>
        Sqlite.Run(connection,
            duressOnly ? "UPDATE pin SET duress = NULL WHERE person = $person" : "DELETE FROM pin WHERE person = $person",
            ("$person", person));

    /// <summary>Replaces one of two PINs that share a salt; the digest of the other PIN is only valid with that salt.</summary>
    private static void Replace(GalleryConnection connection, long person, string column, Pin pin)
    {
        byte[] salt = (byte[])Sqlite.Scalar(connection, "SELECT salt FROM pin WHERE person = $person", ("$person", person))!;
        int iterations = (int)(long)Sqlite.Scalar(connection, "SELECT iterations FROM pin WHERE person = $person", ("$person", person))!;
        Sqlite.Run(connection, $"UPDATE pin SET {column} = $digest WHERE person = $person",
            ("$digest", connection.Seal.Close(PersonPin.Derive(pin.Digits, salt, iterations), IdentityOf(column, person))), ("$person", person));
    }

    private static void Insert(GalleryConnection connection, long person, Pin pin, string now)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(PersonPin.SaltBytes);
        Sqlite.Run(connection,
            "INSERT OR REPLACE INTO pin (person, salt, iterations, digest, added) VALUES ($person, $salt, $iterations, $digest, $now)",
            ("$person", person), ("$salt", salt), ("$iterations", PersonPin.Iterations),
            ("$digest", connection.Seal.Close(PersonPin.Derive(pin.Digits, salt, PersonPin.Iterations), IdentityOf("digest", person))),
            ("$now", now));
    }
}
