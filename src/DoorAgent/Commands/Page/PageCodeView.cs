using System.Security.Cryptography.X509Certificates;
using DoorAgent.Commands.Output;
using DoorAgent.Operating;
using DoorAgent.Page;

namespace DoorAgent.Commands.Page;

/// <summary>Shows how to reach the page, and the code.</summary>
internal static class PageCodeView
{
    public static void Show(IReadOnlyList<string> hosts, X509Certificate2 certificate, PairingCode code, bool isUnit)
    {
        string[] addresses = [.. hosts.DefaultIfEmpty("localhost").Select(AddressOf)];
        Console.WriteLine(isUnit ? "The page waits at:" : "There is no unit dooragent-page here. Start 'dooragent page serve --listen "
            + $"127.0.0.1:{PageUnit.Port}'; it is then at https://localhost:{PageUnit.Port}. With the unit it would be at:");
        foreach (string address in addresses)
            Console.WriteLine($"  {address}");
        Console.WriteLine($"Over ssh:     ssh -L {PageUnit.Port}:{PageUnit.SocketPath} USER@THIS-MACHINE, then https://localhost:{PageUnit.Port}");
        Console.WriteLine($"Certificate:  SHA-256 {PageCertificate.DigestOf(certificate)}");
        Console.WriteLine("              The browser warns of it; go on only if it shows the same.");
        Console.WriteLine($"Code:         {code.Code[..4]} {code.Code[4..]}  ({OperatorAccess.WordOf(code.Role)}, until {code.Until:HH:mm:ss}, once)");
        // The code follows a #, so that the browser does not send it with the address.
        if (!Console.IsOutputRedirected)
            Console.WriteLine(TerminalQrCode.Of($"{addresses[0]}/#{code.Code}"));
    }

    private static string AddressOf(string host) => $"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{PageUnit.Port}";
}
