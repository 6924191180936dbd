using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Link.Webhooks;

/// <summary>
/// Signs messages as Standard Webhooks 1.0 says (standardwebhooks.com): HMAC-SHA256 under the shared secret over
/// <c>id.timestamp.body</c>, written as <c>v1,BASE64</c>.
/// </summary>
internal sealed class WebhookSignature
{
    /// <summary>The beginning of every secret.</summary>
    public const string Prefix = "whsec_";

    // The limits of the specification.
    private const int FewestBytes = 24, MostBytes = 64;

    private readonly byte[] _key;

    private WebhookSignature(byte[] key) => _key = key;

    /// <summary>Reads a secret.</summary>
    /// <exception cref="UserErrorException">The text is not a secret; the message says how to make one, and does not contain the
    /// text.</exception>
    public static WebhookSignature Parse(string secret)
    {
        string trimmed = secret.Trim();
        byte[] key = new byte[trimmed.Length];
        if (trimmed.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(trimmed[Prefix.Length..], key, out int length) && length is >= FewestBytes and <= MostBytes)
            return new WebhookSignature(key[..length]);
        throw new UserErrorException($"The secret of the webhook must be {Prefix} and {FewestBytes} to {MostBytes} bytes in base64. "
            + $"This makes one: echo {Prefix}$(openssl rand -base64 32)");
    }

    /// <summary>Returns the value of the header <c>webhook-signature</c>.</summary>
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="timestamp">The value of <c>webhook-timestamp</c>.</param>
    /// <param name="body">The bytes of the body.</param>
    public string Sign(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, signed));
    }

    /// <summary>Returns the value of <c>webhook-timestamp</c>: seconds since 1970.</summary>
    public static string TimestampOf(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public override string ToString() => Prefix + "...";
}
