using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>Writes the table of names beside the records. A name is written once, with the first record that has it: a write with every
/// record would wear the card out.</summary>
internal sealed class JournalNameWriter(SqliteConnection journal, RecordMac? macs = null)
{
    private readonly Dictionary<long, string> _newest = [];

    /// <summary>Returns the names in an event that the table does not have yet.</summary>
    public IReadOnlyList<(long Person, string Name)> NewIn(DoorEvent e)
    {
        IEnumerable<(long Person, string Name)> all = PersonReference.In(e.Detail);
        if (e is { PersonId: { } id, PersonName: { } name })
            all = all.Prepend((id, name));
        return [.. all.DistinctBy(one => one.Person).Where(one => NewestOf(one.Person) != one.Name)];
    }

    /// <summary>Writes a name, within the transaction of the record that has it first.</summary>
    public void Insert(long person, string name, long sequence)
    {
        Sqlite.Run(journal, "INSERT INTO journal_name (person, since, name) VALUES ($person, $since, $name)",
            ("$person", person), ("$since", sequence), ("$name", name));
        if (macs is not null)
            WriteMac(journal, macs, person, sequence, name);
    }

    /// <summary>Adds macs to the names of a journal whose chain begins, within the caller's transaction.</summary>
    public static void AddMacs(SqliteConnection journal, RecordMac macs)
    {
        foreach ((long person, long since, string name) in Names(journal, "1 = 1"))
            WriteMac(journal, macs, person, since, name);
    }

    /// <summary>Remembers names that were written.</summary>
    public void Note(IEnumerable<(long Person, string Name)> written)
    {
        foreach ((long person, string name) in written)
            _newest[person] = name;
    }

    /// <summary>Erases names of a number in one transaction, and overwrites their bytes. Records stay as they are.</summary>
    /// <param name="person">The number.</param>
    /// <param name="called">Only this name, in any case; null for every name of the number.</param>
    /// <returns>Whether the write-ahead log was emptied too; it is not while another program reads the journal.</returns>
    public bool Erase(long person, string? called)
    {
        using (SqliteTransaction all = journal.BeginTransaction(deferred: false))
        {
            if (called is null)
            {
                // The row that stays says that there was a name, and that an operator erased the name.
                Sqlite.Run(journal, """
                    DELETE FROM journal_name WHERE person = $person;
                    INSERT INTO journal_name (person, since, name) VALUES ($person, 0, NULL);
                    """, ("$person", person));
            }
            else
            {
                foreach ((_, long since, _) in Names(journal, "person = $person", ("$person", person)).Where(one =>
                    JournalFilter.NameKey(one.Name) == JournalFilter.NameKey(called)))
                    Sqlite.Run(journal, $"UPDATE journal_name SET name = NULL{(HasMacs(journal) ? ", mac = NULL" : "")} "
                        + "WHERE person = $person AND since = $since", ("$person", person), ("$since", since));
            }

            all.Commit();
        }

        _newest.Remove(person);
        return Sqlite.Number(journal, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;
    }

    /// <summary>Removes the names that no record needs: all of a person in no record, and those that a later one had replaced before the
    /// first record.</summary>
    public void RemoveUnused()
    {
        HashSet<long> mentioned = [];
        using (SqliteCommand details = Sqlite.Command(journal, "SELECT detail FROM event WHERE detail LIKE '%{person %'"))
        {
            using SqliteDataReader row = details.ExecuteReader();
            while (row.Read())
                PersonReference.Read(row.GetString(0), person => mentioned.Add(person) ? "" : "");
        }

        string known = string.Join(", ", mentioned);
        Sqlite.Run(journal, $"""
            DELETE FROM journal_name WHERE person NOT IN ({known})
                AND NOT EXISTS (SELECT 1 FROM event WHERE event.person = journal_name.person);
            DELETE FROM journal_name WHERE EXISTS (SELECT 1 FROM journal_name later WHERE later.person = journal_name.person
                AND later.since > journal_name.since AND later.since <= (SELECT min(sequence) FROM event));
            """);
        _newest.Clear();
    }

    private string? NewestOf(long person)
    {
        if (_newest.TryGetValue(person, out string? known))
            return known;
        string? newest = Sqlite.Scalar(journal, "SELECT name FROM journal_name WHERE person = $person ORDER BY since DESC LIMIT 1",
            ("$person", person)) as string;
        if (newest is not null)
            _newest[person] = newest;
        return newest;
    }

    private static bool HasMacs(SqliteConnection journal) => JournalSchema.Format(journal) >= JournalChain.FirstFormat;

    private static void WriteMac(SqliteConnection journal, RecordMac macs, long person, long since, string name) => Sqlite.Run(journal,
        "UPDATE journal_name SET mac = $mac WHERE person = $person AND since = $since",
        ("$mac", macs.OfName(person, since, name)), ("$person", person), ("$since", since));

    private static List<(long Person, long Since, string Name)> Names(
        SqliteConnection journal, string condition, params (string, object?)[] values)
    {
        List<(long, long, string)> names = [];
        using SqliteCommand command =
            Sqlite.Command(journal, $"SELECT person, since, name FROM journal_name WHERE name IS NOT NULL AND {condition}", values);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            names.Add((row.GetInt64(0), row.GetInt64(1), row.GetString(2)));
        return names;
    }
}
