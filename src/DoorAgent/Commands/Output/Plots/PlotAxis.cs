using System.Globalization;

namespace DoorAgent.Commands.Output.Plots;

/// <summary>A value at which an axis has a line and a label.</summary>
internal readonly record struct PlotTick(double Value, string Label);

/// <summary>An axis of a plot: where a value lies between its ends, and which values are labelled.</summary>
internal sealed class PlotAxis
{
    /// <summary>Rates that an axis of normal deviates labels.</summary>
    private static readonly double[] Rates =
        [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999];

    // Smaller rates have too many zeros as a percentage.
    private const double LeastPercent = 0.9e-4;

    private readonly Func<double, double> _scale;
    private readonly double _from, _to;

    private PlotAxis(string title, Func<double, double> scale, double from, double to, IEnumerable<PlotTick> ticks)
    {
        (Title, _scale, _from, _to) = (title, scale, scale(from), scale(to));
        Ticks = [.. ticks];
    }

    /// <summary>What the axis shows, with its unit.</summary>
    public string Title { get; }

    /// <summary>The labelled values, ascending.</summary>
    public IReadOnlyList<PlotTick> Ticks { get; }

    /// <summary>Creates an axis with equal steps.</summary>
    /// <param name="title">What the axis shows.</param>
    /// <param name="from">The value at its beginning.</param>
    /// <param name="to">The value at its end, above <paramref name="from"/>.</param>
    /// <param name="step">The step between two labels, above 0.</param>
    /// <param name="label">Formats a value; null writes it as it is.</param>
    public static PlotAxis Linear(string title, double from, double to, double step, Func<double, string>? label = null)
    {
        int ticks = (int)Math.Floor(((to - from) / step) + 1e-9);
        return new PlotAxis(title, value => value, from, to, Enumerable.Range(0, ticks + 1).Select(i => from + (i * step))
            .Select(value => new PlotTick(value, label?.Invoke(value) ?? value.ToString("0.###", CultureInfo.InvariantCulture))));
    }

    /// <summary>Creates an axis of powers of ten.</summary>
    /// <param name="title">What the axis shows.</param>
    /// <param name="from">The smallest value, above 0.</param>
    /// <param name="to">The largest value, above <paramref name="from"/>.</param>
    public static PlotAxis Logarithmic(string title, double from, double to)
    {
        int first = (int)Math.Ceiling(Math.Log10(from) - 1e-9), last = (int)Math.Floor(Math.Log10(to) + 1e-9);
        return new PlotAxis(title, Math.Log10, from, to, Enumerable.Range(first, Math.Max(0, last - first + 1))
            .Select(power => new PlotTick(Math.Pow(10, power), power == 0 ? "1" : $"1e{power}")));
    }

    /// <summary>Creates an axis of rates at their normal deviates, on which the errors of two normal distributions make a straight line
    /// (A. Martin et al., The DET curve in assessment of detection task performance, Eurospeech 1997).</summary>
    /// <param name="title">What the axis shows.</param>
    /// <param name="from">The smallest rate, above 0.</param>
    /// <param name="to">The largest rate, above <paramref name="from"/> and below 1.</param>
    public static PlotAxis NormalDeviate(string title, double from, double to) => new(title, Deviate, from, to,
        Rates.Where(rate => rate >= from * 0.999 && rate <= to * 1.001)
            .Select(rate => new PlotTick(rate, rate < LeastPercent ? $"1e{Math.Round(Math.Log10(rate))}" : Percent(rate))));

    /// <summary>Returns where a value lies: 0 at the beginning, 1 at the end, beyond them outside of the plot. Not finite where the scale
    /// has no place for the value.</summary>
    public double At(double value) => (_scale(value) - _from) / (_to - _from);

    /// <summary>Returns whether a value lies between the ends.</summary>
    public bool Contains(double value) => At(value) is >= 0 and <= 1;

    /// <summary>Formats a rate as a percentage with as many digits as it needs.</summary>
    public static string Percent(double rate) => (100 * rate).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    /// <summary>Computes the normal deviate of a probability, that is the z with P(Z &lt; z) = p, to 5e-4, which no eye sees in a plot
    /// (M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 26.2.23).</summary>
    private static double Deviate(double p)
    {
        double t = Math.Sqrt(-2 * Math.Log(Math.Min(p, 1 - p)));
        double z = t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        return p < 0.5 ? -z : z;
    }
}
