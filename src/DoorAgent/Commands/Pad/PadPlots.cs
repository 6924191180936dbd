using System.Globalization;
using System.Net;
using System.Text;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.Pad;

/// <summary>Draws the plots of a report as SVG, which a browser shows without fonts or libraries of this machine.</summary>
internal static class PadPlots
{
    private const int Width = 640, Left = 120, Right = 20, Strip = 64, Gap = 12, Foot = 48;
    private const int RocHeight = 420, RocTop = 10;

    // Beyond this share of refused people no door is usable, and the interesting part would be too small.
    private const double MostBpcer = 0.5;

    private static readonly string[] Colours = ["#1b7f4d", "#c0392b", "#2c5fa8", "#b7791f", "#7d3c98", "#148f92", "#6b6b6b"];

    /// <summary>Draws the histogram of the scores: a strip for each class, in bins of one logit, with the threshold.</summary>
    /// <returns>An empty text without scores.</returns>
    public static string Histogram(PadEvaluation part, double threshold)
    {
        if (!part.HasScores)
            return "";
        double[][] scores = [.. part.Classes.Select(name => part.Scores(name).ToArray())];
        double[] all = [.. scores.SelectMany(one => one), threshold];
        int from = (int)Math.Floor(all.Min()), to = (int)Math.Floor(all.Max()) + 1;
        double bin = (double)(Width - Left - Right) / (to - from);
        int foot = scores.Length * (Strip + Gap);
        StringBuilder svg = Begin(foot + Foot, "Scores of each class");
        for (int i = 0; i < scores.Length; i++)
        {
            int bottom = (i * (Strip + Gap)) + Strip;
            int[] counts = Counts(scores[i], from, to);
            int most = Math.Max(1, counts.Max());
            Text(svg, Left - 10, bottom - 8, "end", $"{part.Classes[i]} ({scores[i].Length})");
            for (int k = 0; k < counts.Length; k++)
            {
                double height = (double)Strip * counts[k] / most;
                if (counts[k] > 0)
                {
                    Add(svg, $"<rect x='{Left + (k * bin):0.#}' y='{bottom - height:0.#}' width='{Math.Max(1, bin - 1):0.#}'");
                    Add(svg, $" height='{height:0.#}' fill='{Colour(i)}'>");
                    Add(svg, $"<title>{from + k} to {from + k + 1}: {counts[k]}</title></rect>");
                }
            }

            Add(svg, $"<line x1='{Left}' x2='{Width - Right}' y1='{bottom}' y2='{bottom}' stroke='#999'/>");
        }

        double at = Left + ((threshold - from) * bin);
        Add(svg, $"<line x1='{at:0.#}' x2='{at:0.#}' y1='0' y2='{foot}' stroke='#000' stroke-dasharray='4 3'/>");
        int step = Math.Max(1, (to - from) / 8);
        for (int tick = from; tick <= to; tick += step)
            Text(svg, Left + ((tick - from) * bin), foot + 6, "middle", $"{tick}");
        Text(svg, Left + ((Width - Left - Right) / 2.0), foot + 26, "middle", "score (dashed: the threshold; at least that is live)");
        return End(svg);
    }

    /// <summary>Draws the receiver operating characteristic: accepted attacks of each class against refused people, with the door's own
    /// threshold as a dot.</summary>
    /// <returns>An empty text without people, attacks or scores.</returns>
    public static string Roc(PadEvaluation part, double threshold)
    {
        string[] attacks = [.. part.Classes.Where(name => part.Roc(name).Count > 0 && name != Presentation.Live)];
        if (attacks.Length == 0)
            return "";
        double width = Width - Left - Right, height = RocHeight;
        StringBuilder svg = Begin(RocTop + RocHeight + Foot, "Accepted attacks against refused people");
        for (int tick = 0; tick <= 5; tick++)
        {
            double x = Left + (width * tick / 5), y = RocTop + (height * tick / 5);
            Add(svg, $"<line x1='{x:0.#}' x2='{x:0.#}' y1='{RocTop}' y2='{RocTop + height}' stroke='#ddd'/>");
            Add(svg, $"<line x1='{Left}' x2='{Width - Right}' y1='{y:0.#}' y2='{y:0.#}' stroke='#ddd'/>");
            Text(svg, x, RocTop + height + 18, "middle", PadWords.Share(MostBpcer * tick / 5));
            Text(svg, Left - 8, y + 4, "end", PadWords.Share(1 - (tick / 5.0)));
        }

        for (int i = 0; i < attacks.Length; i++)
        {
            string colour = Colour(i + 1);
            IReadOnlyList<RocPoint> points = part.Roc(attacks[i]);
            RocPoint door = points.First(point => point.Threshold >= threshold);
            IEnumerable<string> corners = points.DistinctBy(point => (Math.Round(point.Bpcer, 3), Math.Round(point.Apcer, 3)))
                .Where(point => point.Bpcer <= MostBpcer).Select(point => At(point.Bpcer, point.Apcer));
            Add(svg, $"<polyline points='{string.Join(' ', corners)}' fill='none' stroke='{colour}' stroke-width='2'/>");
            if (door.Bpcer <= MostBpcer)
                Add(svg, $"<circle cx='{X(door.Bpcer):0.#}' cy='{Y(door.Apcer):0.#}' r='5' fill='{colour}'/>");
            Text(svg, Width - Right - 8, RocTop + 20 + (i * 18), "end", attacks[i], colour);
        }

        Text(svg, Left + (width / 2), RocTop + height + 36, "middle",
            "BPCER: people refused, of those judged (dot: this door's threshold)");
        Text(svg, 8, RocTop + 14, "start", "APCER");
        return End(svg);

        double X(double bpcer) => Left + (width * bpcer / MostBpcer);

        double Y(double apcer) => RocTop + (height * (1 - apcer));

        string At(double bpcer, double apcer) => string.Create(CultureInfo.InvariantCulture, $"{X(bpcer):0.#},{Y(apcer):0.#}");
    }

    private static int[] Counts(double[] scores, int from, int to)
    {
        int[] counts = new int[to - from];
        foreach (double score in scores)
            counts[(int)Math.Floor(score) - from]++;
        return counts;
    }

    private static string Colour(int index) => Colours[index % Colours.Length];

    private static StringBuilder Begin(int height, string title)
    {
        StringBuilder svg = new();
        Add(svg, $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {Width} {height}' width='{Width}' height='{height}' role='img'");
        Add(svg, $" font-family='sans-serif' font-size='13'><title>{WebUtility.HtmlEncode(title)}</title>");
        return svg;
    }

    private static string End(StringBuilder svg) => svg.Append("</svg>\n").ToString();

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text, string colour = "#222") => Add(svg,
        $"<text x='{x:0.#}' y='{y + 4:0.#}' text-anchor='{anchor}' fill='{colour}'>{WebUtility.HtmlEncode(text)}</text>");

    private static void Add(StringBuilder svg, FormattableString shape) =>
        svg.Append(shape.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
