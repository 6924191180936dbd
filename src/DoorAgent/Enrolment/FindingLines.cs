namespace DoorAgent.Enrolment;

/// <summary>Findings as lines to read. Pure.</summary>
internal static class FindingLines
{
    /// <summary>Of more findings that say the same, only one line is made.</summary>
    public const int MostAlone = 5;

    /// <summary>Of more runs of neighbours the rest is counted.</summary>
    public const int MostRuns = 30;

    /// <summary>
    /// A line for each picture, with + or - before it, in their order; but where the same is to be said of many, one line that
    /// names them all, neighbours as "first to last": five hundred pictures of one person are no five hundred lines.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<PictureFinding> findings)
    {
        ILookup<string, int> alike = Enumerable.Range(0, findings.Count).ToLookup(i => Said(findings[i]));
        List<string> lines = [];
        for (int i = 0; i < findings.Count; i++)
        {
            int[] same = [.. alike[Said(findings[i])]];
            if (same.Length <= MostAlone)
                lines.Add($"{Sign(findings[i])} {findings[i]}");
            else if (same[0] == i)
                lines.Add($"{Sign(findings[i])} {Runs(findings, same)} ({same.Length} pictures): {Words(findings, same)}");
        }

        return lines;
    }

    /// <summary>Distances and widths differ from picture to picture; what is said is the same.</summary>
    private static string Said(PictureFinding finding) => string.Concat($"{finding.Verdict}{finding.Words}".Where(letter => !char.IsAsciiDigit(letter)));

    private static string Words(IReadOnlyList<PictureFinding> findings, int[] which) =>
        findings[which[0]].Words + (which.All(i => findings[i].Words == findings[which[0]].Words) ? "" : ", and the others likewise");

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
                // To the end of the run.
            }

            (string from, string to) = (findings[which[first]].Name, findings[which[next - 1]].Name);
            runs.Add(next - first == 1 ? from : next - first == 2 ? $"{from}, {to}" : $"{from} to {to}");
        }

        return string.Join(", ", runs);
    }
}
