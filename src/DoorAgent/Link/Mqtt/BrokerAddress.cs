using System.Globalization;
using System.Net;

namespace DoorAgent.Link.Mqtt;

/// <summary>Where the broker listens.</summary>
/// <param name="Host">Name or IP address.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="IsTls">Whether the connection is encrypted and the broker's certificate is verified.</param>
internal sealed record BrokerAddress(string Host, int Port, bool IsTls)
{
    /// <summary>The forms that <see cref="Find"/> reads, in words.</summary>
    public const string Form = "HOST:PORT, mqtt://HOST:PORT or mqtts://HOST:PORT; without a port 1883, with mqtts 8883";

    private const int PlainPort = 1883, TlsPort = 8883;

    private const string Plain = "mqtt", Tls = "mqtts", Between = "://";

    /// <summary>Whether the broker runs on this machine, so that nobody on the network reads what is sent.</summary>
    public bool IsHere => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Reads an address; returns null for a text that is none, or that contains more, such as a user or a path.</summary>
    public static BrokerAddress? Find(string text)
    {
        string whole = text.Contains(Between, StringComparison.Ordinal) ? text : Plain + Between + text;
        if (!Uri.TryCreate(whole, UriKind.Absolute, out Uri? uri) || uri.Scheme is not (Plain or Tls) || uri.Host.Length == 0
            || uri.UserInfo.Length > 0 || uri.PathAndQuery is not ("" or "/") || uri.Fragment.Length > 0 || uri.Port == 0)
        {
            return null;
        }

        bool isTls = uri.Scheme == Tls;
        int port = uri.Port > 0 ? uri.Port : isTls ? TlsPort : PlainPort;
        return new BrokerAddress(uri.IdnHost.Trim('[', ']'), port, isTls);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(IsTls ? Tls : Plain)}{Between}{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
}
