using System.Globalization;
using System.Net;

namespace DoorAgent.Hub;

/// <summary>Where the hub listens. Both forms of an address mean TLS: nats-server begins each connection in the clear and changes to TLS
/// before anything of the client is sent.</summary>
/// <param name="Host">Name or IP address, as in the hub's certificate.</param>
/// <param name="Port">The TCP port.</param>
internal sealed record HubAddress(string Host, int Port)
{
    /// <summary>The forms that <see cref="Find"/> reads, in words.</summary>
    public const string Form = "nats://HOST:PORT or tls://HOST:PORT; without a port 4222";

    private const int UsualPort = 4222;

    private const string Nats = "nats", Tls = "tls", Between = "://";

    /// <summary>Whether the hub runs on this machine.</summary>
    public bool IsHere => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Reads an address; returns null for a text that is none, or that contains more, such as a user or a path.</summary>
    public static HubAddress? Find(string text)
    {
        if (!text.Contains(Between, StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || uri.Scheme is not (Nats or Tls) || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.PathAndQuery is not ("" or "/")
            || uri.Fragment.Length > 0 || uri.Port == 0)
        {
            return null;
        }

        return new HubAddress(uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : UsualPort);
    }

    /// <summary>The address in the form that says that the connection is with TLS.</summary>
    public string ToTls() => $"{Tls}{Between}{Place}";

    public override string ToString() => $"{Nats}{Between}{Place}";

    private string Place => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
}
