using DoorAgent.Link.Mail;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog;

namespace DoorAgent.Tests.Link.Mail;

/// <summary>Tests who gets a mail while the server does not take mail for one of two recipients.</summary>
public sealed class MailSenderTests : IAsyncDisposable
{
    private static readonly MailText Alarm = new("alarm.1", "alarm", "text"), Next = new("alarm.2", "next", "text"),
        Summary = new("summary.1", "summary", "text");

    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(SomeEvents.Morning.ToUniversalTime());
    private readonly CollectingSink _log = new();
    private readonly MailServer _server;
    private readonly MailSender _sender;

    // For bert: true is refused for now, false for good.
    private bool? _isBertRefused = true;

    public MailSenderTests()
    {
        _server = new MailServer(_authority.Sign())
        {
            Recipient = to => to.StartsWith("bert", StringComparison.Ordinal) ? _isBertRefused : null,
        };
        MailOptions options = new()
        {
            Server = "127.0.0.1", Port = _server.Port, User = MailServer.User, From = "Door <door@example.org>",
            To = ["anna@example.org", "bert@example.org"], CaFile = _authority.WriteTo(_folder),
        };
        _sender = new MailSender(options, MailServer.Password, new LoggerConfiguration().WriteTo.Sink(_log).CreateLogger(), _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AFullMailboxDelaysTheMailsOfTheOthersOnceAndOnlyForAWhile()
    {
        await RefusedAsync(Alarm);
        _time.Advance(MailSender.Grace - TimeSpan.FromSeconds(1));
        await RefusedAsync(Alarm);
        Assert.Empty(_log.Lines);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _sender.SendAsync(Alarm, Stop);
        Assert.Contains("does not take mail for bert@example.org", Assert.Single(_log.Lines), StringComparison.Ordinal);

        await _sender.SendAsync(Next, Stop);
        Assert.Equal([("alarm", "anna@example.org"), ("next", "anna@example.org")], Received);
    }

    [Fact]
    public async Task ARecipientWhoWasRefusedForNowIsWaitedForAgainAfterAMail()
    {
        await RefusedAsync(Alarm);
        _isBertRefused = null;
        await _sender.SendAsync(Alarm, Stop);
        _time.Advance(MailSender.Grace);
        _isBertRefused = true;
        await RefusedAsync(Next);
        Assert.Equal([("alarm", "anna@example.org"), ("alarm", "bert@example.org"), ("next", "anna@example.org")], Received);
    }

    [Fact]
    public async Task ARecipientWhoIsUnknownAfterAllDoesNotHoldTheMail()
    {
        await RefusedAsync(Alarm);
        _isBertRefused = false;
        await _sender.SendAsync(Alarm, Stop);
        Assert.Equal([("alarm", "anna@example.org")], Received);
        Assert.Contains("does not know bert@example.org", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAlarmAndASummaryThatWaitForOneRecipientReachTheOtherOnce()
    {
        for (int attempt = 0; attempt < 3; attempt++)
        {
            await RefusedAsync(Alarm);
            await RefusedAsync(Summary);
        }

        Assert.Equal([("alarm", "anna@example.org"), ("summary", "anna@example.org")], Received);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IEnumerable<(string Subject, string To)> Received => _server.Received.Select(mail => (mail.Message.Subject!, mail.To.Single()));

    private async Task RefusedAsync(MailText mail) => Assert.Contains("does not take the mail for bert@example.org now: 450 greylisted",
        (await Assert.ThrowsAsync<IOException>(() => _sender.SendAsync(mail, Stop))).Message, StringComparison.Ordinal);
}
