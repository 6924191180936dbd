using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.Pad;

/// <summary>Writes a report as one HTML file without scripts; nothing is loaded from elsewhere.</summary>
internal static class PadReportHtml
{
    private const int MostPictures = 24;

    public static string Of(PadReport report)
    {
        HtmlPage page = new("Presentation attack detection at this door");
        page.Element("p", string.Create(CultureInfo.InvariantCulture, $"{report.Folder}, {report.MadeAt:yyyy-MM-dd HH:mm zzz}. ")
            + PadWords.Of(report.Conditions));
        page.Element("p", "APCER is the share of attacks that are accepted, BPCER the share of people who are refused; in brackets the "
            + "Clopper-Pearson interval of 95 %. Of all: unusable presentations are refused, as at the door. Of judged: without them. "
            + "Check alone: the liveness check over every face that is found, whatever its quality.");
        page.Element("p", PadReport.Limits);
        page.Element("p", "This file contains pictures of people: delete it when it is no longer needed.");
        foreach ((string kind, PadEvaluation part) in report.Parts)
            Part(page, kind, part, report.Conditions);
        page.List("Notes", report.Notes);
        page.List("Skipped, and counted nowhere", report.Skipped.Select(file => $"{file.Name}: {file.Why}"));
        return page.End();
    }

    private static void Part(HtmlPage page, string kind, PadEvaluation part, PadConditions conditions)
    {
        double threshold = conditions.Threshold;
        page.Element("h2", kind == "stills" ? "Stills" : "Clips: the first window of frames decides, as at the door");
        Table(page, part.Errors(threshold));
        page.Lines(PadWords.LaterAttempts(part, threshold));
        page.Lines(PadWords.Threshold(part, conditions.Bpcer));
        page.Element("h3", "Scores");
        page.Html(PadPlots.Histogram(part, threshold));
        page.Element("h3", "Accepted attacks against refused people (ROC)");
        page.Html(PadPlots.Roc(part, threshold));
        page.Element("h3", "To claim less");
        page.Lines(PadWords.Claims(part, threshold));
        Sheet(page, "Accepted attacks, the worst first", part.WorstAttacks(threshold, MostPictures));
        Sheet(page, "Refused people, the worst first", part.RefusedPeople(threshold, MostPictures));
    }

    private static void Table(HtmlPage page, IReadOnlyList<PresentationErrors> classes) => page.Table(
        ["class", "count", "unusable", "rate", "of all", "of judged", "check alone", "groups with an error", "refused by"],
        classes.Select(errors => new[]
        {
            errors.Class,
            $"{errors.OfAll.Trials}",
            errors.Unusable == 0 ? "0" : $"{errors.Unusable} ({PadWords.Of(errors.Problems)})",
            errors.Name,
            Counted(errors.OfAll),
            Counted(errors.OfJudged),
            Counted(errors.OfFaces),
            PadWords.Groups(errors),
            PadWords.Of(errors.Refusals),
        }));

    private static string Counted(ErrorRate rate) => $"{rate.Errors} of {rate.Trials}: {PadWords.Of(rate)}";

    private static void Sheet(HtmlPage page, string title, IReadOnlyList<PresentationResult> results)
    {
        page.Element("h3", title);
        if (results.Count == 0)
            page.Element("p", "None.");
        else
            page.Html(ContactSheet.Of(results));
    }
}
