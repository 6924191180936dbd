using System.Net.Sockets;
using DoorAgent.Settings;
using MailKit;
using MailKit.Security;
using MimeKit;

namespace DoorAgent.Link.Mail;

/// <summary>Sends mails, each over a connection of its own: hours may lie between two.</summary>
/// <param name="options">Checked options with a server.</param>
/// <param name="password">The user's password; null only without a user.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
internal sealed class MailSender(MailOptions options, string? password, Serilog.ILogger log, TimeProvider time)
{
    // Many servers lock a user out after some wrong passwords.
    private static readonly TimeSpan AfterWrongPassword = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly HashSet<string> _done = new(StringComparer.OrdinalIgnoreCase);
    private string? _doneOf;
    private (DateTimeOffset Until, string Why)? _locked;

    /// <summary>Connects and authenticates, and sends nothing.</summary>
    /// <exception cref="IOException">The server cannot be used; the message says why.</exception>
    public Task CheckAsync(CancellationToken stopping) => ConnectedAsync((client, end) => client.NoOpAsync(end), stopping);

    /// <summary>Sends a mail; returns when the server has accepted the mail for every recipient that it knows.</summary>
    /// <exception cref="IOException">The mail was not accepted, or not for everybody yet; a repetition goes to the others only.</exception>
    public async Task SendAsync(MailText mail, CancellationToken stopping)
    {
        if (_doneOf != mail.Id)
            _done.Clear();
        _doneOf = mail.Id;
        MailboxAddress[] recipients = [.. options.To.Select(MailboxAddress.Parse).Where(recipient => !_done.Contains(recipient.Address))];
        if (recipients.Length == 0)
            return;
        using MimeMessage message = Message(mail);
        await ConnectedAsync(async (client, end) =>
        {
            await client.SendAsync(message, message.From.Mailboxes.Single(), recipients, end);
            foreach (MailboxAddress accepted in client.Accepted)
                _done.Add(accepted.Address);
            foreach ((MailboxAddress recipient, string why, _) in client.Refused.Where(refused => !refused.IsForNow))
            {
                _done.Add(recipient.Address);
                log.Warning("The mail server does not know {Recipient} of Mail:To, the others get the mail: {Why}", recipient.Address, why);
            }

            if (client.Refused.FirstOrDefault(refused => refused.IsForNow) is { Recipient: { } later } refusal)
                throw new IOException($"The mail server does not take the mail for {later.Address} now: {refusal.Why}");
        }, stopping);
    }

    /// <summary>Makes the message of a mail.</summary>
    internal MimeMessage Message(MailText mail)
    {
        MailboxAddress from = MailboxAddress.Parse(options.From!);
        MimeMessage message = new()
        {
            Subject = mail.Subject,
            Date = time.GetLocalNow(),
            MessageId = $"{mail.Id}@{from.Domain}",
            Body = new TextPart("plain") { Text = mail.Body },
        };
        message.From.Add(from);
        message.To.AddRange(options.To.Select(MailboxAddress.Parse));
        // No answer of an absent person comes back (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Mailer", $"DoorAgent {BuildInfo.Version.Split('+')[0]}");
        return message;
    }

    private async Task ConnectedAsync(Func<CountingSmtpClient, CancellationToken, Task> work, CancellationToken stopping)
    {
        if (_locked is { } locked && time.GetUtcNow() < locked.Until)
            throw new IOException(locked.Why);
        _locked = null;
        ServerTrust trust = ServerTrust.Read(options.CaFile);
        using CountingSmtpClient client = new()
        {
            ServerCertificateValidationCallback = trust.Verify,
            CheckCertificateRevocation = false,
            Timeout = (int)Patience.TotalMilliseconds,
        };
        using CancellationTokenSource late = new(Patience, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        string server = $"The mail server {options.Server}:{options.UsedPort}";
        try
        {
            await client.ConnectAsync(options.Server!, options.UsedPort, Socket, end.Token);
            if (options.User is { } user)
                await client.AuthenticateAsync(user, password!, end.Token);
            await work(client, end.Token);
            await client.DisconnectAsync(quit: true, end.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            throw new IOException($"{server} did not answer within {Patience.TotalSeconds:0} s.");
        }
        catch (AuthenticationException failure)
        {
            string why = $"{server} refuses the user {options.User} or the password: {failure.Message} "
                + $"The next attempt is in {AfterWrongPassword.TotalMinutes:0} minutes, since many servers lock a user out after some.";
            _locked = (time.GetUtcNow() + AfterWrongPassword, why);
            throw new IOException(why, failure);
        }
        catch (SslHandshakeException failure)
        {
            string why = trust.Problem ?? "the connection cannot be encrypted; is Mail:Security right for this port?";
            throw new IOException($"{server}: {why}", failure);
        }
        catch (Exception failure) when (failure is CommandException or ProtocolException or NotSupportedException or SocketException
            or ServiceNotConnectedException or ServiceNotAuthenticatedException or TimeoutException)
        {
            throw new IOException($"{server}: {failure.Message}", failure);
        }
    }

    private SecureSocketOptions Socket => options.Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
