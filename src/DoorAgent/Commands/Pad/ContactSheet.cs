using System.Text;
using DoorAgent.Commands.Output;
using DoorAgent.Evaluation;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;

namespace DoorAgent.Commands.Pad;

/// <summary>Makes a contact sheet for HTML: small pictures inside the page, each with its name and score.</summary>
internal static class ContactSheet
{
    private static readonly (byte B, byte G, byte R) Outline = (80, 220, 255);

    /// <summary>Makes the sheet; a picture that can no longer be read is shown by its name alone.</summary>
    public static string Of(IReadOnlyList<PresentationResult> results)
    {
        StringBuilder html = new("<div class='sheet'>\n");
        PresentationFrames frames = new();
        foreach (PresentationResult result in results)
        {
            string score = result.First.Score is { } measured ? $"score {PadWords.Score(measured)}" : "no score";
            string sign = result.First.Sign == SpoofSign.None ? "" : $", {result.First.Sign}".ToLowerInvariant();
            string medium = result.Presentation.Medium.Length > 0 ? $", {result.Presentation.Medium}" : "";
            string caption = $"{result.Presentation.Name}: {score}{sign} (group {result.Presentation.Group}{medium})";
            html.Append(HtmlPicture.Figure(Picture(result, frames), caption));
        }

        return html.Append("</div>\n").ToString();
    }

    private static string Picture(PresentationResult result, PresentationFrames frames)
    {
        try
        {
            foreach (Frame frame in frames.Of(result.Presentation))
            {
                if (result.Face is { } face && !result.Presentation.IsClip)
                    FrameDrawing.Box(frame, face.X, face.Y, face.Width, face.Height, Outline);
                return HtmlPicture.Of(frame);
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The file was removed since it was judged; its name and score are still worth a line.
        }

        return "";
    }
}
