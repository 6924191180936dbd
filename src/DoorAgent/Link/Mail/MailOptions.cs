using System.Net;
using DoorAgent.Hardware.Settings;
using MimeKit;

namespace DoorAgent.Link.Mail;

/// <summary>The settings of the mails. Without a server none are sent.</summary>
internal sealed class MailOptions : ICheckedOptions
{
    private const int MostRecipients = 20;

    public static string Section => "Mail";

    [Setting("Name of the mail server (SMTP)."), Unset("none: no mail is sent")]
    public string? Server { get; set; }

    [Setting("How the connection is encrypted: from its begin (tls), or with the command STARTTLS, without which nothing is sent "
        + "(starttls). none only for a server on this machine.")]
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    [Setting("The server's port."), Range(1, 65_535), Unset("587 with starttls, 465 with tls, 25 with none")]
    public int? Port { get; set; }

    [Setting("The user at the server."), Unset("none: the server takes mail from this machine without a password")]
    public string? User { get; set; }

    [Setting("File with the user's password, which only the link's user may read.")]
    [Unset("the service's credential `dooragent-link.mail-password`")]
    public string? PasswordFile { get; set; }

    [Setting("The sender's address."), Unset("none; required with `Server`")]
    public string? From { get; set; }

    [Setting("The addresses that get the mails.")]
    public string[] To { get; set; } = [];

    [Setting("When the summary of the day is sent, in local time.", Form = SummaryTime.Form)]
    public string SummaryAt { get; set; } = "07:00";

    [Setting("File (PEM) with the certificates of your own authority, or the server's own certificate: only these are trusted then.")]
    [Unset("the authorities of the system")]
    public string? CaFile { get; set; }

    /// <summary>Whether mails are sent.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Server);

    /// <summary>The port in use.</summary>
    public int UsedPort => Port ?? Security switch
    {
        MailSecurity.Tls => 465,
        MailSecurity.StartTls => 587,
        _ => 25,
    };

    public void Check(OptionErrors errors)
    {
        errors.Require(SummaryTime.IsValid(SummaryAt), nameof(SummaryAt), SummaryAt, SummaryTime.Form);
        if (!IsOn)
            return;
        errors.Require(Uri.CheckHostName(Server) != UriHostNameType.Unknown, nameof(Server), Server,
            $"a name or an address, without a port, which belongs into {Section}:{nameof(Port)}");
        errors.Require(IsAddress(From), nameof(From), From, "an address such as door@example.org");
        errors.Require(To.Length is > 0 and <= MostRecipients && To.All(IsAddress), nameof(To), string.Join(", ", To),
            $"1 to {MostRecipients} addresses such as you@example.org");
        errors.Require(Security != MailSecurity.None || IsHere(Server!), nameof(Security), "none",
            $"starttls or tls with {Server}: without encryption the mails, and the password, cross the network for everybody to read");
        errors.Require(CaFile is null || Security != MailSecurity.None, nameof(CaFile), CaFile, "none without encryption");
        errors.Require(User is not null || PasswordFile is null, nameof(PasswordFile), PasswordFile,
            $"none without {Section}:{nameof(User)}");
    }

    /// <summary>Whether a server is this machine, by its name or its address.</summary>
    private static bool IsHere(string server) => server == "localhost"
        || (IPAddress.TryParse(server, out IPAddress? ip) && IPAddress.IsLoopback(ip));

    private static bool IsAddress(string? text) => text is not null && !text.Any(char.IsControl)
        && MailboxAddress.TryParse(text, out MailboxAddress? address) && address.Address.Contains('@', StringComparison.Ordinal);
}

/// <summary>How the connection to a mail server is encrypted.</summary>
internal enum MailSecurity
{
    StartTls,
    Tls,
    None,
}
