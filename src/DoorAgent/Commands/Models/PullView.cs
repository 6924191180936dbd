using DoorAgent.Models;
using DoorAgent.Networks;
using Spectre.Console;

namespace DoorAgent.Commands.Models;

/// <summary>Shows a pull on the screen: bars or lines during the download, then a line for each network.</summary>
internal static class PullView
{
    private const int Error = 2;

    /// <summary>Runs work with progress bars on a terminal, and elsewhere with an occasional line.</summary>
    public static Task<IReadOnlyList<PulledModel>> WithProgressAsync(Func<IPullProgress, Task<IReadOnlyList<PulledModel>>> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return work(new PullLines(Console.Out, TimeProvider.System));
        ProgressColumn[] columns =
        [
            new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn { Base = FileSizeBase.Decimal },
            new TransferSpeedColumn { Base = FileSizeBase.Decimal }, new RemainingTimeColumn(),
        ];
        return AnsiConsole.Progress().Columns(columns).StartAsync(context => work(new PullBars(context)));
    }

    /// <summary>Prints the outcome and returns the exit code.</summary>
    public static int Show(IReadOnlyList<PulledModel> pulled)
    {
        foreach (PulledModel model in pulled)
        {
            if (model.Refusal is { } why)
                Console.Error.WriteLine($"dooragent: {why}");
            else if (model.IsNew)
            {
                string size = DownloadErrors.Size(model.Entry.Bytes);
                Console.WriteLine($"{model.Entry.Id}: fetched, {size} -> {model.Path}{NoteOf(model.Entry)}");
            }
            else
                Console.WriteLine($"{model.Entry.Id}: {(model.Entry.IsBuiltIn ? "built in" : "already there")}, {model.Path}");
        }

        if (pulled.Any(model => model.IsNew))
            Console.WriteLine("'dooragent models verify' proves them; Faces:Detector and Encodings:Encoder select detector and encoder.");
        return pulled.All(model => model.Refusal is null) ? 0 : Error;
    }

    /// <summary>Returns what a user should know about an installed network as further lines: the note on its licence, and that its file
    /// is another than the catalogue's.</summary>
    public static string NoteOf(CatalogueEntry entry)
    {
        string licence = entry.LicenceNote.Length > 0 ? $"{Environment.NewLine}  licence: {entry.LicenceNote}" : "";
        return entry.OpenVino is null || Catalogue.Embedded.Find(entry.Id).Sha256 == entry.Sha256 ? licence
            : $"{licence}{Environment.NewLine}  made from other files than those that 'models pull {entry.Id}' downloads: the known answer "
                + "is right, but the file is another one. A gallery made with the catalogue's file must be encoded again "
                + $"('dooragent people re-encode --encoder {entry.Id}').";
    }
}

/// <summary>Shows a pull as progress bars with bytes, speed and remaining time.</summary>
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
