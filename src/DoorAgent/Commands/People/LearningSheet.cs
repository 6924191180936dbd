using System.Globalization;
using System.Text;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics;
using DoorAgent.Enrolment;

namespace DoorAgent.Commands.People;

/// <summary>The contact sheet of the pictures that a door kept of a person's grants: sealed pictures can be looked at nowhere
/// else.</summary>
internal static class LearningSheet
{
    /// <summary>Writes the sheet as one HTML file, which opens without a network. Only its owner can read the file (0600).</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="person">Name of the person.</param>
    /// <param name="candidates">The pictures.</param>
    /// <param name="jpegOf">Reads a picture.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, string person, IReadOnlyList<LearningCandidate> candidates, Func<string, byte[]> jpegOf)
    {
        HtmlPage page = new($"Pictures of grants to {person}");
        page.Element("p", "Does every picture show this person? The file contains pictures of people: delete it afterwards.");
        StringBuilder sheet = new("<div class='sheet'>\n");
        foreach (LearningCandidate candidate in candidates)
        {
            sheet.Append(HtmlPicture.Figure(ImageOf(candidate.File, jpegOf), string.Create(CultureInfo.InvariantCulture,
                $"{(candidate.IsGood ? "+" : "-")} #{candidate.Record} {candidate.Words}, quality {candidate.Quality:0.00}")));
        }

        page.Html(sheet.Append("</div>\n").ToString());
        PrivateFile.Write(path, Encoding.UTF8.GetBytes(page.End()));
    }

    private static string ImageOf(string file, Func<string, byte[]> jpegOf)
    {
        try
        {
            return HtmlPicture.Image("image/jpeg", jpegOf(file));
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The candidate's words say why the picture cannot be read.
            return "";
        }
    }
}
