using DoorAgent.Events;
using DoorAgent.Settings;

namespace DoorAgent.Auditing;

/// <summary>Explains one event or one reason to deny, for the page of events and for 'log --explain'. The texts are those of the log's
/// lines.</summary>
/// <param name="Id">The event's id; null for a reason.</param>
/// <param name="Name">The name in log and journal.</param>
/// <param name="Level">The level in the log: ERR for an alarm, WRN for what needs a check, INF for normal operation, DBG for hidden
/// lines.</param>
/// <param name="Meaning">What the event or reason means.</param>
/// <param name="Remedy">What to do; empty when nothing has to be done.</param>
internal sealed record Explanation(int? Id, string Name, string Level, string Meaning, string Remedy)
{
    /// <summary>Every event, in the order of ids.</summary>
    public static IReadOnlyList<Explanation> Events { get; } = [.. EventLines.All.Select(line =>
        new Explanation(line.Value.Id, line.Key.ToString(), Mark(line.Value.Level), line.Value.Meaning, line.Value.Remedy))];

    /// <summary>Every reason to deny, in the order of the code.</summary>
    public static IReadOnlyList<Explanation> Reasons { get; } = [.. Enum.GetValues<DenyReason>().Select(Of)];

    /// <summary>Finds the explanations of a name or an id; two where an event and a reason have the same name.</summary>
    /// <exception cref="UserErrorException">Nothing has this name; the message names the most similar one.</exception>
    public static IReadOnlyList<Explanation> Find(string word)
    {
        string plain = word.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        Explanation[] all = [.. Events, .. Reasons];
        Explanation[] found = [.. all.Where(one => one.Name.Equals(plain, StringComparison.OrdinalIgnoreCase) || $"{one.Id}" == plain)];
        return found.Length > 0 ? found
            : throw new UserErrorException($"No event and no reason is called "
            + $"'{word}'.{DidYouMean.Hint(plain, [.. all.Select(one => one.Name).Distinct()])}");
    }

    /// <summary>Returns the page as two Markdown tables.</summary>
    public static string Page()
    {
        IEnumerable<string> lines =
        [
            "| id | event | in the log | it means | do |", "|---|---|---|---|---|",
            .. Events.Select(one => $"| {one.Id} | `{one.Name}` | {one.Level} | {Cell(one.Meaning)} | {Cell(one.Remedy)} |"),
            "", "Why a door stayed locked (`Denied`):", "", "| reason | in the log | it means | do |", "|---|---|---|---|",
            .. Reasons.Select(one => $"| `{one.Name}` | {one.Level} | {Cell(one.Meaning)} | {Cell(one.Remedy)} |"),
        ];
        return string.Concat(lines.Select(line => line.Replace("|  |", "| |", StringComparison.Ordinal) + "\n"));
    }

    private static Explanation Of(DenyReason reason)
    {
        (string why, string remedy) = DenialWords.Of(reason);
        DoorEventKind kind = reason == DenyReason.Abandoned ? DoorEventKind.AttemptAbandoned : DoorEventKind.Denied;
        return new Explanation(null, reason.ToString(), kind.IsAlarm(reason) ? "ERR" : Mark(EventLines.Of(kind).Level),
            char.ToUpperInvariant(why[0]) + why[1..] + ".", remedy.Length > 0 ? remedy.TrimEnd('.') + (remedy.EndsWith('?') ? "" : ".")
                : "");
    }

    /// <summary>Returns the level as the log writes it.</summary>
    public static string Mark(Serilog.Events.LogEventLevel level) => level switch
    {
        Serilog.Events.LogEventLevel.Error => "ERR",
        Serilog.Events.LogEventLevel.Warning => "WRN",
        Serilog.Events.LogEventLevel.Debug => "DBG",
        _ => "INF",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
