using System.Net;
using System.Net.Sockets;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Link;
using DoorAgent.Link.Mail;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Serilog;
using SmtpServer.Protocol;

namespace DoorAgent.Tests.Link.Mail;

/// <summary>Tests the channel against mail servers that accept, refuse, are slow, disconnect, and are other than they should be.</summary>
public sealed class MailChannelTests : IDisposable
{
    private static readonly DoorEvent Forced = SomeEvents.Number(4711, DoorEventKind.DoorForced) with { Detail = "at night" };

    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(SomeEvents.Morning.ToUniversalTime());
    private readonly CollectingSink _log = new();
    private readonly List<DoorEvent> _meanwhile = [];

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnAlarmArrivesEncryptedWithSubjectTextAndIdentifier(bool isTls)
    {
        await using MailServer server = new(_authority.Sign(), isSecure: isTls);
        await using MailChannel channel = await ConnectedAsync(server,
            options => options.Security = isTls ? MailSecurity.Tls : MailSecurity.StartTls);
        await channel.DeliverAsync([SomeEvents.Granted(), Forced], Stop);

        (MimeMessage message, string[] to) = Assert.Single(server.Received);
        Assert.Equal(["anna@example.org", "bert@example.org"], to.Order());
        Assert.Equal("Lab door: alarm, door forced", message.Subject);
        Assert.Equal("door@example.org", message.From.Mailboxes.Single().Address);
        Assert.StartsWith("2026-03-02 09:13:31  DOOR FORCED: at night", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("(event 4711, DoorForced)", message.TextBody, StringComparison.Ordinal);
        Assert.Matches(@"^alarm\.lab\.4711\.[0-9a-f]+@example\.org$", message.MessageId);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task WithoutAnAlarmNoMailIsSent()
    {
        await using MailServer server = new(_authority.Sign());
        await using MailChannel channel = await ConnectedAsync(server);
        await channel.DeliverAsync([SomeEvents.Granted(), SomeEvents.Denied(DenyReason.TooDark)], Stop);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task DuressIsTheSubjectWhateverElseHappened()
    {
        await using MailServer server = new(_authority.Sign());
        await using MailChannel channel = await ConnectedAsync(server);
        await channel.DeliverAsync([Forced, SomeEvents.Number(4712, DoorEventKind.Duress) with { PersonId = 7 }], Stop);
        MimeMessage message = Assert.Single(server.Received).Message;
        Assert.Equal("Lab door: DURESS, and 1 more event", message.Subject);
        Assert.Contains("DURESS: person 7", message.TextBody, StringComparison.Ordinal);
    }

    /// <summary>The next mail contains what came within its minute, and that is not sent again when the link delivers it.</summary>
    [Fact]
    public async Task ManyAlarmsInARowAreOneMailAMinuteAndNoneIsLostOrSentTwice()
    {
        await using MailServer server = new(_authority.Sign());
        await using MailChannel channel = await ConnectedAsync(server);
        await channel.DeliverAsync([Forced], Stop);
        Assert.Single(server.Received);

        DoorEvent[] more = [.. Enumerable.Range(4712, 120).Select(number => SomeEvents.Number(number, DoorEventKind.DoorForced))];
        Task second = channel.DeliverAsync([more[0]], Stop);
        _meanwhile.AddRange(more[1..]);
        _time.Advance(MailChannel.Between - TimeSpan.FromSeconds(1));
        Assert.False(second.IsCompleted);
        Assert.Single(server.Received);
        _time.Advance(TimeSpan.FromSeconds(1));
        await second;
        Assert.Equal("Lab door: alarm, door forced, and 119 more events", server.Received[1].Message.Subject);
        Assert.All(more, made => Assert.Contains($"(event {made.Sequence},", server.Received[1].Message.TextBody,
            StringComparison.Ordinal));

        // The link reads the same events after its own position.
        await channel.DeliverAsync(more[1..51], Stop);
        await channel.DeliverAsync(more[51..101], Stop);
        _meanwhile.Clear();
        Task third = channel.DeliverAsync([.. more[101..], SomeEvents.Number(9000, DoorEventKind.HeldOpen)], Stop);
        _time.Advance(MailChannel.Between);
        await third;
        Assert.Equal(3, server.Received.Count);
        Assert.Equal("Lab door: alarm, held open", server.Received[2].Message.Subject);
    }

    [Fact]
    public async Task ARepetitionHasTheSameIdentifier()
    {
        await using MailServer server = new(_authority.Sign());
        await using (MailChannel killed = await ConnectedAsync(server))
            await killed.DeliverAsync([Forced, SomeEvents.Number(4712, DoorEventKind.HeldOpen)], Stop);
        // After a kill between the delivery and the stored position the link delivers the batch again.
        await using MailChannel next = await ConnectedAsync(server);
        await next.DeliverAsync([Forced, SomeEvents.Number(4712, DoorEventKind.HeldOpen)], Stop);
        Assert.Equal(2, server.Received.Count);
        Assert.Single(server.Received.Select(mail => mail.Message.MessageId).Distinct());
    }

    [Theory]
    [InlineData(SmtpReplyCode.InsufficientStorage)]
    [InlineData(SmtpReplyCode.TransactionFailed)]
    [InlineData(SmtpReplyCode.MailboxUnavailable)]
    [InlineData(SmtpReplyCode.ServiceUnavailable)]
    public async Task ARefusalIsAFailureAndTheMailComesAgain(SmtpReplyCode code)
    {
        await using MailServer server = new(_authority.Sign());
        server.Answer = () => new SmtpResponse(code, "not now");
        await using MailChannel channel = await ConnectedAsync(server);
        string why = (await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([Forced], Stop))).Message;
        Assert.Contains("not now", why, StringComparison.Ordinal);
        server.Answer = () => SmtpResponse.Ok;
        await channel.DeliverAsync([Forced], Stop);
        Assert.Equal(2, Assert.Single(server.Received).To.Length);
    }

    [Fact]
    public async Task ARecipientThatTheServerDoesNotKnowIsReportedAndTheOthersGetTheMail()
    {
        await using MailServer server = new(_authority.Sign())
        {
            Recipient = to => to.StartsWith("bert", StringComparison.Ordinal) ? false : null,
        };
        await using MailChannel channel = await ConnectedAsync(server);
        await channel.DeliverAsync([Forced], Stop);
        Assert.Equal(["anna@example.org"], Assert.Single(server.Received).To);
        Assert.Contains("does not know bert@example.org", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARecipientThatIsRefusedForNowGetsTheMailLaterAndTheOthersOnce()
    {
        bool isGrey = true;
        await using MailServer server = new(_authority.Sign())
        {
            Recipient = to => isGrey && to.StartsWith("bert", StringComparison.Ordinal) ? true : null,
        };
        await using MailChannel channel = await ConnectedAsync(server);
        Assert.Contains("greylisted", (await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([Forced], Stop))).Message,
            StringComparison.Ordinal);
        isGrey = false;
        await channel.DeliverAsync([Forced], Stop);
        Assert.Equal([["anna@example.org"], ["bert@example.org"]], server.Received.Select(mail => mail.To));
    }

    [Fact]
    public async Task WhereNoRecipientIsAcceptedTheMailIsNotDelivered()
    {
        await using MailServer server = new(_authority.Sign()) { Recipient = _ => false };
        await using MailChannel channel = await ConnectedAsync(server);
        Assert.Contains("none of the addresses",
            (await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([Forced], Stop))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongPasswordIsNotTriedAgainForAQuarterOfAnHour()
    {
        await using MailServer server = new(_authority.Sign());
        await using MailChannel channel = Channel(server.Port, password: "wrong");
        string why = (await Assert.ThrowsAsync<IOException>(() => channel.ConnectAsync(Stop))).Message;
        Assert.Contains("refuses the user door or the password", why, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", why, StringComparison.Ordinal);
        int sessions = server.Sessions;
        Assert.Equal(why, (await Assert.ThrowsAsync<IOException>(() => channel.ConnectAsync(Stop))).Message);
        Assert.Equal(sessions, server.Sessions);
        _time.Advance(TimeSpan.FromMinutes(16));
        await Assert.ThrowsAsync<IOException>(() => channel.ConnectAsync(Stop));
        Assert.Equal(sessions + 1, server.Sessions);
    }

    [Fact]
    public async Task AServerWithoutEncryptionGetsNeitherPasswordNorMail()
    {
        await using MailServer server = new(certificate: null);
        await using MailChannel channel = Channel(server.Port);
        Assert.Contains("STARTTLS", (await Assert.ThrowsAsync<IOException>(() => channel.ConnectAsync(Stop))).Message,
            StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    [Theory]
    [InlineData("other.example", -1, 1, "not for the name")]
    [InlineData(null, -10, -5, "not trusted by the given authorities")]
    public async Task ACertificateForAnotherNameOrTimeIsNotTrusted(string? name, double from, double to, string words)
    {
        await using MailServer server = new(_authority.Sign(name, from, to));
        await using MailChannel channel = Channel(server.Port);
        Assert.Contains(words, (await Assert.ThrowsAsync<IOException>(() => channel.ConnectAsync(Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangedCertificateIsRefusedUntilTheFileIsChangedToo()
    {
        using TestAuthority next = new("The next authority");
        string ca = _authority.WriteTo(_folder);
        MailServer server = new(_authority.Sign());
        await using MailChannel channel = await ConnectedAsync(server, options => options.CaFile = ca);
        await server.DisposeAsync();

        await using MailServer changed = new(next.Sign(), port: server.Port);
        Assert.Contains("not trusted", (await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([Forced], Stop))).Message,
            StringComparison.Ordinal);
        File.Copy(next.WriteTo(_folder), ca, overwrite: true);
        await channel.DeliverAsync([Forced], Stop);
        Assert.Single(changed.Received);
    }

    [Fact]
    public async Task APortWithoutAServerIsAFailure()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using MailChannel channel = Channel(port);
        Assert.Contains($"127.0.0.1:{port}", (await Assert.ThrowsAsync<IOException>(() => channel.ConnectAsync(Stop))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatSaysNothingIsAFailure()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        await using MailChannel channel = Channel(((IPEndPoint)silent.LocalEndpoint).Port);
        Task connecting = channel.ConnectAsync(Stop);
        using TcpClient client = await silent.AcceptTcpClientAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(45));
        Assert.Contains("did not answer within 45 s", (await Assert.ThrowsAsync<IOException>(() => connecting)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatDisconnectsIsAFailure()
    {
        using TcpListener rude = new(IPAddress.Loopback, 0);
        rude.Start();
        await using MailChannel channel = Channel(((IPEndPoint)rude.LocalEndpoint).Port);
        Task connecting = channel.ConnectAsync(Stop);
        (await rude.AcceptTcpClientAsync(Stop)).Dispose();
        await Assert.ThrowsAnyAsync<IOException>(() => connecting);
    }

    [Fact]
    public async Task ATestMailSaysThatItIsOne()
    {
        await using MailServer server = new(_authority.Sign());
        await using MailChannel channel = await ConnectedAsync(server);
        Assert.StartsWith("The mail server accepted", await channel.TestAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("Lab door: test mail", Assert.Single(server.Received).Message.Subject);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<MailChannel> ConnectedAsync(MailServer server, Action<MailOptions>? change = null)
    {
        MailChannel channel = Channel(server.Port, change: change);
        await channel.ConnectAsync(Stop);
        return channel;
    }

    private MailChannel Channel(int port, string password = MailServer.Password, Action<MailOptions>? change = null)
    {
        MailOptions options = new()
        {
            Server = "127.0.0.1", Port = port, User = MailServer.User, From = "Door <door@example.org>",
            To = ["anna@example.org", "bert@example.org"], CaFile = _authority.WriteTo(_folder),
        };
        change?.Invoke(options);
        MailSender sender = new(options, password, new LoggerConfiguration().WriteTo.Sink(_log).CreateLogger(), _time);
        return new MailChannel(new LinkOptions { Door = "lab", Name = "Lab door" }, sender, (after, _) => Task.FromResult(After(after)),
            null, _time);
    }

    private JournalBatch After(JournalPosition after)
    {
        DoorEvent[] all = [.. _meanwhile.Where(made => made.Sequence > after.Sequence)];
        DoorEvent[] batch = [.. all.Take(50)];
        return new JournalBatch(batch, batch is [.., var last] ? JournalPosition.Of(last) : after, Waiting: all.Length - batch.Length);
    }
}
