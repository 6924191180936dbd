using System.Globalization;
using DoorAgent.Evaluation;
using Spectre.Console;

namespace DoorAgent.Commands.Pad;

/// <summary>Shows a report on the terminal: a table for each kind, then what follows from it.</summary>
internal static class PadReportView
{
    // A folder of the wrong files would otherwise fill the screen.
    private const int MostSkipped = 10;

    public static void Show(PadReport report)
    {
        Console.WriteLine(PadWords.Of(report.Conditions));
        foreach (SkippedFile file in report.Skipped.Take(MostSkipped))
            Console.WriteLine($"  skipped {file.Name}: {file.Why}");
        if (report.Skipped.Count > 0)
            Console.WriteLine($"Skipped, and counted nowhere: {report.Skipped.Count}.");
        foreach ((string kind, PadEvaluation part) in report.Parts)
            Show(kind, part, report.Conditions);
        foreach (string note in report.Notes)
            Console.WriteLine($"note: {note}");
        Console.WriteLine(PadReport.Limits);
    }

    private static void Show(string kind, PadEvaluation part, PadConditions conditions)
    {
        IReadOnlyList<PresentationErrors> errors = part.Errors(conditions.Threshold);
        Table table = new Table().Border(TableBorder.Simple).AddColumns(kind, "count", "unusable", "rate", "of all", "of judged",
            "check alone", "groups with an error");
        foreach (PresentationErrors one in errors)
        {
            table.AddRow(new[]
            {
                one.Class, Number(one.OfAll.Trials), Number(one.Unusable), one.Name, PadWords.Of(one.OfAll),
                PadWords.Of(one.OfJudged), PadWords.Of(one.OfFaces), PadWords.Groups(one),
            }.Select(Markup.Escape).ToArray());
        }

        AnsiConsole.Write(table);
        foreach (PresentationErrors one in errors)
        {
            if (one.Unusable > 0)
                Console.WriteLine($"{one.Class}, unusable: {PadWords.Of(one.Problems)}");
            if (one.Refusals.Count > 0)
                Console.WriteLine($"{one.Class}, refused by: {PadWords.Of(one.Refusals)}");
        }

        foreach (string line in PadWords.LaterAttempts(part, conditions.Threshold).Concat(PadWords.Threshold(part, conditions.Bpcer))
            .Concat(PadWords.Claims(part, conditions.Threshold)))
            Console.WriteLine(line);
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
