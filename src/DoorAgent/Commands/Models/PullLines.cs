using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Commands.Models;

/// <summary>A pull as lines, for files and pipes: what is fetched, and every few seconds how far it is and how fast it comes.</summary>
internal sealed class PullLines(TextWriter output, TimeProvider time) : IPullProgress
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private long _since;
    private long _bytes;

    public void Started(CatalogueEntry entry, long bytes)
    {
        (_since, _bytes) = (time.GetTimestamp(), bytes);
        string kept = bytes > 0 ? $", going on after {DownloadErrors.Size(bytes)}" : "";
        output.WriteLine($"{entry.Id}: {DownloadErrors.Size(entry.Bytes)} from {entry.Url}{kept}");
    }

    public void Advanced(CatalogueEntry entry, long bytes)
    {
        TimeSpan passed = time.GetElapsedTime(_since);
        if (passed < Every)
            return;
        string speed = FormattableString.Invariant($"{Math.Max(0, bytes - _bytes) / 1e3 / passed.TotalSeconds:0} kB/s");
        output.WriteLine($"  {entry.Id}: {DownloadErrors.Size(bytes)} of {DownloadErrors.Size(entry.Bytes)}, {speed}");
        (_since, _bytes) = (time.GetTimestamp(), bytes);
    }

    public void Warned(CatalogueEntry entry, string what) => output.WriteLine($"  {entry.Id}: {what}");
}
