using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DoorAgent.Events;
using DoorAgent.Link;
using DoorAgent.Link.Webhooks;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link.Webhooks;

/// <summary>Tests the channel against receivers that accept, refuse, are slow, disconnect, and are other than they should be.</summary>
public sealed class WebhookChannelTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly DoorEvent Forced = SomeEvents.Number(4711, DoorEventKind.DoorForced) with { Detail = "at night" };

    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AnAlarmArrivesSignedAndWithoutNames()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address);
        long before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        await channel.DeliverAsync([SomeEvents.Granted(), Forced, SomeEvents.Denied(DenyReason.TooDark)], Stop);

        ReceivedMessage message = Assert.Single(receiver.Received);
        Assert.Equal("/hook/secret-path", message.Path);
        Assert.Equal("application/json", message.Headers["content-type"]);
        Assert.StartsWith("event.lab.4711.", message.Headers["webhook-id"], StringComparison.Ordinal);
        long sentAt = long.Parse(message.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
        Assert.InRange(sentAt, before, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        // As a receiver verifies, with nothing of this program.
        byte[] key = Convert.FromBase64String(Secret["whsec_".Length..]);
        string signed = $"{message.Headers["webhook-id"]}.{message.Headers["webhook-timestamp"]}.{message.Body}";
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed))),
            message.Headers["webhook-signature"]);

        JsonElement json = JsonDocument.Parse(message.Body).RootElement;
        Assert.Equal("door.alarm", json.GetProperty("type").GetString());
        Assert.Equal(Forced.Time, json.GetProperty("timestamp").GetDateTimeOffset());
        JsonElement data = json.GetProperty("data");
        Assert.Equal(("lab", "Lab door", 4711, "DoorForced"), (data.GetProperty("door").GetString(), data.GetProperty("name").GetString(),
            data.GetProperty("sequence").GetInt64(), data.GetProperty("kind").GetString()));
        Assert.StartsWith("DOOR FORCED: at night", data.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["door", "kind", "name", "sequence", "text"], data.EnumerateObject().Select(field => field.Name).Order());
    }

    [Fact]
    public async Task WithAllEveryEventIsSentWithoutPersonBadgeAndDistance()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address, options => options.Events = SentEvents.All);
        await channel.DeliverAsync([SomeEvents.Granted() with { PersonName = null }, Forced,
            SomeEvents.Number(4712, DoorEventKind.Restored)], Stop);
        Assert.Equal(["door.event", "door.alarm", "door.restored"],
            receiver.Received.Select(message => JsonDocument.Parse(message.Body).RootElement.GetProperty("type").GetString()));
        Assert.DoesNotContain("0.412", receiver.Received[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("H10301", receiver.Received[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("person", receiver.Received[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DuressIsSentWithThePersonsNumber()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address);
        await channel.DeliverAsync([SomeEvents.Granted() with { Kind = DoorEventKind.Duress, PersonName = null }], Stop);
        JsonElement data = JsonDocument.Parse(Assert.Single(receiver.Received).Body).RootElement.GetProperty("data");
        Assert.Equal(("Duress", 7), (data.GetProperty("kind").GetString(), data.GetProperty("person").GetInt64()));
    }

    [Theory]
    [InlineData(500, "cannot take the message now")]
    [InlineData(503, "cannot take the message now")]
    [InlineData(429, "cannot take the message now")]
    [InlineData(401, "is the secret the same")]
    [InlineData(404, "does not know the path")]
    [InlineData(400, "does not accept")]
    [InlineData(302, "redirects are not followed")]
    [InlineData(307, "redirects are not followed")]
    public async Task AnotherAnswerThanYesIsAFailureAndTheMessageComesAgainWithItsId(int status, string words)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using WebhookReceiver other = await WebhookReceiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Address.ToString();
            return Task.CompletedTask;
        };
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address);
        string why = (await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([Forced], Stop))).Message;
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), why, StringComparison.Ordinal);
        Assert.Contains(words, why, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", why, StringComparison.Ordinal);
        Assert.Empty(other.Received);

        receiver.AnswerWith(200);
        await channel.DeliverAsync([Forced], Stop);
        Assert.Equal(2, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(message => message.Headers["webhook-id"]).Distinct());
    }

    [Fact]
    public async Task AfterAFailureInTheMiddleOfABatchNoMessageIsSentTwiceOrLost()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        DoorEvent[] batch = [.. Enumerable.Range(1, 6).Select(number => SomeEvents.Number(number, DoorEventKind.DoorForced))];
        int answers = 0;
        List<string> accepted = [];
        receiver.Answer = context =>
        {
            // Each third one fails.
            context.Response.StatusCode = ++answers % 3 == 0 ? 500 : 200;
            if (answers % 3 != 0)
                accepted.Add(context.Request.Headers["webhook-id"].ToString());
            return Task.CompletedTask;
        };
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address);
        for (bool isDone = false; !isDone;)
        {
            try
            {
                await channel.DeliverAsync(batch, Stop);
                isDone = true;
            }
            catch (IOException)
            {
                await channel.ConnectAsync(Stop);
            }
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], accepted.Select(id => int.Parse(id.Split('.')[2], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task AnAddressThatIsGoneTurnsTheChannelOff()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerWith(410);
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address);
        string why = (await Assert.ThrowsAsync<UserErrorException>(() => channel.DeliverAsync([Forced], Stop))).Message;
        Assert.Contains("gone (410)", why, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASlowReceiverIsAFailure()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = context => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address, options =>
            options.Timeout = TimeSpan.FromMilliseconds(300));
        Assert.Contains("did not answer", (await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([Forced], Stop))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReceiverThatDisconnectsIsAFailure()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address);
        await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([Forced], Stop));
    }

    [Fact]
    public async Task APortWithoutAServerIsAFailure()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Uri closed = new($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook/secret-path");
        listener.Stop();
        await using WebhookChannel channel = await ConnectedAsync(closed);
        string why = (await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([Forced], Stop))).Message;
        Assert.Contains("was not reached", why, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateOfTheOwnAuthorityIsTrustedAndNoOtherOne()
    {
        using TestAuthority stranger = new("Somebody else's authority");
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync(_authority.Sign());
        await using WebhookReceiver impostor = await WebhookReceiver.StartAsync(stranger.Sign());
        string ca = _authority.WriteTo(_folder);
        await using WebhookChannel trusted = await ConnectedAsync(receiver.Address, options => options.CaFile = ca);
        await trusted.DeliverAsync([Forced], Stop);
        Assert.Single(receiver.Received);

        await using WebhookChannel deceived = await ConnectedAsync(impostor.Address, options => options.CaFile = ca);
        Assert.Contains("not trusted by the given authorities", await FailureAsync(deceived), StringComparison.Ordinal);
        await using WebhookChannel system = await ConnectedAsync(receiver.Address);
        Assert.Contains("certificate is not trusted", await FailureAsync(system), StringComparison.Ordinal);
        Assert.Empty(impostor.Received);
    }

    [Theory]
    [InlineData("other.example", -1, 1, "not for the name in the address")]
    [InlineData(null, -10, -5, "not trusted by the given authorities")]
    [InlineData(null, 5, 10, "not trusted by the given authorities")]
    public async Task ACertificateForAnotherNameOrTimeIsNotTrusted(string? name, double from, double to, string words)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync(_authority.Sign(name, from, to));
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address, options =>
            options.CaFile = _authority.WriteTo(_folder));
        Assert.Contains(words, await FailureAsync(channel), StringComparison.Ordinal);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task AChangedCertificateIsRefusedUntilTheFileIsChangedToo()
    {
        using TestAuthority next = new("The next authority");
        string ca = _authority.WriteTo(_folder);
        WebhookReceiver receiver = await WebhookReceiver.StartAsync(_authority.Sign());
        int port = receiver.Port;
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address, options => options.CaFile = ca);
        await channel.DeliverAsync([Forced], Stop);
        await receiver.DisposeAsync();

        await using WebhookReceiver changed = await WebhookReceiver.StartAsync(next.Sign(), port);
        await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([SomeEvents.Number(4712, DoorEventKind.DoorForced)], Stop));
        File.Copy(next.WriteTo(_folder), ca, overwrite: true);
        await channel.ConnectAsync(Stop);
        await channel.DeliverAsync([SomeEvents.Number(4712, DoorEventKind.DoorForced)], Stop);
        Assert.Single(changed.Received);
    }

    [Fact]
    public async Task AFileWithoutCertificatesIsNamed()
    {
        string empty = Path.Combine(_folder.Path, "empty.pem");
        await File.WriteAllTextAsync(empty, "nothing", Stop);
        Assert.Contains($"Webhook:CaFile {empty}", (await Assert.ThrowsAsync<IOException>(
            () => ConnectedAsync(new Uri("https://127.0.0.1:9/"), options => options.CaFile = empty))).Message, StringComparison.Ordinal);
        string missing = Path.Combine(_folder.Path, "missing.pem");
        Assert.Contains($"Webhook:CaFile {missing}", (await Assert.ThrowsAsync<IOException>(
            () => ConnectedAsync(new Uri("https://127.0.0.1:9/"), options => options.CaFile = missing))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATestMessageSaysThatItIsOne()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using WebhookChannel channel = await ConnectedAsync(receiver.Address);
        Assert.Equal($"The webhook's receiver 127.0.0.1:{receiver.Port} accepted a test message.", await channel.TestAsync(Stop));
        Assert.Contains("\"type\":\"door.test\"", Assert.Single(receiver.Received).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void ASummaryHasCountsAndNoPeople()
    {
        DaySummary summary = new(SomeEvents.Morning, SomeEvents.Morning.AddDays(1));
        summary.Add([SomeEvents.Granted(), SomeEvents.Denied(DenyReason.TooDark), Forced]);
        WebhookMessage message = WebhookMessage.Of(new LinkOptions { Door = "lab" }, summary);
        string body = Encoding.UTF8.GetString(message.Body);
        Assert.Equal($"summary.lab.{SomeEvents.Morning.ToUnixTimeSeconds()}", message.Id);
        Assert.Contains("\"granted\":1,\"denied\":{\"TooDark\":1},\"alarms\":{\"DoorForced\":1}", body, StringComparison.Ordinal);
        Assert.DoesNotContain("adam", body, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<string> FailureAsync(WebhookChannel channel) =>
        (await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([Forced], Stop))).Message;

    private static async Task<WebhookChannel> ConnectedAsync(Uri address, Action<WebhookOptions>? change = null)
    {
        // The longest that is allowed: a busy machine is not a slow receiver.
        WebhookOptions options = new() { Url = address.ToString(), Timeout = TimeSpan.FromSeconds(60) };
        change?.Invoke(options);
        WebhookChannel channel = new(options, new LinkOptions { Door = "lab", Name = "Lab door" }, WebhookSignature.Parse(Secret), null,
            TimeProvider.System);
        await channel.ConnectAsync(Stop);
        return channel;
    }
}
