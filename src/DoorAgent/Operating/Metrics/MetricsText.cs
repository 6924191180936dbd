using System.Globalization;
using System.Text;

namespace DoorAgent.Operating.Metrics;

/// <summary>Writes metrics in Prometheus' text format 0.0.4: for each family a HELP and a TYPE line, then its samples.</summary>
internal sealed class MetricsText
{
    /// <summary>The beginning of every name.</summary>
    public const string Prefix = "dooragent_";

    private readonly StringBuilder _text = new();

    /// <summary>Writes a family with one sample.</summary>
    public void Add(string name, MetricType type, string help, double value)
    {
        Begin(name, type, help);
        Sample(name, "", value);
    }

    /// <summary>Writes a family with a sample for each value of one label.</summary>
    public void Add(string name, MetricType type, string help, string label, IEnumerable<(string Label, double Value)> samples)
    {
        Begin(name, type, help);
        foreach ((string labelled, double value) in samples)
            Sample(name, $"{{{label}=\"{Escaped(labelled)}\"}}", value);
    }

    /// <summary>Writes a histogram of durations, in seconds.</summary>
    public void Add(string name, string help, DurationHistogram histogram)
    {
        Begin(name, MetricType.Histogram, help);
        long[] counts = histogram.Cumulative();
        for (int bucket = 0; bucket < counts.Length; bucket++)
        {
            string end = bucket < histogram.Bounds.Length ? Number(histogram.Bounds[bucket].TotalSeconds) : "+Inf";
            Sample($"{name}_bucket", $"{{le=\"{end}\"}}", counts[bucket]);
        }

        Sample($"{name}_sum", "", histogram.Sum.TotalSeconds);
        Sample($"{name}_count", "", counts[^1]);
    }

    /// <summary>The text so far, with a line feed at its end.</summary>
    public override string ToString() => _text.ToString();

    private void Begin(string name, MetricType type, string help)
    {
        string escaped = help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {Prefix}{name} {escaped}\n");
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {Prefix}{name} {WordOf(type)}\n");
    }

    private void Sample(string name, string labels, double value) =>
        _text.Append(CultureInfo.InvariantCulture, $"{Prefix}{name}{labels} {Number(value)}\n");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string WordOf(MetricType type) => type switch
    {
        MetricType.Counter => "counter",
        MetricType.Gauge => "gauge",
        _ => "histogram",
    };

    private static string Escaped(string label) => label.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}

/// <summary>The types of metrics, as Prometheus names them.</summary>
internal enum MetricType
{
    Counter,
    Gauge,
    Histogram,
}
