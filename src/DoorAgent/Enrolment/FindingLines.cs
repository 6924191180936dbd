using System.Globalization;

namespace DoorAgent.Enrolment;

/// <summary>Formats findings as lines of text. Pure.</summary>
internal static class FindingLines
{
    /// <summary>More findings with equal words than this become one line.</summary>
    public const int MostAlone = 5;

    /// <summary>A line names at most this many runs of neighbours; the rest is counted.</summary>
    public const int MostRuns = 30;

    /// <summary>
    /// Returns a line for each picture in order, starting with + or -. When many pictures have the same finding, one line names them all,
    /// with neighbours as "first to last", so that five hundred pictures of one person do not become five hundred lines.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<PictureFinding> findings)
    {
        ILookup<string, int> alike = Enumerable.Range(0, findings.Count).ToLookup(i => Kind(findings[i]));
        List<string> lines = [];
        for (int i = 0; i < findings.Count; i++)
        {
            int[] same = [.. alike[Kind(findings[i])]];
            if (same.Length <= MostAlone)
                lines.Add($"{Sign(findings[i])} {findings[i]}{Quality(findings[i])}");
            else if (same[0] == i)
                lines.Add($"{Sign(findings[i])} {Runs(findings, same)} ({same.Length} pictures): {Words(findings, same)}");
        }

        return lines;
    }

    /// <summary>Returns the finding without numbers: distances and widths differ between pictures with equal findings.</summary>
    private static string Kind(PictureFinding finding) =>
        string.Concat($"{finding.Verdict}{finding.Words}".Where(letter => !char.IsAsciiDigit(letter)));

    private static string Words(IReadOnlyList<PictureFinding> findings, int[] which) =>
        findings[which[0]].Words + (which.All(i => findings[i].Words == findings[which[0]].Words) ? "" : ", and the others likewise");

    private static string Quality(PictureFinding finding) => finding.Quality > 0
        ? string.Create(CultureInfo.InvariantCulture, $" (quality {finding.Quality:0.00})") : "";

    private static char Sign(PictureFinding finding) => finding.IsKept ? '+' : '-';

    private static string Runs(IReadOnlyList<PictureFinding> findings, int[] which)
    {
        List<string> runs = [];
        for (int first = 0, next; first < which.Length; first = next)
        {
            if (runs.Count == MostRuns)
            {
                runs.Add($"and {which.Length - first} more");
                break;
            }

            for (next = first + 1; next < which.Length && which[next] == which[next - 1] + 1; next++)
            {
                // Advances to the end of the run.
            }

            (string from, string to) = (findings[which[first]].Name, findings[which[next - 1]].Name);
            runs.Add(next - first == 1 ? from : next - first == 2 ? $"{from}, {to}" : $"{from} to {to}");
        }

        return string.Join(", ", runs);
    }
}
