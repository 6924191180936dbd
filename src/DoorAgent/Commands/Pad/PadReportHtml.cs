using System.Globalization;
using System.Net;
using System.Text;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.Pad;

/// <summary>Writes a report as one HTML file without scripts; nothing is loaded from elsewhere.</summary>
internal static class PadReportHtml
{
    private const int MostPictures = 24;

    // The policy makes the browser refuse whatever would be loaded.
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width">
        <title>Presentation attack detection at this door</title>
        <style>
        body { font: 15px/1.45 sans-serif; color: #222; max-width: 1000px; margin: 2em auto; padding: 0 1em }
        table { border-collapse: collapse; margin: 1em 0 }
        th, td { text-align: left; padding: .3em .8em .3em 0; border-bottom: 1px solid #ddd; vertical-align: top }
        svg { max-width: 100%; height: auto; margin: .5em 0 }
        .sheet { display: flex; flex-wrap: wrap; gap: 10px }
        figure { width: 230px; margin: 0 }
        img { width: 100% }
        figcaption { font-size: 12px; overflow-wrap: anywhere }
        </style>
        </head>
        <body>

        """;

    public static string Of(PadReport report)
    {
        StringBuilder html = new(Head);
        Element(html, "h1", "Presentation attack detection at this door");
        Element(html, "p", string.Create(CultureInfo.InvariantCulture, $"{report.Folder}, {report.MadeAt:yyyy-MM-dd HH:mm zzz}. ")
            + PadWords.Of(report.Conditions));
        Element(html, "p", "APCER is the share of attacks that are accepted, BPCER the share of people who are refused; in brackets the "
            + "Clopper-Pearson interval of 95 %. Of all: unusable presentations are refused, as at the door. Of judged: without them. "
            + "Check alone: the liveness check over every face that is found, whatever its quality.");
        Element(html, "p", PadReport.Limits);
        Element(html, "p", "This file contains pictures of people: delete it when it is no longer needed.");
        foreach ((string kind, PadEvaluation part) in report.Parts)
            Part(html, kind, part, report.Conditions);
        List(html, "Notes", report.Notes);
        List(html, "Skipped, and counted nowhere", report.Skipped.Select(file => $"{file.Name}: {file.Why}"));
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Part(StringBuilder html, string kind, PadEvaluation part, PadConditions conditions)
    {
        double threshold = conditions.Threshold;
        Element(html, "h2", kind == "stills" ? "Stills" : "Clips: the first window of frames decides, as at the door");
        Table(html, part.Errors(threshold));
        Lines(html, PadWords.LaterAttempts(part, threshold));
        Lines(html, PadWords.Threshold(part, conditions.Bpcer));
        Element(html, "h3", "Scores");
        html.Append(PadPlots.Histogram(part, threshold));
        Element(html, "h3", "Accepted attacks against refused people (ROC)");
        html.Append(PadPlots.Roc(part, threshold));
        Element(html, "h3", "To claim less");
        Lines(html, PadWords.Claims(part, threshold));
        Sheet(html, "Accepted attacks, the worst first", part.WorstAttacks(threshold, MostPictures));
        Sheet(html, "Refused people, the worst first", part.RefusedPeople(threshold, MostPictures));
    }

    private static void Table(StringBuilder html, IReadOnlyList<PresentationErrors> classes)
    {
        html.Append("<table>\n<tr>");
        foreach (string head in new[]
        {
            "class", "count", "unusable", "rate", "of all", "of judged", "check alone", "groups with an error", "refused by",
        })
            Element(html, "th", head);
        html.Append("</tr>\n");
        foreach (PresentationErrors errors in classes)
        {
            html.Append("<tr>");
            Element(html, "td", errors.Class);
            Element(html, "td", $"{errors.OfAll.Trials}");
            Element(html, "td", errors.Unusable == 0 ? "0" : $"{errors.Unusable} ({PadWords.Of(errors.Problems)})");
            Element(html, "td", errors.Name);
            Element(html, "td", $"{errors.OfAll.Errors} of {errors.OfAll.Trials}: {PadWords.Of(errors.OfAll)}");
            Element(html, "td", $"{errors.OfJudged.Errors} of {errors.OfJudged.Trials}: {PadWords.Of(errors.OfJudged)}");
            Element(html, "td", $"{errors.OfFaces.Errors} of {errors.OfFaces.Trials}: {PadWords.Of(errors.OfFaces)}");
            Element(html, "td", PadWords.Groups(errors));
            Element(html, "td", PadWords.Of(errors.Refusals));
            html.Append("</tr>\n");
        }

        html.Append("</table>\n");
    }

    private static void Sheet(StringBuilder html, string title, IReadOnlyList<PresentationResult> results)
    {
        Element(html, "h3", title);
        if (results.Count == 0)
            Element(html, "p", "None.");
        else
            html.Append(ContactSheet.Of(results));
    }

    private static void List(StringBuilder html, string title, IEnumerable<string> lines)
    {
        if (!lines.Any())
            return;
        Element(html, "h2", title);
        html.Append("<ul>\n");
        foreach (string line in lines)
            Element(html, "li", line);
        html.Append("</ul>\n");
    }

    private static void Lines(StringBuilder html, IEnumerable<string> lines)
    {
        foreach (string line in lines)
            Element(html, "p", line);
    }

    private static void Element(StringBuilder html, string name, string text) =>
        html.Append(CultureInfo.InvariantCulture, $"<{name}>{WebUtility.HtmlEncode(text)}</{name}>\n");
}
