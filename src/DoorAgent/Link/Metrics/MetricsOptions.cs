using DoorAgent.Hardware.Settings;

namespace DoorAgent.Link.Metrics;

/// <summary>The settings of the metrics. Without a file none are written.</summary>
internal sealed class MetricsOptions : ICheckedOptions
{
    /// <summary>How often the file is written, as Prometheus' own default of collecting.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private const string Form = "an absolute path that ends with .prom";

    public static string Section => "Metrics";

    [Setting("File that is written each 15 s with the door's metrics, for the textfile collector of Prometheus' node-exporter.",
        Form = Form)]
    [Unset("none: no metrics are written")]
    public string? File { get; set; }

    public void Check(OptionErrors errors) => errors.Require(
        string.IsNullOrWhiteSpace(File) || (Path.IsPathFullyQualified(File) && Path.GetFileName(File) is { Length: > 5 } name
            && name.EndsWith(".prom", StringComparison.Ordinal)), nameof(File), File, Form);
}
