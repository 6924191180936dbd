using System.Net;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Link.Webhooks;

/// <summary>The settings of the webhook. Without an address nothing is sent.</summary>
internal sealed class WebhookOptions : ICheckedOptions
{
    private const string Form = "https://HOST[:PORT]/PATH; http:// only to this machine or a private address";

    public static string Section => "Webhook";

    [Setting("The address that receives a signed JSON message for each alarm.", Form = Form), Unset("none: nothing is sent")]
    public string? Url { get; set; }

    [Setting("File with the shared secret (`whsec_...`), which only the link's user may read.")]
    [Unset("the service's credential `dooragent-link.webhook-secret`")]
    public string? SecretFile { get; set; }

    [Setting("Which events are sent: alarms and their ends (alarms), or every event (all).")]
    public SentEvents Events { get; set; } = SentEvents.Alarms;

    [Setting("When the summary of the day is sent, in local time.", Form = SummaryTime.Form)]
    public string SummaryAt { get; set; } = SummaryTime.Off;

    [Setting("File (PEM) with the certificates of your own authority, or the server's own certificate: only these are trusted then.")]
    [Unset("the authorities of the system")]
    public string? CaFile { get; set; }

    [Setting("How long the receiver may take for its answer.", IsAdvanced = true), Range("1 s", "60 s")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The checked address; null where none is set.</summary>
    public Uri? Address => string.IsNullOrWhiteSpace(Url) ? null : Find(Url);

    public void Check(OptionErrors errors)
    {
        // The address is a secret at many services: the message has its beginning only.
        if (!string.IsNullOrWhiteSpace(Url) && Find(Url) is null)
            errors.Refuse(nameof(Url), Url[..Math.Min(Url.Length, 12)] + "...", $"allowed: {Form}, without a user.");
        errors.Require(SummaryTime.IsValid(SummaryAt), nameof(SummaryAt), SummaryAt, SummaryTime.Form);
        errors.Require(CaFile is null || Address is not { Scheme: "http" }, nameof(CaFile), CaFile,
            "none with http://, where no certificate is verified");
    }

    private static Uri? Find(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.UserInfo.Length == 0
        && address.Fragment.Length == 0 && (address.Scheme == "https" || (address.Scheme == "http" && IsNear(address))) ? address : null;

    /// <summary>Whether an address is this machine's or a private one (RFC 1918, RFC 4193, link-local), so that the message does not cross
    /// the internet. A name other than localhost is not: it may point anywhere.</summary>
    private static bool IsNear(Uri address)
    {
        if (address.IsLoopback)
            return true;
        if (!IPAddress.TryParse(address.DnsSafeHost, out IPAddress? ip))
            return false;
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        byte[] bytes = ip.GetAddressBytes();
        return bytes.Length == 4
            ? bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31) || (bytes[0], bytes[1]) is (192, 168) or (169, 254)
            : ip.IsIPv6LinkLocal || ip.IsIPv6UniqueLocal;
    }
}
