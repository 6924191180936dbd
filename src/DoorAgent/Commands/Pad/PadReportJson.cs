using DoorAgent.Commands.Output;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.Pad;

/// <summary>Writes a report for programs.</summary>
internal static class PadReportJson
{
    public static string Of(PadReport report) => JsonLine.Of(new
    {
        report.Folder,
        report.MadeAt,
        Conditions = new
        {
            report.Conditions.Detector,
            report.Conditions.Encoder,
            Strength = $"{report.Conditions.Strength}",
            report.Conditions.Threshold,
            report.Conditions.MinFaceWidth,
            report.Conditions.FramesToAgree,
            report.Conditions.Bpcer,
        },
        Stills = report.Stills is { } stills ? Part(stills, report.Conditions) : null,
        Clips = report.Clips is { } clips ? Part(clips, report.Conditions) : null,
        report.Skipped,
        report.Notes,
        PadReport.Limits,
    });

    private static object Part(PadEvaluation part, PadConditions conditions) => new
    {
        Classes = part.Errors(conditions.Threshold).Select(Errors),
        AtBpcer = part.ThresholdFor(conditions.Bpcer) is { } threshold
            ? new { Threshold = threshold, Classes = part.Errors(threshold).Select(Errors) } : null,
        Roc = part.Classes.Where(name => name != Presentation.Live).Select(name => new
        {
            Class = name,
            Points = part.Roc(name).Where(point => double.IsFinite(point.Threshold)),
        }),
        Presentations = part.Results.Select(one => new
        {
            one.Presentation.Name,
            one.Presentation.Class,
            one.Presentation.Group,
            one.Presentation.Medium,
            Problem = one.IsJudged ? null : $"{one.Problem}",
            FaceWidth = one.Face?.Width,
            Alone = one.Alone is { } alone ? new { Sign = $"{alone.Sign}", alone.Score } : null,
            IsAccepted = one.IsAccepted(conditions.Threshold),
            Attempts = one.Attempts.Select(attempt => new { Sign = $"{attempt.Sign}", attempt.Score }),
        }),
    };

    private static object Errors(PresentationErrors errors) => new
    {
        errors.Class,
        Rate = errors.Name,
        errors.Unusable,
        All = Rate(errors.OfAll),
        Judged = Rate(errors.OfJudged),
        CheckAlone = Rate(errors.OfFaces),
        Groups = Rate(errors.OfGroups),
        ByGroup = errors.Groups.Select(group => new { group.Group, group.Errors.Errors, group.Errors.Trials }),
        Problems = errors.Problems.ToDictionary(one => $"{one.Problem}", one => one.Count),
        RefusedBy = errors.Refusals.ToDictionary(one => $"{one.Sign}", one => one.Count),
        Claims = PadClaim.Below(errors.OfAll).Select(claim => new { claim.Rate, claim.WithoutError, claim.WithErrors }),
    };

    private static object Rate(ErrorRate rate) => new { rate.Errors, rate.Trials, rate.Rate, rate.Lower, rate.Upper };
}
