using System.Globalization;
using DoorAgent.Commands.Trying;
using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Commands.Explain;

/// <summary>Draws a picture with its face, and beside it the measures with their limits, the nearest people with their distances, and the
/// answer.</summary>
internal static class ExplanationPicture
{
    private const int Panel = 560, Margin = 12, Row = 20, LettersInRow = 62, LeastSide = 480, MostSide = 1280;
    private const int BarLeft = 190, BarLength = 250, BarHeight = 10;
    private const double Letters = 0.45, FarthestShown = 1.5;

    private static readonly (byte B, byte G, byte R) Good = (80, 220, 80), Bad = (80, 80, 255), Plain = (230, 230, 230),
        Dim = (150, 150, 150), Limit = (40, 180, 255);

    /// <summary>Draws the explanation.</summary>
    /// <param name="picture">The picture, as the camera gave it.</param>
    /// <param name="frame">What the picture showed.</param>
    /// <param name="measures">The measures of its face; empty without a face.</param>
    /// <param name="words">The answer and other lines, and whether each is good news; null for neither.</param>
    /// <returns>A new picture.</returns>
    public static Frame Draw(
        Frame picture, VisitFrame frame, IReadOnlyList<FaceMeasure> measures, IReadOnlyList<(string Text, bool? IsGood)> words)
    {
        List<(string Text, bool? IsGood)> lines = [.. words.SelectMany(line =>
            WrappedText.Of(line.Text, LettersInRow, int.MaxValue).Select(part => (part, line.IsGood)))];
        (Frame sized, float scale) = Sized(picture);
        int rows = lines.Count + measures.Count + frame.Nearest.Count + 3;
        Frame canvas = new();
        canvas.Resize(sized.Width + Panel, Math.Max(sized.Height, (rows * Row) + (2 * Margin)));
        canvas.Pixels.Clear();
        Paste(sized, canvas);
        if (frame.Reading.Face is { } face)
            Outline(canvas, face, scale, frame.Reading.Encoding is not null ? Good : Limit);
        int left = sized.Width + Margin, y = Margin + Row;
        foreach ((string text, bool? isGood) in lines)
            Write(text, isGood is { } good ? good ? Good : Bad : Plain);
        y += Row / 2;
        foreach (FaceMeasure measure in measures)
            Write($"{(measure.Passes ? "ok  " : "NO  ")}{measure.Words}", measure.Passes ? Dim : Bad);
        y += Row / 2;
        foreach (NearPerson person in frame.Nearest)
        {
            bool isNear = person.Distance < person.Threshold;
            Bar(canvas, left + BarLeft, y, person, isNear ? Good : Dim);
            Write(string.Create(CultureInfo.InvariantCulture, $"{person.Distance:0.000}  {person.Name}"), isNear ? Good : Dim);
        }

        return canvas;

        void Write(string text, (byte B, byte G, byte R) colour)
        {
            FrameDrawing.Text(canvas, left, y, text, colour, Letters);
            y += Row;
        }
    }

    /// <summary>Draws a distance as a bar, with a mark at the threshold.</summary>
    private static void Bar(Frame canvas, int left, int baseLine, NearPerson person, (byte B, byte G, byte R) colour)
    {
        FrameDrawing.Fill(canvas, left, baseLine - BarHeight, At(person.Distance), BarHeight, colour);
        FrameDrawing.Fill(canvas, left + At(person.Threshold) - 1, baseLine - BarHeight - 4, 3, BarHeight + 8, Limit);
        FrameDrawing.Text(canvas, left + BarLength + Margin, baseLine,
            string.Create(CultureInfo.InvariantCulture, $"below {person.Threshold:0.000}"), Limit, Letters);

        static int At(float distance) => (int)(Math.Min(distance, FarthestShown) / FarthestShown * BarLength);
    }

    private static void Outline(Frame canvas, Face face, float scale, (byte B, byte G, byte R) colour)
    {
        FaceBox box = face.Box;
        FrameDrawing.Box(canvas, box.X * scale, box.Y * scale, box.Width * scale, box.Height * scale, colour);
        for (int i = 0; i < Landmarks.Count; i++)
            FrameDrawing.Dot(canvas, face.Landmarks[i].X * scale, face.Landmarks[i].Y * scale, colour);
    }

    /// <summary>Enlarges a small picture by a whole number, and halves a large one.</summary>
    private static (Frame Picture, float Scale) Sized(Frame picture)
    {
        float scale = 1;
        while (Math.Max(picture.Width, picture.Height) > MostSide)
        {
            Frame half = new();
            FrameHalver.Halve(picture, half);
            (picture, scale) = (half, scale / 2);
        }

        int factor = (LeastSide + Math.Max(picture.Width, picture.Height) - 1) / Math.Max(picture.Width, picture.Height);
        if (factor == 1)
            return (picture, scale);
        Frame large = new();
        large.Resize(picture.Width * factor, picture.Height * factor);
        for (int y = 0; y < large.Height; y++)
        {
            for (int x = 0; x < large.Width; x++)
            {
                picture.Pixels.Slice(3 * ((y / factor * picture.Width) + (x / factor)), 3)
                    .CopyTo(large.Pixels[(3 * ((y * large.Width) + x))..]);
            }
        }

        return (large, scale * factor);
    }

    private static void Paste(Frame picture, Frame canvas)
    {
        for (int y = 0; y < picture.Height; y++)
            picture.Pixels.Slice(3 * y * picture.Width, 3 * picture.Width).CopyTo(canvas.Pixels[(3 * y * canvas.Width)..]);
    }
}
