using System.Net;

namespace DoorAgent.Office;

/// <summary>The address of a hub: <c>nats://HOST:PORT</c> or <c>tls://HOST:PORT</c>. The connection is with TLS in both forms.</summary>
/// <param name="Host">Name or address of the machine.</param>
/// <param name="Port">The port.</param>
internal sealed record HubAddress(string Host, int Port)
{
    /// <summary>The port of nats-server where none is named.</summary>
    public const int DefaultPort = 4222;

    /// <summary>Reads an address; null for a text that is none.</summary>
    public static HubAddress? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "nats" or "tls" && address.Host.Length > 0
            && address is { UserInfo: "", AbsolutePath: "/" or "", Query: "", Fragment: "" } && Uri.CheckHostName(address.IdnHost) != UriHostNameType.Unknown
            ? new HubAddress(address.IdnHost.Trim('[', ']'), address.Port > 0 ? address.Port : DefaultPort) : null;

    /// <summary>Whether only programs on the hub's own machine reach this address.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Host and port, as a server listens on them.</summary>
    public string Place => $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";

    public override string ToString() => $"nats://{Place}";
}
