using DoorAgent.Commands.Models;
using DoorAgent.Networks;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Commands.Models;

public sealed class PullLinesTests
{
    [Fact]
    public void EveryFiveSecondsALineReportsProgressAndSpeed()
    {
        SimulatedTime time = new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
        using StringWriter output = new();
        PullLines lines = new(output, time);
        CatalogueEntry entry = Catalogue.Embedded.Find("mobilefacenet") with { Url = new Uri("https://example.org/m") };

        lines.Started(entry, 1_000_000);
        for (int second = 1; second <= 11; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            lines.Advanced(entry, 1_000_000 + (100_000 * second));
        }

        lines.Warned(entry, "the connection ended");
        Assert.Equal("""
            mobilefacenet: 4.00 MB from https://example.org/m, continuing after 1.00 MB
              mobilefacenet: 1.50 MB of 4.00 MB, 100 kB/s
              mobilefacenet: 2.00 MB of 4.00 MB, 100 kB/s
              mobilefacenet: the connection ended

            """, output.ToString());
    }
}
