using MailKit.Net.Smtp;
using MimeKit;

namespace DoorAgent.Link.Mail;

/// <summary>An SMTP client that goes on where the server refuses one of several recipients, and says which.</summary>
internal sealed class CountingSmtpClient : SmtpClient
{
    private readonly List<MailboxAddress> _accepted = [];
    private readonly List<(MailboxAddress Recipient, string Why, bool IsForNow)> _refused = [];

    /// <summary>The recipients that the server takes the message for.</summary>
    public IReadOnlyList<MailboxAddress> Accepted => _accepted;

    /// <summary>The refused recipients, and whether the server may take the message for them later (4xx).</summary>
    public IReadOnlyList<(MailboxAddress Recipient, string Why, bool IsForNow)> Refused => _refused;

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _accepted.Add(mailbox);

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _refused.Add((mailbox, $"{(int)response.StatusCode} {response.Response}", (int)response.StatusCode is >= 400 and < 500));

    protected override void OnNoRecipientsAccepted(MimeMessage message) =>
        throw new IOException($"The mail server takes mail for none of the addresses in Mail:To: {_refused[0].Why}");
}
