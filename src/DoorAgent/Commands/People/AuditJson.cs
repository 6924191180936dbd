using DoorAgent.Evaluation;

namespace DoorAgent.Commands.People;

/// <summary>Makes an audit readable for programs.</summary>
internal static class AuditJson
{
    public static object Of(AuditReport report) => new
    {
        report.Encoder,
        report.People,
        report.Encodings,
        report.Threshold,
        Findings = report.Findings.Select(finding => new
        {
            Kind = $"{finding.Kind}",
            finding.Person,
            finding.Other,
            finding.Pictures,
            finding.OtherPictures,
            finding.Distance,
            Words = AuditWords.Of(finding),
            Next = AuditWords.Next(finding),
        }),
        NearestPeople = report.Nearest,
        Triplets = new { report.Triplets.Triplets, report.Triplets.Violated, report.Triplets.Loss },
        report.Notes,
    };
}
