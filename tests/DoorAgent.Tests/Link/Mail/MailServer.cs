using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace DoorAgent.Tests.Link.Mail;

/// <summary>A mail server on the loopback interface; the test decides what it accepts.</summary>
internal sealed class MailServer : IMessageStore, IMailboxFilter, IAsyncDisposable
{
    public const string User = "door", Password = "correct horse";

    private readonly ConcurrentQueue<(MimeMessage Message, string[] To)> _received = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly SmtpServer.SmtpServer _server;
    private readonly Task _running;
    private int _sessions;

    public MailServer(X509Certificate2? certificate, bool isSecure = false, int? port = null)
    {
        Port = port ?? FreePort();
        ServiceProvider services = new();
        services.Add((IMessageStore)this);
        services.Add((IMailboxFilter)this);
        services.Add((IUserAuthenticator)new DelegatingUserAuthenticator((user, password) => (user, password) == (User, Password)));
        _server = new SmtpServer.SmtpServer(new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).IsSecure(isSecure);
            if (certificate is not null)
                endpoint.Certificate(certificate);
        }).Build(), services);
        _server.SessionCreated += (_, _) => Interlocked.Increment(ref _sessions);
        _running = _server.StartAsync(_stop.Token);
    }

    public int Port { get; }

    /// <summary>The number of connections so far.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>The accepted messages, with the recipients of the envelope.</summary>
    public IReadOnlyList<(MimeMessage Message, string[] To)> Received => [.. _received];

    /// <summary>Answers a message after its data.</summary>
    public Func<SmtpResponse> Answer { get; set; } = () => SmtpResponse.Ok;

    /// <summary>Answers a recipient: null accepts, true is refused for now, false for good.</summary>
    public Func<string, bool?> Recipient { get; set; } = _ => null;

    public async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        SmtpResponse answer = Answer();
        if (answer.ReplyCode == SmtpReplyCode.Ok)
        {
            using MemoryStream stream = new(buffer.ToArray());
            _received.Enqueue((await MimeMessage.LoadAsync(stream, cancellationToken), [.. transaction.To.Select(to => to.AsAddress())]));
        }

        return answer;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
        Recipient(to.AsAddress()) switch
        {
            null => Task.FromResult(true),
            true => throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.MailboxUnavailable - 100, "greylisted")),
            false => throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such mailbox")),
        };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
