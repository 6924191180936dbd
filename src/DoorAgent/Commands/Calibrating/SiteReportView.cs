using System.Globalization;
using DoorAgent.Evaluation;
using Spectre.Console;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Shows a check of the table on the terminal.</summary>
internal static class SiteReportView
{
    private const int MostPeople = 20;

    public static void Show(SiteReport report)
    {
        SiteConditions conditions = report.Conditions;
        Console.WriteLine($"{conditions.Encoder} with {conditions.Detector}, rule {conditions.Rule.Name}, "
            + $"at Matching:Fmr {SiteWords.Rate(conditions.Fmr)}; "
            + $"the table was measured on {(conditions.MeasuredOn.Length > 0 ? conditions.MeasuredOn : "unknown pictures")}.");
        Console.WriteLine(SiteWords.Support(report));
        Console.WriteLine(SiteWords.FalseMatches(report));
        Console.WriteLine(SiteWords.FalseNonMatches(report));
        ShowPeople(report);
        ShowRows(report);
        foreach (Contradiction row in report.Findings.Contradictions)
            Console.WriteLine($"WARNING: {SiteWords.Of(row)}.");
        Console.WriteLine(report.Findings.Proposed is not null ? SiteWords.Proposal(report)
            : $"No distance of this site is proposed: {report.Findings.WhyNot}.");
        Console.WriteLine(SiteReport.Limits);
    }

    private static void ShowPeople(SiteReport report)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("person", "pictures", "refused", "farthest own", "threshold", "nearest other", "who", "taken for");
        foreach (SitePerson person in report.WorstFirst.Take(MostPeople))
        {
            table.AddRow(new[]
            {
                person.Name, Number(person.Encodings), person.Own.Count == 0 ? "-" : $"{person.Refused} of {person.Own.Count}",
                person.Own.Count == 0 ? "-" : SiteWords.Distance(person.Own.Max()), SiteWords.Distance(person.Threshold),
                person.NearestOther is null ? "-" : SiteWords.Distance(person.NearestDistance), person.NearestOther ?? "-",
                person.FalseMatches == 0 ? "" : $"{person.FalseMatches} of {person.Claims}",
            }.Select(Markup.Escape).ToArray());
        }

        AnsiConsole.Write(table);
        if (report.Study.People.Count > MostPeople)
            Console.WriteLine($"The worst {MostPeople} of {report.Study.People.Count}; --json has everybody.");
    }

    private static void ShowRows(SiteReport report)
    {
        if (report.Rows.Count == 0)
        {
            Console.WriteLine("Too few comparisons to say at which distance this gallery reaches a rate.");
            return;
        }

        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("rate of a comparison", "the table", "this gallery", "95 % interval", "");
        foreach (RateRow row in report.Rows)
        {
            table.AddRow(SiteWords.Rate(row.Fmr), SiteWords.Distance(report.Conditions.Table.DistanceAt(row.Fmr)!.Value),
                SiteWords.Distance(row.Distance), $"{SiteWords.Distance(row.Low)} to {SiteWords.Distance(row.High)}",
                row.IsEstimate ? "ESTIMATE: the lower end of its interval" : "");
        }

        AnsiConsole.Write(table);
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
