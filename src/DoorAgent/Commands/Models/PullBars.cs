using DoorAgent.Models;
using DoorAgent.Networks;
using Spectre.Console;

namespace DoorAgent.Commands.Models;

/// <summary>A pull as progress bars with bytes, speed and the time that is left.</summary>
internal sealed class PullBars(ProgressContext context) : IPullProgress
{
    private readonly Dictionary<string, ProgressTask> _bars = [];

    public void Started(CatalogueEntry entry, long bytes)
    {
        ProgressTask bar = _bars[entry.Id] = context.AddTask(Markup.Escape(entry.Id), maxValue: entry.Bytes);
        bar.Value = bytes;
    }

    public void Advanced(CatalogueEntry entry, long bytes) => _bars[entry.Id].Value = bytes;

    public void Warned(CatalogueEntry entry, string what) => AnsiConsole.WriteLine($"{entry.Id}: {what}");
}
