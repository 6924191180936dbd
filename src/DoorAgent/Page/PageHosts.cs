using System.Net;

namespace DoorAgent.Page;

/// <summary>The names and addresses that the page is reached by. A request for another host is refused: a foreign name that somebody points
/// at the door (DNS rebinding) reaches nothing.</summary>
/// <param name="printed">The addresses that <c>dooragent page</c> has printed, without port.</param>
internal sealed class PageHosts(IEnumerable<string> printed)
{
    private readonly HashSet<string> _known = new([.. printed.Select(Plain), "localhost", "127.0.0.1", "::1"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a Host header, without its port, names the page.</summary>
    public bool Knows(string host) => _known.Contains(Plain(host));

    /// <summary>Returns an address in its shortest form, without brackets.</summary>
    private static string Plain(string host) => IPAddress.TryParse(host, out IPAddress? address) ? address.ToString() : host;
}
