using System.Text.RegularExpressions;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Auditing;

/// <summary>Selects records; each part that is not given matches every record.</summary>
/// <param name="Since">From this instant on.</param>
/// <param name="Until">Before this instant.</param>
/// <param name="Person">Name of the person, without regard to case; or the words that stand for a person without a name.</param>
/// <param name="Kinds">Any of these kinds.</param>
/// <param name="OnlyDenied">Denials only.</param>
/// <param name="OnlyAlarms">Alarms only; together with OnlyDenied, both.</param>
/// <param name="Now">With <paramref name="Since"/>: every record after the first one between the two times is included, whatever its own
/// time is. Null to compare the times alone.</param>
/// <param name="PersonId">Number of the person.</param>
internal sealed partial record JournalFilter(DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? Person = null,
    IReadOnlyList<DoorEventKind>? Kinds = null, bool OnlyDenied = false, bool OnlyAlarms = false, DateTimeOffset? Now = null,
    long? PersonId = null)
{
    /// <summary>The first and the last number of the records; null for all.</summary>
    public (long First, long Last)? Sequences { get; init; }

    /// <summary>Whether denials that count for no lockout are left out.</summary>
    public bool LeavesOutOtherDenials { get; init; }

    /// <summary>The only reasons of denials; null for every reason. Records of other kinds are not concerned.</summary>
    public IReadOnlyList<DenyReason>? Denials { get; init; }

    /// <summary>Returns the condition in SQL.</summary>
    /// <param name="names">The names of the journal, where its records contain none; the SQL function name_of then gives a record's
    /// name.</param>
    public (string Sql, (string Name, object? Value)[] Parameters) Condition(JournalNames? names = null)
    {
        List<string> all = ["1 = 1"];
        List<(string, object?)> values = [];
        // The recorded times have different offsets, so that they are compared as instants and not as text.
        if (Since is { } since)
        {
            const string later = "sequence > (SELECT min(sequence) FROM event WHERE julianday(time) "
                + "BETWEEN julianday($since) AND julianday($now))";
            Add($"(julianday(time) >= julianday($since){(Now is null ? "" : $" OR {later}")})", "$since", Text(since));
            if (Now is { } now)
                values.Add(("$now", Text(now)));
        }

        if (Until is { } until)
            Add("julianday(time) < julianday($until)", "$until", Text(until));
        if (Person is not null)
            Add(OfPerson(names), "$person", NameKey(Person)!);
        if (Sequences is { } numbers)
        {
            Add("sequence BETWEEN $first AND $last", "$first", numbers.First);
            values.Add(("$last", numbers.Last));
        }

        if (PersonId is { } id)
            Add("person = $id", "$id", id);
        if (LeavesOutOtherDenials)
            all.Add(Failures);
        if (Denials is { } reasons)
            all.Add($"(kind <> '{DoorEventKind.Denied}' OR reason IN ({string.Join(", ", reasons.Select(reason => $"'{reason}'"))}))");
        List<string> kinds = [];
        if (Kinds is { Count: > 0 })
            kinds.Add(OneOf(Kinds));
        if (OnlyDenied)
            kinds.Add(OneOf([DoorEventKind.Denied]));
        if (OnlyAlarms)
            kinds.Add(Alarms);
        if (kinds.Count > 0)
            all.Add($"({string.Join(" OR ", kinds)})");
        return (string.Join(" AND ", all), [.. values]);

        void Add(string condition, string name, object value)
        {
            all.Add(condition);
            values.Add((name, value));
        }
    }

    // The numbers are compared first: a function call for each record of a large journal takes seconds.
    private string OfPerson(JournalNames? names)
    {
        if (names?.AreBesideRecords != true)
            return "name_key(name) = $person";
        string numbers = string.Join(", ", names.Called(NameKey(Person)!));
        string called = $"person IN ({numbers}) AND name_key(name_of(person, sequence)) = $person";
        return Nameless().Match(Person!) is { Success: true } number ? $"(person = {number.Groups[1].Value} OR {called})" : called;
    }

    [GeneratedRegex(@"\Aperson ([0-9]{1,18})(?: \(erased\))?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Nameless();

    /// <summary>Returns a name's key, without regard to case and apostrophes; SQL calls this function name_key, since SQLite's upper knows
    /// only one alphabet.</summary>
    public static string? NameKey(string? name) => name is null ? null : NameSkeleton.Of(name).Small;

    // These are names of our enums, so that none can contain SQL.
    private static string Alarms { get; } = string.Join(" OR ",
    [
        OneOf(Enum.GetValues<DoorEventKind>().Where(kind => kind.IsAlarm())),
        .. from kind in Enum.GetValues<DoorEventKind>().Where(kind => !kind.IsAlarm())
           from reason in Enum.GetValues<DenyReason>()
           where kind.IsAlarm(reason)
           select $"(kind = '{kind}' AND reason = '{reason}')",
    ]);

    private static string Failures { get; } = "(reason IS NULL OR (reason = 'Superseded' AND distance IS NOT NULL) OR reason IN ("
        + string.Join(", ", Enum.GetValues<DenyReason>().Where(reason => reason == DenyReason.UnknownBadge || LockoutRule.Counts(reason))
            .Select(reason => $"'{reason}'")) + "))";

    private static string OneOf(IEnumerable<DoorEventKind> kinds) => $"kind IN ({string.Join(", ", kinds.Select(kind => $"'{kind}'"))})";

    private static string Text(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
}
