using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DoorAgent.Diagnostics;

/// <summary>Formats all findings for programs; the names of fields and levels are a contract.</summary>
internal static class DoctorReport
{
    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Returns the worst level of all findings.</summary>
    public static FindingLevel Worst(IEnumerable<CheckResult> results) =>
        results.SelectMany(result => result.Findings).Select(finding => finding.Level).DefaultIfEmpty().Max();

    /// <summary>Returns one JSON object on one line: result, data, and findings, each with check, level, what, and next (null for no next
    /// step).</summary>
    public static string Json(IReadOnlyList<CheckResult> results, string data) => JsonSerializer.Serialize(new
    {
        result = Worst(results),
        data,
        findings = results.SelectMany(
            result => result.Findings.Select(
                finding => new { check = result.Name, level = finding.Level, what = finding.What, next = finding.Next })),
    }, Form);
}
