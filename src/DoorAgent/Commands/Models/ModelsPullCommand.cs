using System.CommandLine;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Running;

namespace DoorAgent.Commands.Models;

/// <summary>Creates dooragent models pull.</summary>
internal static class ModelsPullCommand
{
    internal static Command Create()
    {
        Argument<string[]> ids = new("ID") { Description = "Ids of networks, see 'dooragent models list'.",
            Arity = ArgumentArity.ZeroOrMore };
        Command command = new("pull", """
            Downloads networks from their publishers.

            Without an ID: the networks for a real door (yunet-n, mobilefacenet, face-reid-0095 and the three liveness networks,
            12 MB) and those that the settings name. Of a composite encoder, such as mobilefacenet+face-reid-0095, its parts.
            They are saved to --models, or else to /var/lib/dooragent/models. Each address names one commit or release, and a file
            is installed only when its SHA-256 is right. face-reid-0095 is converted from OpenVINO's format on this machine, and
            installed only when it gives the known answer. An interrupted download stays in FILE.part, and the same command
            continues it. The variables https_proxy and no_proxy set a proxy. The gallery keeps its encoder: a new network
            changes nothing.
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
            new ModelPull(new ModelStore(directories), directories[0], new ModelDownload(http, TimeProvider.System, listener))
                .RunAsync(entries, stopping)));
    }
}
