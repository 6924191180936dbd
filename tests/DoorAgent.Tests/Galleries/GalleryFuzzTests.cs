using DoorAgent.Galleries;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Galleries;

/// <summary>Some thousand broken galleries, the same in every run: each is read, or refused with our one exception.</summary>
public sealed class GalleryFuzzTests : IDisposable
{
    private static readonly string[] Values = ["NULL", "-1", "0", "2147483648", "9223372036854775807", "-9223372036854775808", "9e999",
        "''", "'x'", "x''", "zeroblob(32)", "zeroblob(64)", "randomblob(100)"];

    private readonly MadeGalleryFile _file = new();
    private readonly byte[] _whole;

    public GalleryFuzzTests()
    {
        _file.Add("anna", MadeGalleryFile.Card(1), 0, 20, 40);
        _file.Add("bert", MadeGalleryFile.Card(2), 90);
        using (GalleryFile file = _file.Open())
            file.SetPin("anna", Pin.Parse("4711"), isDuress: false);
        _whole = File.ReadAllBytes(_file.Path);
    }

    public void Dispose() => _file.Dispose();

    [Slow]
    [Fact]
    public void OverwrittenBytesCauseOnlyOurException()
    {
        Random random = new(20261128);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = [.. _whole];
            // Each time a few bytes are changed, many of them where SQLite keeps its counters and lists.
            for (int k = random.Next(1, 6); k > 0; k--)
                bytes[random.Next(3) == 0 ? random.Next(120) + (4096 * random.Next(bytes.Length / 4096))
                    : random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(_file.Path, bytes);
            refused += IsRefused($"byte change {i}") ? 1 : 0;
        }

        Assert.InRange(refused, 200, 1999);
    }

    [Slow]
    [Fact]
    public void ChangedValuesAndTablesCauseOnlyOurException()
    {
        string[] changes = [.. Changes()];
        Assert.InRange(changes.Length, 1000, 3000);
        int refused = 0;
        foreach (string change in changes)
        {
            File.WriteAllBytes(_file.Path, _whole);
            try
            {
                _file.Sql("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; " + change);
            }
            catch (SqliteException)
            {
                // What SQLite itself does not do, nobody hands over.
                continue;
            }

            refused += IsRefused(change) ? 1 : 0;
        }

        Assert.InRange(refused, changes.Length / 4, changes.Length);
    }

    /// <summary>Changes each value in each column, in a strict table and in a table of the same name without types.</summary>
    private IEnumerable<string> Changes()
    {
        (string Table, string Column)[] columns = Columns();
        foreach ((string table, string column) in columns)
        {
            foreach (string value in Values)
            {
                yield return $"UPDATE {table} SET {column} = {value}";
                yield return "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = "
                    + $"'{table}'; PRAGMA writable_schema = RESET; UPDATE {table} SET {column} = {value}";
            }

            yield return $"ALTER TABLE {table} DROP COLUMN {column}";
            yield return $"ALTER TABLE {table} RENAME COLUMN {column} TO other";
            yield return $"CREATE TRIGGER t AFTER UPDATE OF {column} ON {table} BEGIN DELETE FROM {table}; END";
        }

        foreach (string table in columns.Select(one => one.Table).Distinct())
        {
            yield return $"DROP TABLE {table}";
            yield return $"DELETE FROM {table}";
            yield return $"ALTER TABLE {table} RENAME TO other";
            yield return $"CREATE TABLE other AS SELECT * FROM {table}; DROP TABLE {table}; ALTER TABLE other RENAME TO {table}";
            yield return $"CREATE TABLE other AS SELECT * FROM {table}; DROP TABLE {table}; CREATE VIEW {table} AS SELECT * FROM other";
            yield return $"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 1 WHERE name = '{table}'";
            yield return $"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 99999 WHERE name = '{table}'";
            yield return $"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = substr(sql, 1, 60) WHERE name = '{table}'";
            yield return $"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'view' WHERE name = '{table}'";
            yield return $"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = '{table}'";
        }
    }

    private (string Table, string Column)[] Columns()
    {
        List<(string, string)> columns = [];
        using SqliteConnection connection = GalleryDatabase.OpenToRead(_file.Path);
        using SqliteCommand command = Sqlite.Command(connection, "SELECT t.name, c.name FROM sqlite_schema t JOIN "
            + "pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1, 2");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            columns.Add((row.GetString(0), row.GetString(1)));
        return [.. columns];
    }

    /// <summary>Reads the gallery in every possible way.</summary>
    private bool IsRefused(string what)
    {
        try
        {
            using GalleryFile file = GalleryFile.OpenToRead(_file.Path);
            _ = file.Read(file.Encoder ?? MadeEncodings.Encoder);
            _ = (file.People, file.Badges, file.PicturesOf("anna"), file.PinOf("anna"), file.CropsOf("anna"));
            return false;
        }
        catch (UserErrorException)
        {
            return true;
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"{what}: {other}", other);
        }
    }
}
