using System.Globalization;
using System.Net;

namespace DoorAgent.Commands.Output.Plots;

/// <summary>A curve of a plot.</summary>
/// <param name="Name">Name for the legend.</param>
/// <param name="Points">The corners, in order; corners that an axis cannot show (0 on a logarithmic one) are left out.</param>
/// <param name="Series">Number of its colour and dashes, from 0.</param>
internal sealed record PlotCurve(string Name, IReadOnlyList<(double X, double Y)> Points, int Series)
{
    /// <summary>Points of the curve that are drawn as dots, each with its words.</summary>
    public IReadOnlyList<(double X, double Y, string Words)> Dots { get; init; } = [];
}

/// <summary>Draws curves over two axes, with a legend below.</summary>
internal static class CurvePlot
{
    private const int Width = 640, Left = 90, Right = 20, Top = 10, Height = 420, Foot = 46, LegendLine = 20;

    // Corners that are nearer to the previous one than this are not drawn: a curve has thousands of them.
    private const double LeastStep = 0.4;

    /// <summary>Draws the plot.</summary>
    /// <param name="title">What the plot shows.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis, from below.</param>
    /// <param name="curves">The curves, in the order of the legend.</param>
    /// <param name="note">A further line below the legend, such as what a dot means; empty for none.</param>
    public static string Of(string title, PlotAxis x, PlotAxis y, IReadOnlyList<PlotCurve> curves, string note = "")
    {
        double width = Width - Left - Right, bottom = Top + Height;
        int lines = curves.Count + (note.Length > 0 ? 1 : 0);
        SvgPicture svg = new(Width, bottom + Foot + (lines * LegendLine) + 4, title);
        foreach (PlotTick tick in x.Ticks)
        {
            double at = Left + (width * x.At(tick.Value));
            svg.Line(at, Top, at, bottom, "#ddd");
            svg.Text(at, bottom + 14, "middle", tick.Label);
        }

        foreach (PlotTick tick in y.Ticks)
        {
            double at = bottom - (Height * y.At(tick.Value));
            svg.Line(Left, at, Width - Right, at, "#ddd");
            svg.Text(Left - 8, at, "end", tick.Label);
        }

        svg.Add($"<rect x='{Left}' y='{Top}' width='{width:0.#}' height='{Height}' fill='none' stroke='#999'/>");
        svg.Text(Left + (width / 2), bottom + 34, "middle", x.Title);
        double middle = Top + (Height / 2.0);
        svg.Add($"<text x='16' y='{middle:0.#}' text-anchor='middle' fill='#222' transform='rotate(-90 16 {middle:0.#})'>");
        svg.Add($"{WebUtility.HtmlEncode(y.Title)}</text>");
        // An inner picture cuts off what lies beyond the axes.
        svg.Add($"<svg x='{Left}' y='{Top}' width='{width:0.#}' height='{Height}'>");
        foreach (PlotCurve curve in curves)
            Draw(svg, curve, point => (width * x.At(point.X), Height * (1 - y.At(point.Y))));
        svg.Add($"</svg>");
        for (int i = 0; i < curves.Count; i++)
            Legend(svg, curves[i], bottom + Foot + 12 + (i * LegendLine));
        if (note.Length > 0)
            svg.Text(Left, bottom + Foot + 12 + (curves.Count * LegendLine), "start", note, "#555");
        return svg.End();
    }

    private static void Draw(SvgPicture svg, PlotCurve curve, Func<(double X, double Y), (double X, double Y)> place)
    {
        List<string> corners = [];
        (double X, double Y) last = (double.NegativeInfinity, 0);
        for (int i = 0; i < curve.Points.Count; i++)
        {
            (double X, double Y) at = place(curve.Points[i]);
            bool isFar = Math.Abs(at.X - last.X) + Math.Abs(at.Y - last.Y) >= LeastStep;
            if (!double.IsFinite(at.X) || !double.IsFinite(at.Y) || !isFar && i < curve.Points.Count - 1)
                continue;
            corners.Add(string.Create(CultureInfo.InvariantCulture, $"{at.X:0.#},{at.Y:0.#}"));
            last = at;
        }

        string colour = PlotStyle.Colour(curve.Series), dashes = SvgPicture.Dashed(PlotStyle.Dashes(curve.Series));
        svg.Add($"<polyline points='{string.Join(' ', corners)}' fill='none' stroke='{colour}' stroke-width='2'{dashes}/>");
        foreach ((double x, double y, string words) in curve.Dots)
        {
            (double X, double Y) at = place((x, y));
            if (double.IsFinite(at.X) && double.IsFinite(at.Y))
            {
                svg.Add($"<circle cx='{at.X:0.#}' cy='{at.Y:0.#}' r='5' fill='{colour}'>");
                svg.Add($"<title>{WebUtility.HtmlEncode(words)}</title></circle>");
            }
        }
    }

    private static void Legend(SvgPicture svg, PlotCurve curve, double y)
    {
        string colour = PlotStyle.Colour(curve.Series), dashes = SvgPicture.Dashed(PlotStyle.Dashes(curve.Series));
        svg.Add($"<line x1='{Left}' x2='{Left + 44}' y1='{y:0.#}' y2='{y:0.#}' stroke='{colour}' stroke-width='2'{dashes}/>");
        svg.Text(Left + 54, y, "start", curve.Name);
    }
}
