using System.Globalization;
using DoorAgent.Evaluation;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Shows an audit on the terminal: the findings by kind, then the nearest people.</summary>
internal static class AuditView
{
    // A gallery without hours would otherwise fill the screen.
    private const int MostOfAKind = 20, PairsToShow = 5;

    public static void Show(AuditReport report)
    {
        foreach (IGrouping<AuditKind, AuditFinding> kind in report.Findings.GroupBy(finding => finding.Kind))
        {
            Console.WriteLine($"{AuditWords.Heading(kind.Key)} ({kind.Count()})");
            foreach (AuditFinding finding in kind.Take(MostOfAKind))
            {
                Console.WriteLine($"  {AuditWords.Of(finding)}");
                foreach (string next in AuditWords.Next(finding))
                    Console.WriteLine($"    -> {next}");
            }

            if (kind.Count() > MostOfAKind)
                Console.WriteLine($"  and {kind.Count() - MostOfAKind} more: --html FILE and --json name all.");
        }

        if (report.Nearest.Count > 0)
        {
            Table table = new Table().Border(TableBorder.Simple).AddColumns("nearest people", "", "distance", "confused from Matching:Fmr");
            foreach (NamedPair pair in report.Nearest.Take(PairsToShow))
            {
                table.AddRow(new[]
                {
                    pair.One, pair.Other, AuditWords.Text(pair.Distance), AuditWords.ClaimRate(pair, report.SmallestRate),
                }.Select(Markup.Escape).ToArray());
            }

            AnsiConsole.Write(table);
        }

        Console.WriteLine(AuditWords.Of(report.Triplets));
        foreach (string note in report.Notes)
            Console.WriteLine($"note: {note}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.People:#,0} people, {report.Encodings:#,0} pictures, ")
            + $"encoder {report.Encoder}: {Count(report.Findings.Count)}.");
    }

    private static string Count(int findings) => findings switch
    {
        0 => "nothing found",
        1 => "1 finding",
        _ => string.Create(CultureInfo.InvariantCulture, $"{findings:#,0} findings"),
    };
}
