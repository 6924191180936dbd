using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Commands.Output.Plots;

namespace DoorAgent.Soak;

/// <summary>Draws a soak as one page: the verdicts, then a plot for each thing that was sampled.</summary>
internal static class SoakPicture
{
    private const double Megabyte = 1 << 20, Steps = 5;

    public static string Page(SoakOptions options, IReadOnlyList<Sample> samples, SoakTimes times, IReadOnlyList<SoakResult> results)
    {
        HtmlPage page = new($"Soak: {options.Name}");
        page.Element("p", string.Create(CultureInfo.InvariantCulture,
            $"{samples[^1].At.TotalMinutes:0.0} minutes, {options.Rate} frames a second, "
            + $"{times.Visits} visits with the right badge, {times.Pulses.Count} unlocks of an operator, "
            + $"{times.Changes} changes of the gallery. "
            + $"The load of the machine was {samples.Min(sample => sample.Load):0.0} to {samples.Max(sample => sample.Load):0.0} on "
            + $"{Environment.ProcessorCount} cores. The first {100 * SoakLimits.WarmUp} % of the time are the warm-up."));
        page.Table(["", "promise", "measured"], results.Select(result => new[] { result.Verdict, result.What, result.Found }));
        Plot("Memory", "MB", ("in RAM", sample => sample.Rss / Megabyte), ("managed heap", sample => sample.Heap / Megabyte));
        Plot("Handles and threads", "count", ("open handles", sample => sample.Handles), ("threads", sample => sample.Threads));
        Plot("Write-ahead logs", "MB", ("of the journal", sample => sample.JournalWal / Megabyte),
            ("of the gallery", sample => sample.GalleryWal / Megabyte));
        Plot("Growing files", "MB", ("journal", sample => sample.Journal / Megabyte), ("logs", sample => sample.Logs / Megabyte));
        Plot("Frames a second, and the machine's load", "frames a second, processes", ("frames", sample => sample.FrameRate),
            ("load", sample => sample.Load));
        Series("Length of each unlock", "ms", [.. times.Pulses.Select((pulse, i) => ((double)i, pulse.TotalMilliseconds))],
            "number of the unlock");
        Series("Time between two notifications of the watchdog", "s",
            [.. times.Pings.Zip(times.Pings.Skip(1), (one, next) => (one.TotalMinutes, (next - one).TotalSeconds))], "minutes");
        return page.End();

        void Plot(string title, string unit, params (string Name, Func<Sample, double> Value)[] series) =>
            Draw(title, unit, "minutes", [.. series.Select((one, i) =>
                new PlotCurve(one.Name, [.. samples.Select(sample => (sample.At.TotalMinutes, one.Value(sample)))], i))]);

        void Series(string title, string unit, IReadOnlyList<(double X, double Y)> points, string x)
        {
            if (points.Count > 1)
                Draw(title, unit, x, [new PlotCurve(title, points, 0)]);
        }

        void Draw(string title, string unit, string x, IReadOnlyList<PlotCurve> curves)
        {
            page.Element("h2", title);
            page.Html(CurvePlot.Of(title, Axis(x, curves.Max(curve => curve.Points[^1].X)),
                Axis(unit, curves.Max(curve => curve.Points.Max(point => point.Y))), curves));
        }
    }

    /// <summary>An axis from 0 to a round number at or above the largest value.</summary>
    private static PlotAxis Axis(string title, double most)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(most, 1e-3) / Steps)));
        double step = new double[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(step => step * Steps >= most);
        return PlotAxis.Linear(title, 0, step * Steps, step);
    }
}
