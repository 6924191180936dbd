using System.CommandLine;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Running;

namespace DoorAgent.Commands.Models;

/// <summary>dooragent models pull.</summary>
internal static class ModelsPullCommand
{
    internal static Command Create()
    {
        Argument<string[]> ids = new("ID") { Description = "Networks' ids, see 'dooragent models list'.", Arity = ArgumentArity.ZeroOrMore };
        Command command = new("pull", """
            Fetches networks from their publishers.

            Without an ID: the pair for a real door (yunet-n and mobilefacenet, 4 MB) and those that the settings name. They go
            into --models, or else into /var/lib/dooragent/models. Each address names one commit, and a file takes its place
            only when its SHA-256 is right. What was interrupted lies in FILE.part, and the same command goes on from there.
            A proxy is taken from the variables https_proxy and no_proxy. The gallery keeps its encoder: a network that
            appears changes nothing.
            """) { ids };
        command.SetAction((result, stopping) => RunAsync(result, result.GetValue(ids) ?? [], stopping));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, string[] ids, CancellationToken stopping)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        string[] named = [settings.Faces.Detector, settings.Encodings.Encoder];
        IReadOnlyList<CatalogueEntry> entries = ModelPull.Choose(ids, named);
        IReadOnlyList<string> directories = CommonOptions.ShowPlaces(result).ModelDirectories;
        using HttpClient http = ModelDownload.Client(new SocketsHttpHandler());
        return PullView.Show(await PullView.WithProgressAsync(listener =>
            new ModelPull(new ModelStore(directories), directories[0], new ModelDownload(http, TimeProvider.System, listener)).RunAsync(entries, stopping)));
    }
}
