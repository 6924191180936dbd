using DoorAgent.Models;
using Spectre.Console;

namespace DoorAgent.Commands.Models;

/// <summary>A pull on the screen: bars or lines while it fetches, then a line for each network.</summary>
internal static class PullView
{
    private const int Error = 2;

    /// <summary>Runs with progress bars on a terminal; elsewhere with a line now and then.</summary>
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

    /// <summary>Says how it ended; the exit code.</summary>
    public static int Show(IReadOnlyList<PulledModel> pulled)
    {
        foreach (PulledModel model in pulled)
        {
            if (model.Refusal is { } why)
                Console.Error.WriteLine($"dooragent: {why}");
            else if (model.IsNew)
                Console.WriteLine($"{model.Entry.Id}: fetched, {DownloadErrors.Size(model.Entry.Bytes)} -> {model.Path}");
            else
                Console.WriteLine($"{model.Entry.Id}: {(model.Entry.IsBuiltIn ? "built in" : "already there")}, {model.Path}");
        }

        if (pulled.Any(model => model.IsNew))
            Console.WriteLine("'dooragent models verify' lets them prove themselves; Faces:Detector and Encodings:Encoder choose them.");
        return pulled.All(model => model.Refusal is null) ? 0 : Error;
    }
}
