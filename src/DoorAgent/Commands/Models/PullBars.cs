using DoorAgent.Models;
using DoorAgent.Networks;
using Spectre.Console;

namespace DoorAgent.Commands.Models;

/// <summary>A pull as progress bars with bytes, speed and the time that is left.</summary>
internal sealed class PullBars(ProgressContext context) : IPullListener
{
    private readonly Dictionary<string, ProgressTask> _bars = [];

    public void Began(CatalogueEntry entry, long bytes)
    {
        ProgressTask bar = _bars[entry.Id] = context.AddTask(Markup.Escape(entry.Id), maxValue: entry.Bytes);
        bar.Value = bytes;
    }

    public void Has(CatalogueEntry entry, long bytes) => _bars[entry.Id].Value = bytes;

    public void Noted(CatalogueEntry entry, string what) => AnsiConsole.WriteLine($"{entry.Id}: {what}");
}
