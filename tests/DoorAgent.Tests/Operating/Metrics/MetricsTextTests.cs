using System.Globalization;
using DoorAgent.Operating.Metrics;

namespace DoorAgent.Tests.Operating.Metrics;

public sealed class MetricsTextTests
{
    [Fact]
    public void AFamilyHasItsHelpItsTypeAndItsSamples()
    {
        MetricsText text = new();
        text.Add("up", MetricType.Gauge, "Whether it is up.", 1);
        text.Add("things_total", MetricType.Counter, "Things.", "kind", [("One", 0), ("Two", 12345678901)]);
        Assert.Equal(
            """
            # HELP dooragent_up Whether it is up.
            # TYPE dooragent_up gauge
            dooragent_up 1
            # HELP dooragent_things_total Things.
            # TYPE dooragent_things_total counter
            dooragent_things_total{kind="One"} 0
            dooragent_things_total{kind="Two"} 12345678901

            """.ReplaceLineEndings("\n"), text.ToString());
    }

    [Fact]
    public void AHistogramHasItsBucketsItsSumAndItsCount()
    {
        MetricsText text = new();
        DurationHistogram histogram = new(TimeSpan.FromMilliseconds(2.5), TimeSpan.FromSeconds(1));
        histogram.Observe(TimeSpan.FromMilliseconds(2));
        histogram.Observe(TimeSpan.FromSeconds(1.5));
        text.Add("wait_seconds", "Waits.", histogram);
        Assert.Equal(
            """
            # HELP dooragent_wait_seconds Waits.
            # TYPE dooragent_wait_seconds histogram
            dooragent_wait_seconds_bucket{le="0.0025"} 1
            dooragent_wait_seconds_bucket{le="1"} 1
            dooragent_wait_seconds_bucket{le="+Inf"} 2
            dooragent_wait_seconds_sum 1.502
            dooragent_wait_seconds_count 2

            """.ReplaceLineEndings("\n"), text.ToString());
    }

    [Fact]
    public void ALabelCannotBreakOutOfItsQuotes()
    {
        MetricsText text = new();
        text.Add("info", MetricType.Gauge, "A \\ and\na line.", "version", [("1\"} 2\n\\", 1)]);
        Assert.Equal(
            "# HELP dooragent_info A \\\\ and\\na line.\n# TYPE dooragent_info gauge\ndooragent_info{version=\"1\\\"} 2\\n\\\\\"} 1\n",
            text.ToString());
    }

    [Fact]
    public void NumbersHaveAPointInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            MetricsText text = new();
            text.Add("half", MetricType.Gauge, "Half.", 0.5);
            Assert.EndsWith("dooragent_half 0.5\n", text.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
