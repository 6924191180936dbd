using System.Globalization;
using System.Net;

namespace DoorAgent.Commands.Output.Plots;

/// <summary>A histogram of a plot.</summary>
/// <param name="Name">Its name, at the left.</param>
/// <param name="Counts">How much each bin holds, from the first bin on.</param>
/// <param name="Series">Number of its colour, from 0.</param>
internal sealed record HistogramStrip(string Name, IReadOnlyList<double> Counts, int Series)
{
    /// <summary>Whether the bars are drawn as outlines, to differ from others of the same colour.</summary>
    public bool IsOutlined { get; init; }
}

/// <summary>A value that a histogram marks with a line, such as a threshold.</summary>
/// <param name="Value">The value on the horizontal axis.</param>
/// <param name="Label">Words at the upper end; empty for none.</param>
internal sealed record HistogramLine(double Value, string Label = "");

/// <summary>Draws histograms over one axis, one below the other, each as high as its fullest bin.</summary>
internal static class HistogramPlot
{
    private const int Width = 640, Right = 20, Strip = 64, Gap = 12, Foot = 48, LabelLine = 16;
    private const int LeastLeft = 120, MostLeft = 260, LetterWidth = 7;

    /// <summary>Draws the plot.</summary>
    /// <param name="title">What the plot shows.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="from">Where the first bin begins.</param>
    /// <param name="bin">Width of a bin, above 0.</param>
    /// <param name="strips">The histograms, from above.</param>
    /// <param name="lines">Values that are marked through all histograms.</param>
    public static string Of(string title, PlotAxis x, double from, double bin, IReadOnlyList<HistogramStrip> strips,
        IReadOnlyList<HistogramLine> lines)
    {
        int left = Math.Clamp((strips.Select(strip => strip.Name.Length).DefaultIfEmpty().Max() * LetterWidth) + 20, LeastLeft, MostLeft);
        int labels = lines.Count(line => line.Label.Length > 0), top = labels * LabelLine, foot = top + (strips.Count * (Strip + Gap));
        double width = Width - left - Right;
        SvgPicture svg = new(Width, foot + Foot, title);
        for (int i = 0; i < strips.Count; i++)
        {
            int bottom = top + (i * (Strip + Gap)) + Strip;
            svg.Text(left - 10, bottom - 8, "end", strips[i].Name);
            Bars(svg, strips[i], bottom, k => left + (width * x.At(from + (k * bin))), k => from + (k * bin));
            svg.Line(left, bottom, Width - Right, bottom, "#999");
        }

        int label = 0;
        // Labels stand towards the middle: from the outermost line inwards each begins lower, so that no line crosses a label.
        foreach (HistogramLine line in lines.Where(line => x.Contains(line.Value))
            .OrderBy(line => x.At(line.Value) < 0.5 ? x.At(line.Value) : 1 - x.At(line.Value)))
        {
            double at = left + (width * x.At(line.Value));
            double begin = line.Label.Length == 0 ? 0 : (label++ * LabelLine) + 8;
            svg.Line(at, begin, at, foot, "#000", "4 3");
            if (line.Label.Length > 0)
                svg.Text(at < left + (width / 2) ? at + 5 : at - 5, begin, at < left + (width / 2) ? "start" : "end", line.Label);
        }

        foreach (PlotTick tick in x.Ticks)
            svg.Text(left + (width * x.At(tick.Value)), foot + 6, "middle", tick.Label);
        svg.Text(left + (width / 2), foot + 26, "middle", x.Title);
        return svg.End();
    }

    private static void Bars(SvgPicture svg, HistogramStrip strip, int bottom, Func<int, double> place, Func<int, double> value)
    {
        double most = strip.Counts.DefaultIfEmpty().Max();
        string colour = PlotStyle.Colour(strip.Series);
        string fill = strip.IsOutlined ? $"fill='#fff' stroke='{colour}'" : $"fill='{colour}'";
        for (int k = 0; k < strip.Counts.Count; k++)
        {
            if (!(strip.Counts[k] > 0))
                continue;
            double height = Math.Max(0.5, Strip * strip.Counts[k] / most), at = place(k), width = Math.Max(1, place(k + 1) - at - 1);
            svg.Add($"<rect x='{at:0.#}' y='{bottom - height:0.#}' width='{width:0.#}' height='{height:0.#}' {fill}>");
            string words = string.Create(CultureInfo.InvariantCulture,
                $"{value(k):0.###} to {value(k + 1):0.###}: {strip.Counts[k]:#,0.####}");
            svg.Add($"<title>{WebUtility.HtmlEncode(words)}</title></rect>");
        }
    }
}
