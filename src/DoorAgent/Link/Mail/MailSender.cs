using System.Net.Sockets;
using DoorAgent.Certificates;
using DoorAgent.Hardware;
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

    /// <summary>How long the other recipients' next mails wait for one whom the server does not take mail for now: it may be a pause
    /// for unknown senders (greylisting), and it may be a full mailbox.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    // An alarm and a summary may be unfinished; the identifier of a mail changes when more alarms come along.
    private const int MostUnfinished = 16;

    // For each unfinished mail who has got it, or never will: a repetition goes to the others only.
    private readonly Dictionary<string, HashSet<string>> _done = [];
    private readonly Dictionary<string, TimeSpan> _refusedSince = new(StringComparer.OrdinalIgnoreCase);
    private (DateTimeOffset Until, string Why)? _locked;

    /// <summary>Connects and authenticates, and sends nothing.</summary>
    /// <exception cref="IOException">The server cannot be used; the message says why.</exception>
    public Task CheckAsync(CancellationToken stopping) => ConnectedAsync((client, end) => client.NoOpAsync(end), stopping);

    /// <summary>Sends a mail; returns when the server has accepted the mail for every recipient that it takes mail for.</summary>
    /// <exception cref="IOException">The mail was not accepted, or not for everybody yet; a repetition goes to the others only.</exception>
    public async Task SendAsync(MailText mail, CancellationToken stopping)
    {
        if (!_done.TryGetValue(mail.Id, out HashSet<string>? done))
        {
            if (_done.Count == MostUnfinished)
                _done.Clear();
            _done[mail.Id] = done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        }

        MailboxAddress[] recipients = [.. options.To.Select(MailboxAddress.Parse).Where(recipient => !done.Contains(recipient.Address))];
        if (recipients.Length > 0)
        {
            using MimeMessage message = Message(mail);
            await ConnectedAsync((client, end) => SendAsync(client, message, recipients, done, end), stopping);
        }

        _done.Remove(mail.Id);
    }

    private async Task SendAsync(
        CountingSmtpClient client, MimeMessage message, MailboxAddress[] recipients, HashSet<string> done, CancellationToken end)
    {
        try
        {
            await client.SendAsync(message, message.From.Mailboxes.Single(), recipients, end);
        }
        catch (IOException) when (done.Count > 0 && client.Refused.Count == recipients.Length)
        {
            // Others have got this mail in an earlier attempt.
        }

        foreach (MailboxAddress accepted in client.Accepted)
        {
            done.Add(accepted.Address);
            _refusedSince.Remove(accepted.Address);
        }

        string? later = null;
        foreach ((MailboxAddress recipient, string why, bool isForNow) in client.Refused)
        {
            if (isForNow && IsWaitedFor(recipient.Address))
            {
                later ??= $"The mail server does not take the mail for {recipient.Address} now: {why}";
                continue;
            }

            done.Add(recipient.Address);
            log.Warning("The mail server does not {Take} {Recipient} of Mail:To, the others get the mail: {Why}",
                isForNow ? "take mail for" : "know", recipient.Address, why);
        }

        if (later is not null)
            throw new IOException(later);
    }

    private bool IsWaitedFor(string recipient)
    {
        TimeSpan now = time.Monotonic();
        return _refusedSince.TryAdd(recipient, now) || now - _refusedSince[recipient] < Grace;
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
        ServerTrust trust = ServerTrust.Of("Mail:CaFile", options.CaFile);
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
