using System.Globalization;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics;

/// <summary>Draws on a frame every face with its landmarks, and the main face with its verdict.</summary>
internal static class FaceInspectionDrawing
{
    private static readonly (byte B, byte G, byte R) Green = (80, 220, 80), Amber = (40, 180, 255), Grey = (160, 160, 160);

    public static void Draw(Frame frame, FaceInspection inspection, IReadOnlyList<Face> faces)
    {
        (byte B, byte G, byte R) colour = inspection.IsUsable ? Green : Amber;
        foreach (Face face in faces)
            Outline(frame, face, face.Box == inspection.Reading.Face?.Box ? colour : Grey);
        if (inspection.Reading.Face is not { } main || inspection.Quality is not { } quality)
        {
            FrameDrawing.Text(frame, 4, frame.Height, inspection.Words, Amber);
            return;
        }

        FrameDrawing.Text(frame, main.Box.X, main.Box.Y - 6, inspection.Verdict, colour);
        FrameDrawing.Text(frame, main.Box.X, main.Box.Y + main.Box.Height + 18, string.Create(CultureInfo.InvariantCulture,
            $"{quality.Width:0} px, score {main.Score:0.00}, light {quality.Brightness:0}, sharp {quality.Sharpness:0.000}, turn "
                + $"{quality.Turn:0.00}, roll {quality.Roll:0}"), colour);
    }

    private static void Outline(Frame frame, Face face, (byte B, byte G, byte R) colour)
    {
        FrameDrawing.Box(frame, face.Box.X, face.Box.Y, face.Box.Width, face.Box.Height, colour);
        for (int i = 0; i < Landmarks.Count; i++)
            FrameDrawing.Dot(frame, face.Landmarks[i].X, face.Landmarks[i].Y, colour);
    }
}
