using System.Text.RegularExpressions;
using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// Moves the names of an older journal out of the records, within the transaction of the upgrade: a name goes into the table with the
/// first record that has it, and wherever a number changes its name. Names in the text of a detail become numbers; a name whose number
/// no record tells is left out.
/// </summary>
internal sealed partial class JournalNameUpgrade
{
    private const string LeftOut = "somebody";

    private readonly List<(long Person, long Since, string Name)> _names = [];
    private readonly List<(long Sequence, string Detail)> _details = [];

    /// <summary>The names: whose, from which record on.</summary>
    public IReadOnlyList<(long Person, long Since, string Name)> Names => _names;

    /// <summary>Reads the names of a journal in which the records contain them.</summary>
    public static JournalNameUpgrade Read(SqliteConnection journal)
    {
        JournalNameUpgrade upgrade = new();
        upgrade.ReadNames(journal);
        upgrade.ReadDetails(journal);
        return upgrade;
    }

    /// <summary>Writes the names beside the records, and the details without names.</summary>
    public void Write(SqliteConnection journal)
    {
        JournalNameWriter names = new(journal);
        foreach ((long person, long since, string name) in _names)
            names.Insert(person, name, since);
        if (_details.Count == 0)
            return;
        // The only records that are ever changed, by the only program that may: the rule returns before the transaction ends.
        Sqlite.Run(journal, "DROP TRIGGER event_keeps");
        foreach ((long sequence, string detail) in _details)
            Sqlite.Run(journal, "UPDATE event SET detail = $detail WHERE sequence = $sequence", ("$detail", detail),
                ("$sequence", sequence));
        Sqlite.Run(journal, JournalSchema.RecordsAreNotChanged);
    }

    private void ReadNames(SqliteConnection journal)
    {
        Dictionary<long, string> newest = [];
        using SqliteCommand command = Sqlite.Command(journal,
            "SELECT person, sequence, name FROM event WHERE person IS NOT NULL AND name IS NOT NULL ORDER BY sequence");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            (long person, string name) = (row.GetInt64(0), row.GetString(2));
            if (newest.TryGetValue(person, out string? before) && before == name)
                continue;
            newest[person] = name;
            _names.Add((person, row.GetInt64(1), name));
        }
    }

    // Older versions wrote names into the details of these two kinds only.
    private void ReadDetails(SqliteConnection journal)
    {
        ILookup<string, long> numbers = _names.ToLookup(one => one.Name, one => one.Person);
        using SqliteCommand command = Sqlite.Command(journal,
            "SELECT sequence, kind, detail FROM event WHERE kind IN ('ScheduleUnknown', 'GalleryRefused') AND detail IS NOT NULL");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            string detail = row.GetString(2), without = row.GetString(1) == nameof(DoorEventKind.ScheduleUnknown)
                ? WithoutScheduled(detail, numbers) : BadDate().Replace(detail, match => Numbered(match.Value, numbers));
            if (without != detail)
                _details.Add((row.GetInt64(0), without));
        }
    }

    /// <summary>Returns "'office' of anna, nora and 2 more. Did you mean ...?" with numbers in place of names.</summary>
    private static string WithoutScheduled(string detail, ILookup<string, long> numbers)
    {
        if (Scheduled().Match(detail) is not { Success: true } found)
            return detail;
        IEnumerable<string> names = found.Groups["names"].Value.Split(", ").Select(name => Numbered(name, numbers));
        return $"{found.Groups["schedule"].Value}{string.Join(", ", names)}{found.Groups["more"].Value}.{found.Groups["hint"].Value}";
    }

    // A name that several numbers had would be a guess.
    private static string Numbered(string name, ILookup<string, long> numbers) =>
        numbers[name].Distinct().ToArray() is [var only] ? PersonReference.Stored(PersonReference.Of(only, name))! : LeftOut;

    [GeneratedRegex(@"\A(?<schedule>'.*?' of )(?<names>.+?)(?<more> and [0-9]+ more)?\.(?<hint> Did you mean .+\?| Known here: .+\.)?\z")]
    private static partial Regex Scheduled();

    [GeneratedRegex(@"\A.+?(?= has an invalid date in the gallery \()")]
    private static partial Regex BadDate();
}
