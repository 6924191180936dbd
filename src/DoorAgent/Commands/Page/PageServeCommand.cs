using System.CommandLine;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Page;
using DoorAgent.Storage;
using Serilog;
using Serilog.Core;

namespace DoorAgent.Commands.Page;

/// <summary>Creates dooragent page serve, which dooragent-page.service runs.</summary>
internal static class PageServeCommand
{
    public const string Name = "serve";

    internal static Command Create()
    {
        Option<string?> listen = new("--listen") { Description = "Address and port without systemd, such as 127.0.0.1:8443." };
        Option<string?> socket = new("--unix-socket") { Description = "Path of a unix socket without systemd, for 'ssh -L'." };
        Command serve = new(Name, """
            Serves the page until nobody has used it for 15 minutes: what dooragent-page.service runs.

            The sockets come from systemd, or from --listen and --unix-socket. All of them speak HTTPS with the page's own certificate.
            """) { listen, socket };
        serve.SetAction((result, stopping) => RunAsync(result, result.GetValue(listen), result.GetValue(socket), stopping));
        return serve;
    }

    private static async Task<int> RunAsync(ParseResult result, string? listen, string? socket, CancellationToken stopping)
    {
        IReadOnlyList<int> inherited = InheritedSockets.Find();
        IPEndPoint? address = null;
        if (listen is not null && !IPEndPoint.TryParse(listen, out address))
            throw new UserErrorException($"'{listen}' is not an address with a port, such as 127.0.0.1:8443.");
        if (inherited.Count == 0 && address is null && socket is null)
            throw new UserErrorException("There is nothing to listen on. A person uses 'sudo dooragent page'; without systemd name an address: "
                + "'dooragent page serve --listen 127.0.0.1:8443'.");
        // The users of the page and of the door differ, and the page's user cannot read the door's configuration.
        Places places = Places.Resolve(result.GetValue(CommonOptions.Data), null).ForOtherUser();
        string state = PageUnit.StateOf(places);
        DataDirectory.Ensure(state);
        string[] hosts = [.. PageHostsFile.Read(state), .. address is null ? [] : new[] { address.Address.ToString() }];
        using X509Certificate2 certificate = PageCertificate.ReadOrMake(state, hosts, TimeProvider.System);
        await using Logger log = new LoggerConfiguration().MinimumLevel.Warning()
            .WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture).CreateLogger();
        await using PageServer server = await PageServer.StartAsync(
            new PageServerOptions(places, certificate, new PageHosts(hosts)) { Inherited = inherited, Address = address, UnixSocket = socket },
            log, TimeProvider.System, stopping);
        foreach (string one in server.Addresses)
            Console.WriteLine($"The page is at {one}");
        await server.WaitAsync(stopping);
        return 0;
    }
}
