using System.Net;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Commands.Output.Plots;

/// <summary>Draws a matrix of distances as a picture of one pixel for each pair, within an SVG that has the names.</summary>
internal static class MatrixPlot
{
    /// <summary>More names than this are numbered.</summary>
    public const int MostNames = 60;

    private const int Letter = 7, LongestName = 18, Side = 860, LeastCell = 4, MostCell = 26, Legend = 40, Step = 10;

    // Above this distance two faces have nothing in common, and the shades would differ for nothing.
    private const float Far = 1.4f;

    private static readonly (byte B, byte G, byte R) Same = (210, 210, 210), Near = (0, 40, 140), AtThreshold = (90, 170, 255),
        BeyondThreshold = (178, 114, 0), Farthest = (255, 255, 255);

    /// <summary>Draws the matrix. Up to 60 names stand beside their rows and columns; more are numbered.</summary>
    /// <param name="title">What the plot shows.</param>
    /// <param name="names">The names, in the order of rows and columns.</param>
    /// <param name="distanceOf">The distance of a row and a column, 0 to 2; not finite where there is none.</param>
    /// <param name="threshold">The distance below which the door takes one for the other, above 0.</param>
    /// <returns>An empty text without a name.</returns>
    public static string Of(string title, IReadOnlyList<string> names, Func<int, int, float> distanceOf, float threshold)
    {
        if (names.Count == 0)
            return "";
        bool isNamed = names.Count <= MostNames;
        double cell = Math.Clamp((double)Side / names.Count, LeastCell, MostCell), side = cell * names.Count;
        string[] labels = [.. names.Select((name, i) => isNamed ? $"{i + 1} {Shortened(name)}" : i % Step == 0 ? $"{i + 1}" : "")];
        int edge = (labels.Max(label => label.Length) * Letter) + 10;
        double width = Math.Max(edge + side + 10, 420), size = Math.Clamp(cell - 1, 7, 13);
        SvgPicture svg = new(width, edge + side + Legend, title);
        string png = Convert.ToBase64String(FrameDrawing.Encode(Pixels(names.Count, distanceOf, threshold), ".png"));
        svg.Add($"<image x='{edge}' y='{edge}' width='{side:0.#}' height='{side:0.#}' style='image-rendering: pixelated'");
        svg.Add($" preserveAspectRatio='none' href='data:image/png;base64,{png}'/>");
        svg.Add($"<rect x='{edge}' y='{edge}' width='{side:0.#}' height='{side:0.#}' fill='none' stroke='#999'/>");
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i].Length == 0)
                continue;
            double at = edge + ((i + 0.5) * cell), middle = size / 3;
            string text = WebUtility.HtmlEncode(labels[i]);
            svg.Add($"<text x='{edge - 5}' y='{at + middle:0.#}' text-anchor='end' font-size='{size:0.#}'>{text}</text>");
            svg.Add($"<text transform='translate({at + middle:0.#} {edge - 5}) rotate(-90)' font-size='{size:0.#}'>{text}</text>");
        }

        Key(svg, edge + side + 14, threshold);
        return svg.End();
    }

    private static Frame Pixels(int count, Func<int, int, float> distanceOf, float threshold)
    {
        Frame frame = new();
        frame.Resize(count, count);
        Span<byte> pixels = frame.Pixels;
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < count; column++)
            {
                (byte B, byte G, byte R) colour = row == column ? Same : Colour(distanceOf(row, column), threshold);
                int at = 3 * ((row * count) + column);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = colour;
            }
        }

        return frame;
    }

    private static (byte B, byte G, byte R) Colour(float distance, float threshold) =>
        !float.IsFinite(distance) ? Farthest
        : distance < threshold ? Between(Near, AtThreshold, distance / threshold)
        : Between(BeyondThreshold, Farthest, (distance - threshold) / MathF.Max(Far - threshold, 0.01f));

    private static (byte B, byte G, byte R) Between((byte B, byte G, byte R) from, (byte B, byte G, byte R) to, float share)
    {
        share = Math.Clamp(share, 0, 1);
        return (Part(from.B, to.B), Part(from.G, to.G), Part(from.R, to.R));

        byte Part(byte one, byte other) => (byte)(one + ((other - one) * share));
    }

    private static void Key(SvgPicture svg, double y, float threshold)
    {
        const int steps = 56, width = 5;
        for (int i = 0; i < steps; i++)
        {
            (byte b, byte g, byte r) = Colour((i + 0.5f) * Far / steps, threshold);
            svg.Add($"<rect x='{10 + (i * width)}' y='{y:0.#}' width='{width}' height='12' fill='#{r:x2}{g:x2}{b:x2}'/>");
        }

        svg.Text(10, y + 20, "start", "0");
        svg.Text(10 + (steps * width * threshold / Far), y + 20, "middle", FormattableString.Invariant($"{threshold:0.000} (threshold)"));
        svg.Text(10 + (steps * width), y + 20, "middle", FormattableString.Invariant($"{Far} and more"));
    }

    private static string Shortened(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 1)]}…";
}
