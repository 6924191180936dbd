using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// The names of the people in a journal. Records contain a person's number; the table journal_name says which name that number had from
/// which record on, so that a renamed person's earlier records keep the earlier name. An erased name is NULL there.
/// </summary>
internal sealed class JournalNames
{
    /// <summary>The first format with names beside the records.</summary>
    public const int FirstFormat = 3;

    private readonly Dictionary<long, List<(long Since, string? Name)>> _names = [];

    /// <summary>Whether the journal has such a table; in an older one the records contain the names.</summary>
    public bool AreBesideRecords { get; private init; }

    /// <summary>Reads all names.</summary>
    public static JournalNames Read(SqliteConnection journal)
    {
        JournalNames names = new() { AreBesideRecords = Sqlite.Number(journal, "PRAGMA user_version") >= FirstFormat };
        if (!names.AreBesideRecords)
            return names;
        using SqliteCommand command = Sqlite.Command(journal, "SELECT person, since, name FROM journal_name ORDER BY person, since");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            names.Add(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2));
        return names;
    }

    /// <summary>Reads the names of a journal file of any format; none where no journal exists.</summary>
    /// <exception cref="UserErrorException">The journal is damaged or cannot be read.</exception>
    public static JournalNames OfFile(string path)
    {
        if (!Permission.Exists(path) || new FileInfo(path).Length == 0)
            return new JournalNames();
        return JournalFile.Reading(path, () =>
        {
            using SqliteConnection journal = JournalFile.OpenToRead(path);
            JournalNames names = Read(journal);
            if (!names.AreBesideRecords)
            {
                foreach ((long person, long since, string name) in JournalNameUpgrade.Read(journal).Names)
                    names.Add(person, since, name);
            }

            return names;
        });
    }

    /// <summary>Counts the records whose detail has something in it, as the journal stores the details; 0 where no journal
    /// exists.</summary>
    /// <exception cref="UserErrorException">The journal is damaged or cannot be read.</exception>
    public static int InDetails(string path, Func<string, bool> has) => !Permission.Exists(path) || new FileInfo(path).Length == 0 ? 0
        : JournalFile.Reading(path, () =>
        {
            using SqliteConnection journal = JournalFile.OpenToRead(path);
            using SqliteCommand command = Sqlite.Command(journal, "SELECT detail FROM event WHERE detail IS NOT NULL");
            using SqliteDataReader row = command.ExecuteReader();
            int found = 0;
            while (row.Read())
                found += has(row.GetString(0)) ? 1 : 0;
            return found;
        });

    /// <summary>Returns the name that a number had at a record; null where the name is unknown or erased.</summary>
    public string? Of(long person, long sequence) => At(person, sequence)?.Name;

    /// <summary>Returns the people who have or had a name with this key (<see cref="JournalFilter.NameKey"/>).</summary>
    public IReadOnlyList<long> Called(string key) =>
        [.. _names.Where(person => person.Value.Any(one => JournalFilter.NameKey(one.Name) == key)).Select(person => person.Key)];

    /// <summary>Returns the different names that a number has or had, the newest first.</summary>
    public IReadOnlyList<string> AllOf(long person) => _names.TryGetValue(person, out List<(long Since, string? Name)>? known)
        ? [.. known.AsEnumerable().Reverse().Select(one => one.Name).OfType<string>().Distinct()] : [];

    /// <summary>Every name of everybody.</summary>
    public IEnumerable<string> All => _names.Values.SelectMany(known => known.Select(one => one.Name)).OfType<string>().Distinct();

    /// <summary>Returns a record with the names that belong to its numbers.</summary>
    public DoorEvent Named(DoorEvent read)
    {
        if (!AreBesideRecords)
            return read;
        DoorEvent named = read with { Detail = PersonReference.Read(read.Detail, id => Who(id, read.Sequence)) };
        return read.PersonId is { } person && At(person, read.Sequence) is { } known
            ? named with { PersonName = known.Name, IsErased = known.Name is null } : named;
    }

    private void Add(long person, long since, string? name)
    {
        if (!_names.TryGetValue(person, out List<(long, string?)>? known))
            _names.Add(person, known = []);
        known.Add((since, name));
    }

    private string Who(long person, long sequence) => At(person, sequence) is { } known
        ? known.Name ?? PersonReference.Nameless(person, isErased: true) : PersonReference.Nameless(person, isErased: false);

    private (long Since, string? Name)? At(long person, long sequence)
    {
        if (!_names.TryGetValue(person, out List<(long Since, string? Name)>? known))
            return null;
        int at = known.FindLastIndex(one => one.Since <= sequence);
        return at < 0 ? null : known[at];
    }
}
