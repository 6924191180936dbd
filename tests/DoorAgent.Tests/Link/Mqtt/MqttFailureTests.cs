using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Events;
using DoorAgent.Link.Mqtt;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link.Mqtt;

/// <summary>Tests brokers that are away, refuse, are slow, or are not who they say; each failure is one sentence with the next
/// step.</summary>
public sealed class MqttFailureTests : IDisposable
{
    private readonly LinkedDoor _door = new();
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABrokerThatIsGoneIsNamed()
    {
        await using MqttChannel channel = _door.Channel($"127.0.0.1:{FreePort()}");

        Assert.Contains("cannot be reached (Connection refused): does it run", await FailureAsync(channel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHostWithoutAnAddressIsNamed()
    {
        await using MqttChannel channel = _door.Channel("no-such-host.invalid");

        Assert.Contains("is Mqtt:Broker right?", await FailureAsync(channel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongPasswordIsNamedAndTheRightOneIsTakenLater()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        broker.Password = "right";
        string file = _folder.Write("password", "wrong\n");
        await using MqttChannel channel = _door.Channel(broker.Address, options => (options.User, options.PasswordFile) = ("door", file));

        Assert.Contains("does not accept the user door with this password", await FailureAsync(channel), StringComparison.Ordinal);
        File.WriteAllText(file, "right\n");
        await channel.ConnectAsync(Cancellation);
    }

    [Fact]
    public async Task ABrokerThatWantsAUserSaysSo()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        broker.Password = "right";
        await using MqttChannel channel = _door.Channel(broker.Address);

        Assert.Contains("set Mqtt:User and Mqtt:PasswordFile", await FailureAsync(channel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokerThatNeverAnswersIsGivenUpAfterTenSeconds()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        await using MqttChannel channel = _door.Channel($"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");

        string why = await FailureAsync(Late(channel.ConnectAsync(Cancellation)));

        Assert.Contains("did not answer within 10 s", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEventThatIsNotAcknowledgedIsNotDelivered()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);
        await channel.ConnectAsync(Cancellation);
        broker.HoldsAcknowledgements = true;

        Task delivering = channel.DeliverAsync([new DoorEvent(DoorEventKind.Granted)], Cancellation);

        await broker.TakeAsync("dooragent/d17/event", """{"event_type":"granted"}""");
        Assert.Contains("did not answer within 10 s", await FailureAsync(Late(delivering)), StringComparison.Ordinal);
        broker.HoldsAcknowledgements = false;
    }

    [Fact]
    public async Task ABrokerThatDisconnectsAgainAndAgainGetsEachEventInTheEnd()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);
        for (int i = 0; i < 5; i++)
        {
            await channel.ConnectAsync(Cancellation);
            Task watching = channel.WatchAsync(Cancellation);
            await broker.DisconnectAsync("dooragent_d17");
            Assert.Contains("ended the connection", await FailureAsync(watching), StringComparison.Ordinal);
            await Assert.ThrowsAsync<IOException>(() => channel.DeliverAsync([new DoorEvent(DoorEventKind.Granted)], Cancellation));
        }

        await channel.ConnectAsync(Cancellation);
        await channel.DeliverAsync([new DoorEvent(DoorEventKind.Granted)], Cancellation);

        await broker.TakeAsync("dooragent/d17/event", """{"event_type":"granted"}""");
    }

    [Fact]
    public async Task ASecondLinkOfTheSameDoorIsNamed()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel first = _door.Channel(broker.Address);
        await first.ConnectAsync(Cancellation);
        Task watching = first.WatchAsync(Cancellation);
        using LinkedDoor other = new();
        await using MqttChannel second = other.Channel(broker.Address);

        await second.ConnectAsync(Cancellation);

        Assert.Contains("two links run for one door", await FailureAsync(watching), StringComparison.Ordinal);
        await second.DeliverAsync([new DoorEvent(DoorEventKind.Granted)], Cancellation);
    }

    [Fact]
    public async Task ACertificateOfTheOwnAuthorityIsAccepted()
    {
        using X509Certificate2 certificate = BrokerCertificate.Of("127.0.0.1");
        await using MqttBroker broker = await MqttBroker.StartAsync(certificate);
        await using MqttChannel channel = _door.Channel(broker.Address, options => options.CaFile = Pem(certificate));

        await channel.ConnectAsync(Cancellation);
    }

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.1", true)]
    [InlineData("1.3.6.1.5.5.7.3.2", false)]
    public async Task ACertificateThatTheAuthorityGaveToAClientIsNotOneOfABroker(string purpose, bool isTrusted)
    {
        using TestAuthority authority = new();
        using X509Certificate2 certificate = authority.Sign(purpose: purpose);
        await using MqttBroker broker = await MqttBroker.StartAsync(certificate);
        await using MqttChannel channel = _door.Channel(broker.Address, options => options.CaFile = authority.WriteTo(_folder));

        if (isTrusted)
            await channel.ConnectAsync(Cancellation);
        else
            Assert.Contains("is not signed by a certificate in", await FailureAsync(channel), StringComparison.Ordinal);
        Assert.Equal(isTrusted, !broker.Connections.IsEmpty);
    }

    [Fact]
    public async Task WithoutAnAuthorityAnUnknownCertificateIsRefused()
    {
        using X509Certificate2 certificate = BrokerCertificate.Of("127.0.0.1");
        await using MqttBroker broker = await MqttBroker.StartAsync(certificate);
        await using MqttChannel channel = _door.Channel(broker.Address);

        Assert.Contains("is not signed by an authority of this system", await FailureAsync(channel), StringComparison.Ordinal);
        Assert.Empty(broker.Connections);
    }

    [Fact]
    public async Task ACertificateThatChangedIsRefusedInWords()
    {
        using X509Certificate2 old = BrokerCertificate.Of("127.0.0.1"), changed = BrokerCertificate.Of("127.0.0.1");
        await using MqttBroker broker = await MqttBroker.StartAsync(changed);
        await using MqttChannel channel = _door.Channel(broker.Address, options => options.CaFile = Pem(old));

        string why = await FailureAsync(channel);

        Assert.Contains("it was changed, or another machine answers in the broker's place", why, StringComparison.Ordinal);
        Assert.Contains(changed.GetCertHashString(HashAlgorithmName.SHA256)[..16].ToLowerInvariant(), why, StringComparison.Ordinal);
        Assert.Empty(broker.Connections);
    }

    [Fact]
    public async Task ACertificateForAnotherNameIsRefusedInWords()
    {
        using X509Certificate2 certificate = BrokerCertificate.Of("broker.lan");
        await using MqttBroker broker = await MqttBroker.StartAsync(certificate);
        await using MqttChannel channel = _door.Channel(broker.Address, options => options.CaFile = Pem(certificate));

        Assert.Contains("was made for another name than 127.0.0.1", await FailureAsync(channel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateOfAnotherTimeAsksForTheClock()
    {
        using X509Certificate2 certificate = BrokerCertificate.Of("127.0.0.1", DateTimeOffset.UtcNow.AddDays(-2));
        await using MqttBroker broker = await MqttBroker.StartAsync(certificate);
        await using MqttChannel channel = _door.Channel(broker.Address, options => options.CaFile = Pem(certificate));

        Assert.Contains("set this machine's clock", await FailureAsync(channel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    [InlineData(null)]
    public async Task AnAuthorityThatCannotBeReadIsNamed(string? text)
    {
        string file = text is null ? _folder.File("missing") : _folder.Write("ca.pem", text);
        await using MqttChannel channel = _door.Channel("mqtts://127.0.0.1:1", options => options.CaFile = file);

        Assert.Contains($"Mqtt:CaFile {file}", await FailureAsync(channel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFullDiskDoesNotStopTheMessages()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);
        Directory.Delete(_door.State);

        await channel.ConnectAsync(Cancellation);

        await broker.TakeAsync(7);
        Assert.Contains("The discovery is not remembered", Assert.Single(_door.Sink.Lines), StringComparison.Ordinal);
        Directory.CreateDirectory(_door.State);
    }

    public void Dispose()
    {
        _door.Dispose();
        _folder.Dispose();
    }

    private static Task<string> FailureAsync(MqttChannel channel) => FailureAsync(channel.ConnectAsync(Cancellation));

    private static async Task<string> FailureAsync(Task failing) => (await Assert.ThrowsAsync<IOException>(() => failing)).Message;

    /// <summary>Lets the time pass until a task has ended.</summary>
    private async Task Late(Task waiting)
    {
        for (; !waiting.IsCompleted; await Task.Yield())
            _door.Time.Advance(TimeSpan.FromSeconds(1));
        await waiting;
    }

    private static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    private string Pem(X509Certificate2 certificate) => _folder.Write("ca.pem", certificate.ExportCertificatePem());
}
