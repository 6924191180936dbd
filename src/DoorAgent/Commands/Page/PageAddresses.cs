using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace DoorAgent.Commands.Page;

/// <summary>The names and addresses of this machine in its own networks.</summary>
internal static class PageAddresses
{
    /// <summary>Returns the private addresses of the interfaces that are up, IPv4 first, then the machine's name, also as multicast DNS
    /// knows it.</summary>
    public static IReadOnlyList<string> OfThisMachine() => Of(
        NetworkInterface.GetAllNetworkInterfaces().Where(one => one.OperationalStatus == OperationalStatus.Up)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => one.Address), Environment.MachineName);

    /// <summary>Returns the addresses of private networks among some, and the names of a machine.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<IPAddress> addresses, string machine) =>
    [
        .. addresses.Where(IsPrivate).OrderBy(one => one.AddressFamily).Select(one => one.ToString()).Distinct(),
        .. Uri.CheckHostName(machine) == UriHostNameType.Dns ? [machine, .. machine.Contains('.', StringComparison.Ordinal) ? [] : new[] { $"{machine}.local" }]
            : Array.Empty<string>(),
    ];

    /// <summary>Whether an address belongs to a private network (RFC 1918, RFC 4193). Loopback and link-local addresses are not among them:
    /// the page's socket refuses everybody else.</summary>
    private static bool IsPrivate(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168)
            : address.IsIPv6UniqueLocal;
    }
}
