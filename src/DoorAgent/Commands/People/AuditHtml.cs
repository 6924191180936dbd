using System.Globalization;
using System.Text;
using DoorAgent.Commands.Output;
using DoorAgent.Commands.Output.Plots;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.People;

/// <summary>Writes an audit as one HTML file: findings with what to do, the matrix of distances, and kept faces.</summary>
internal static class AuditHtml
{
    private const int MostSheets = 40;

    /// <summary>Writes the page.</summary>
    /// <param name="report">The audit.</param>
    /// <param name="madeAt">Local time of the audit.</param>
    /// <param name="face">Returns a kept face by person and number of the picture, as PNG; null where none is kept.</param>
    public static string Of(AuditReport report, DateTimeOffset madeAt, Func<string, int, byte[]?> face)
    {
        HtmlPage page = new("Audit of the gallery");
        page.Element("p", string.Create(CultureInfo.InvariantCulture,
            $"{madeAt:yyyy-MM-dd HH:mm zzz}. {report.People:#,0} people, {report.Encodings:#,0} pictures, encoder {report.Encoder}. ")
            + "This file names people"
            + " and may show them: delete it when it is no longer needed.");
        if (report.Findings.Count == 0)
            page.Element("p", "Nothing was found.");
        foreach (IGrouping<AuditKind, AuditFinding> kind in report.Findings.GroupBy(finding => finding.Kind))
        {
            page.Element("h2", $"{AuditWords.Heading(kind.Key)} ({kind.Count()})");
            page.Table(["what", "what to do"],
                kind.Select(finding => new[] { AuditWords.Of(finding), string.Join("; or ", AuditWords.Next(finding)) }));
            Sheet(page, kind, face);
        }

        Nearest(page, report);
        Matrix(page, report);
        page.Element("h2", "The margin between people");
        page.Element("p", AuditWords.Of(report.Triplets));
        page.List("Notes", report.Notes);
        return page.End();
    }

    private static void Nearest(HtmlPage page, AuditReport report)
    {
        if (report.Nearest.Count == 0)
            return;
        page.Element("h2", "The nearest people");
        page.Element("p", "Confused from: the setting of Matching:Fmr from which on a picture of one opens for the other. A door that is "
            + "set to less tells the two apart.");
        page.Table(["one", "other", "distance", "confused from"], report.Nearest.Select(pair => new[]
        {
            pair.One, pair.Other, AuditWords.Text(pair.Distance), AuditWords.ClaimRate(pair, report.SmallestRate),
        }));
    }

    private static void Matrix(HtmlPage page, AuditReport report)
    {
        DistanceMatrix matrix = report.Matrix;
        if (matrix.Names.Count < 2)
            return;
        page.Element("h2", "Everybody against everybody");
        string which = matrix.Names.Count < report.People
            ? $"Of {report.People} people the {matrix.Names.Count} who are nearest to somebody. " : "";
        page.Element("p", $"{which}Each square is the distance of the nearest pictures of two people, the nearest people first. Warm colours "
            + "are below the threshold of a claim against one picture; with more pictures of a person the threshold is smaller.");
        page.Html(MatrixPlot.Of("Distances of the nearest pictures of two people", matrix.Names, matrix.At, report.Threshold));
        if (matrix.Names.Count > MatrixPlot.MostNames)
            page.Columns(matrix.Names.Select((name, i) => $"{i + 1} {name}"));
    }

    /// <summary>Shows the pictures that findings name, as far as their faces are kept.</summary>
    private static void Sheet(HtmlPage page, IEnumerable<AuditFinding> findings, Func<string, int, byte[]?> face)
    {
        StringBuilder sheet = new();
        foreach (AuditFinding finding in findings.Where(finding => finding.Pictures.Count > 0).Take(MostSheets))
        {
            (string Caption, byte[]? Png)[] faces =
            [
                .. finding.Pictures.Select(number => ($"{finding.Person} {number}", face(finding.Person, number))),
                .. finding.OtherPictures.Select(number => ($"{finding.Other} {number}", face(finding.Other!, number))),
            ];
            string images = string.Concat(faces.Select(one => one.Png).OfType<byte[]>().Select(png => HtmlPicture.Image("image/png", png)));
            if (images.Length > 0)
            {
                sheet.Append(HtmlPicture.Figure(images,
                    string.Join(", ", faces.Select(one => one.Png is null ? $"{one.Caption} (not kept)" : one.Caption)), "pair"));
            }
        }

        if (sheet.Length > 0)
            page.Html($"<div class='sheet'>\n{sheet}</div>\n");
    }
}
