using DoorAgent.Commands.Output;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Writes a check of the table for programs.</summary>
internal static class SiteReportJson
{
    public static void Write(SiteReport report) => JsonLine.Write(new
    {
        report.Conditions.Encoder,
        report.Conditions.Detector,
        Rule = report.Conditions.Rule.Name,
        report.Conditions.Fmr,
        report.Conditions.MeasuredOn,
        report.People,
        FalseMatches = Rate(report.Study.FalseMatches),
        FalseNonMatches = Rate(report.Study.FalseNonMatches),
        SmallestRateShown = report.Support.Smallest,
        CanShowFmr = report.Support.Shows(report.Conditions.Fmr),
        ComparisonsNeeded = ClaimSupport.Needed(report.Conditions.Fmr),
        Rows = report.Rows.Select(row => new
        {
            row.Fmr, Table = report.Conditions.Table.DistanceAt(row.Fmr), row.Distance, row.Low, row.High, row.IsEstimate,
        }),
        Contradictions = report.Findings.Contradictions.Select(row => new { row.Fmr, row.Distance, Found = Rate(row.Found), row.Pairs }),
        report.Findings.Proposed,
        report.Findings.Shift,
        report.Findings.WhyNot,
        Persons = report.WorstFirst.Select(person => new
        {
            person.Name,
            person.Encodings,
            person.Threshold,
            person.Own,
            person.Refused,
            person.NearestOther,
            NearestDistance = person.NearestOther is null ? (double?)null : person.NearestDistance,
            person.FalseMatches,
            person.Claims,
        }),
        SiteReport.Limits,
    });

    private static object Rate(ErrorRate rate) => new { rate.Errors, rate.Trials, rate.Rate, rate.Lower, rate.Upper };
}
