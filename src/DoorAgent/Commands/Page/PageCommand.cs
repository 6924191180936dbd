using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Operating;
using DoorAgent.Page;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Page;

/// <summary>Creates dooragent page, which makes the page reachable and prints a code for it.</summary>
internal static class PageCommand
{
    public const string Name = "page";

    internal static Command Create()
    {
        Option<string> role = new("--role")
        {
            Description = "What the code allows: view (see the door and its events), enrol (people and badges too), technician (unlock, "
                + "lock, check and settings too). Default: view.",
            DefaultValueFactory = _ => "view",
        };
        role.AcceptOnlyFromAmong("view", "enrol", "technician");
        Command page = new(Name, """
            Shows the door on a page for telephones and computers: prints its address, its certificate and a code.

            The page is closed until this command opens it.
            The code is valid for 5 minutes, is used once, and closes after five wrong tries. The browser warns of the certificate:
            compare its SHA-256 with the printed one. Whoever has the code gets what its role allows, for 8 hours at most and until
            30 minutes without activity; a restart of the door ends every session. The page ends by itself when nobody uses it, and
            'dooragent page off' closes it.
            Example: sudo dooragent page --role technician
            """) { role, PageServeCommand.Create(), PageOffCommand.Create() };
        page.SetAction((result, stopping) => RunAsync(result, Enum.Parse<PageRole>(result.GetRequiredValue(role), ignoreCase: true), stopping));
        return page;
    }

    private static async Task<int> RunAsync(ParseResult result, PageRole role, CancellationToken stopping)
    {
        Places places = CommonOptions.ShowPlaces(result);
        OperatorAnswer answer = await OperatorClient.AskAsync(places, new OperatorRequest(OperatorVerb.PageCode) { Role = role }, stopping);
        PairingCode code = answer.Code ?? throw new UserErrorException("The running door is an older version, without a page. Restart it.");
        IReadOnlyList<string> hosts = PageAddresses.OfThisMachine();
        bool isUnit = PageUnit.IsInstalled && places.SharedSocket is not null;
        string state = PageUnit.StateOf(places);
        PageHostsFile.Write(state, hosts);
        using X509Certificate2 certificate = PageCertificate.ReadOrMake(state, hosts, TimeProvider.System);
        if (isUnit)
            await PageUnit.StartAsync(stopping);
        PageCodeView.Show(hosts, certificate, code, isUnit);
        return 0;
    }
}
