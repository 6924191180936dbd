using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Auditing;

/// <summary>Which records are wanted; what is not given, does not matter.</summary>
/// <param name="Since">From this instant on.</param>
/// <param name="Until">Before this instant.</param>
/// <param name="Person">Name in any case.</param>
/// <param name="Kinds">Any of these kinds.</param>
/// <param name="OnlyDenied">Denials only.</param>
/// <param name="OnlyAlarms">Alarms only; together with denials, both.</param>
/// <param name="Now">With <paramref name="Since"/>: what was recorded after the first record between the two belongs to it too, whatever
/// the clock said then. Null to go by the times alone.</param>
internal sealed record JournalFilter(DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? Person = null,
    IReadOnlyList<DoorEventKind>? Kinds = null, bool OnlyDenied = false, bool OnlyAlarms = false, DateTimeOffset? Now = null)
{
    /// <summary>The condition in SQL; true for everything when nothing is given.</summary>
    public (string Sql, (string Name, object? Value)[] Parameters) Condition()
    {
        List<string> all = ["1 = 1"];
        List<(string, object?)> values = [];
        // The written times have the offset of their day: compared as instants, not as text.
        if (Since is { } since)
        {
            const string later = "sequence > (SELECT min(sequence) FROM event WHERE julianday(time) BETWEEN julianday($since) AND julianday($now))";
            Add($"(julianday(time) >= julianday($since){(Now is null ? "" : $" OR {later}")})", "$since", Text(since));
            if (Now is { } now)
                values.Add(("$now", Text(now)));
        }

        if (Until is { } until)
            Add("julianday(time) < julianday($until)", "$until", Text(until));
        if (Person is not null)
            Add("name_key(name) = $person", "$person", NameKey(Person)!);
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

    /// <summary>What SQL calls name_key: a name is found as it is read, whatever its case and apostrophe, and SQLite's own upper knows one alphabet.</summary>
    public static string? NameKey(string? name) => name is null ? null : NameSkeleton.Of(name).Small;

    // Names of enums of ours: nothing of them could be SQL.
    private static string Alarms { get; } = string.Join(" OR ",
    [
        OneOf(Enum.GetValues<DoorEventKind>().Where(kind => kind.IsAlarm())),
        .. from kind in Enum.GetValues<DoorEventKind>().Where(kind => !kind.IsAlarm())
           from reason in Enum.GetValues<DenyReason>()
           where kind.IsAlarm(reason)
           select $"(kind = '{kind}' AND reason = '{reason}')",
    ]);

    private static string OneOf(IEnumerable<DoorEventKind> kinds) => $"kind IN ({string.Join(", ", kinds.Select(kind => $"'{kind}'"))})";

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
}
