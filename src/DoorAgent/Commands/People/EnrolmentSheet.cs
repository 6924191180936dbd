using System.Globalization;
using System.Text;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics;
using DoorAgent.Enrolment;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Commands.People;

/// <summary>The contact sheet of an enrolment: each picture with its face, its quality, and why it was kept or not.</summary>
internal static class EnrolmentSheet
{
    private static readonly (byte B, byte G, byte R) Kept = (80, 220, 80), Refused = (80, 80, 255);

    /// <summary>Writes the sheet as one HTML file, which opens without a network. Only its owner can read the file (0600).</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, string person, IReadOnlyList<PictureFinding> findings, Func<PictureFinding, Frame?> pictureOf)
    {
        HtmlPage page = new($"Pictures of {person}");
        int kept = findings.Count(finding => finding.IsKept);
        page.Element("p", string.Create(CultureInfo.InvariantCulture, $"{kept} of {findings.Count} pictures can be used."));
        StringBuilder sheet = new("<div class='sheet'>\n");
        foreach (PictureFinding finding in findings)
        {
            string quality = finding.Quality > 0 ? string.Create(CultureInfo.InvariantCulture, $", quality {finding.Quality:0.00}") : "";
            string image = pictureOf(finding) is { } frame ? HtmlPicture.Of(frame) : "";
            sheet.Append(HtmlPicture.Figure(image, $"{(finding.IsKept ? "+" : "-")} {finding}{quality}"));
        }

        page.Html(sheet.Append("</div>\n").ToString());
        PrivateFile.Write(path, Encoding.UTF8.GetBytes(page.End()));
    }

    /// <summary>Reads a picture file and outlines its face; null for a file that is not a picture.</summary>
    public static Frame? OfFile(PictureFinding finding)
    {
        try
        {
            Frame frame = new();
            PictureFile.Read(finding.File, frame);
            // The face of a turned picture lies on the turned one.
            if (finding is { Face: { } box, TurnedBy: 0 })
                FrameDrawing.Box(frame, box.X, box.Y, box.Width, box.Height, finding.IsKept ? Kept : Refused);
            return frame;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The finding says why the file is not a picture.
            return null;
        }
    }
}
