using System.Net;

namespace DoorAgent.Faults;

/// <summary>The outcome of all kills, as text and as a page.</summary>
internal static class KillReport
{
    private static readonly string Head = $"{"operation",-20} {"tries",6} {"killed",7} {"findings",9}";

    /// <summary>One line of the table.</summary>
    public static string Line(string operation, IReadOnlyList<KillOutcome> outcomes) =>
        $"{operation,-20} {outcomes.Count,6} {Killed(outcomes),7} {Wrong(outcomes),9}";

    /// <summary>The whole table, and each kind of finding once with its number.</summary>
    public static string Table(IReadOnlyList<KillOutcome> outcomes) => string.Join('\n',
    [
        Head,
        .. outcomes.GroupBy(outcome => outcome.Operation).Select(operation => Line(operation.Key, [.. operation])),
        .. Findings(outcomes),
    ]);

    /// <summary>The same as a page.</summary>
    public static string Html(IReadOnlyList<KillOutcome> outcomes, int seed) => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Kills</title>
        </head><body><h1>Kills</h1><p>Seed {seed}.</p>
        <table border="1" cellpadding="6"><tr><th>operation</th><th>tries</th><th>killed</th><th>findings</th></tr>
        {string.Join('\n', outcomes.GroupBy(outcome => outcome.Operation).Select(operation => Row(operation.Key, [.. operation])))}
        </table><ul>{string.Concat(Findings(outcomes).Select(finding => $"<li>{WebUtility.HtmlEncode(finding)}</li>"))}</ul></body></html>
        """;

    private static string Row(string operation, IReadOnlyList<KillOutcome> outcomes) =>
        $"<tr><td>{WebUtility.HtmlEncode(operation)}</td><td>{outcomes.Count}</td>"
            + $"<td>{Killed(outcomes)}</td><td>{Wrong(outcomes)}</td></tr>";

    private static int Killed(IReadOnlyList<KillOutcome> outcomes) => outcomes.Count(outcome => outcome.WasKilled);

    private static int Wrong(IReadOnlyList<KillOutcome> outcomes) => outcomes.Count(outcome => outcome.Findings.Count > 0);

    private static IEnumerable<string> Findings(IReadOnlyList<KillOutcome> outcomes) => outcomes
        .SelectMany(outcome => outcome.Findings.Select(finding => $"{outcome.Operation}: {finding}")).GroupBy(finding => finding)
        .OrderByDescending(finding => finding.Count()).Select(finding => $"{finding.Count()} x {finding.Key}");
}
