using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace DoorAgent.Link.Mqtt;

/// <summary>What a connection needs beside the address.</summary>
/// <param name="ClientId">The id, which only one connection at a broker can have.</param>
/// <param name="User">The user; null for none.</param>
/// <param name="Password">The password; null for none.</param>
/// <param name="Will">What the broker publishes when the connection is lost; null for nothing.</param>
internal sealed record MqttIdentity(string ClientId, string? User, string? Password, MqttMessage? Will);

/// <summary>A connection to a broker with MQTT 5. Every failure is an <see cref="IOException"/> whose message says what to do.</summary>
/// <param name="broker">The broker.</param>
/// <param name="trust">Judges the broker's certificate.</param>
/// <param name="time">The clock.</param>
internal sealed class MqttConnection(BrokerAddress broker, BrokerTrust trust, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The longest wait for an answer of the broker.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const uint MostBytesReceived = 4096;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the reason when the connection is lost.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>Receives the messages of the subscriptions, one after the other.</summary>
    public Func<MqttApplicationMessage, Task> Received { get; init; } = _ => Task.CompletedTask;

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">The broker cannot be reached, or refused.</exception>
    public async Task ConnectAsync(MqttIdentity identity, CancellationToken stopping)
    {
        X509Certificate2Collection roots = trust.Roots();
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(broker.Host, broker.Port)
            .WithTlsOptions(tls => tls.UseTls(broker.IsTls).WithTrustChain(roots).WithRevocationMode(X509RevocationMode.NoCheck)
                .WithCertificateValidationHandler(seen => trust.Accepts(seen.Certificate, seen.Chain, seen.SslPolicyErrors)))
            .WithClientId(identity.ClientId)
            // Nothing that waits at the broker reaches the door later: neither from before this connection, nor after its end.
            .WithCleanStart().WithSessionExpiryInterval(0).WithMaximumPacketSize(MostBytesReceived)
            .WithKeepAlivePeriod(KeepAlive);
        if (identity.Will is { } will)
        {
            options = options.WithWillTopic(will.Topic).WithWillPayload(will.Payload).WithWillRetain(will.IsRetained)
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        if (identity.User is not null)
            options = options.WithCredentials(identity.User, identity.Password);
        _client.ApplicationMessageReceivedAsync += received => Received(received.ApplicationMessage);
        _client.DisconnectedAsync += gone =>
        {
            // MQTTnet reports a connection that never came about too, and by chance before ConnectAsync fails, which knows more.
            if (gone.ClientWasConnected)
                _lost.TrySetResult(WordsOf(gone));
            return Task.CompletedTask;
        };
        MqttClientConnectResult result = await AwaitAsync(timely => _client.ConnectAsync(options.Build(), timely), stopping);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
            throw new IOException(WordsOf(result, identity));
    }

    /// <summary>Publishes a message and returns when the broker has acknowledged it.</summary>
    /// <exception cref="IOException">The broker did not acknowledge it, or refused it.</exception>
    public async Task PublishAsync(MqttMessage message, CancellationToken stopping)
    {
        MqttApplicationMessage sent = new MqttApplicationMessageBuilder().WithTopic(message.Topic).WithPayload(message.Payload)
            .WithRetainFlag(message.IsRetained).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        MqttClientPublishResult result = await AwaitAsync(timely => _client.PublishAsync(sent, timely), stopping);
        if (!result.IsSuccess)
        {
            throw new IOException($"The broker {broker} refused a message to {message.Topic} ({result.ReasonCode}): may the user of "
                + "the link publish there?");
        }
    }

    /// <summary>Subscribes to topics. Messages that the broker keeps are not sent, and a message says whether it was sent to be
    /// kept.</summary>
    /// <exception cref="IOException">The broker refused, or did not answer.</exception>
    public async Task SubscribeAsync(IEnumerable<string> topics, CancellationToken stopping)
    {
        MqttClientSubscribeOptionsBuilder filters = new();
        foreach (string topic in topics)
        {
            filters = filters.WithTopicFilter(filter => filter.WithTopic(topic).WithAtLeastOnceQoS().WithNoLocal()
                .WithRetainAsPublished().WithRetainHandling(MqttRetainHandling.DoNotSendOnSubscribe));
        }

        MqttClientSubscribeResult result = await AwaitAsync(timely => _client.SubscribeAsync(filters.Build(), timely), stopping);
        if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            throw new IOException($"The broker {broker} refused the subscription to {refused.TopicFilter.Topic} ({refused.ResultCode}): "
                + "may the user of the link read there?");
        }
    }

    /// <summary>Ends the connection; the broker does not publish the will then.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected)
                await AwaitAsync(timely => EndAsync(timely), CancellationToken.None);
        }
        catch (IOException)
        {
            // The connection is gone anyway, and whoever needed it has had its own error.
        }

        _client.Dispose();
    }

    private async Task<bool> EndAsync(CancellationToken timely)
    {
        await _client.DisconnectAsync(new MqttClientDisconnectOptions(), timely);
        return true;
    }

    /// <summary>Waits for the broker, with a limit.</summary>
    private async Task<T> AwaitAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken stopping)
    {
        using CancellationTokenSource late = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception failure) when (IsOfBroker(failure))
        {
            // MQTTnet has an exception of its own for a wait that was cancelled.
            stopping.ThrowIfCancellationRequested();
            throw new IOException(late.IsCancellationRequested ? $"The broker {broker} did not answer within {Patience.TotalSeconds:0} s."
                : _lost.Task.IsCompleted && trust.Refusal is null ? await _lost.Task : WordsOf(failure), failure);
        }
    }

    private static bool IsOfBroker(Exception failure) => failure is OperationCanceledException or MqttCommunicationException
        or MqttProtocolViolationException or MqttClientUnexpectedDisconnectReceivedException or MqttClientDisconnectedException
        or MqttClientNotConnectedException or SocketException or IOException or AuthenticationException or ObjectDisposedException;

    private string WordsOf(Exception failure) => trust.Refusal
        ?? (failure.GetBaseException() is SocketException refused
            ? $"The broker {broker} cannot be reached ({refused.Message}): does it run, and is Mqtt:Broker right?"
            : $"The connection to the broker {broker} failed: {failure.GetBaseException().Message}");

    private string WordsOf(MqttClientConnectResult result, MqttIdentity identity) => result.ResultCode switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized => identity.User is null
            ? $"The broker {broker} wants a user and a password: set Mqtt:User and Mqtt:PasswordFile."
            : $"The broker {broker} does not accept the user {identity.User} with this password: check Mqtt:User and the password.",
        MqttClientConnectResultCode.UnsupportedProtocolVersion => $"The broker {broker} does not know MQTT 5, which is needed.",
        var other => $"The broker {broker} refused the connection: {other} {result.ReasonString}".TrimEnd() + ".",
    };

    private string WordsOf(MqttClientDisconnectedEventArgs gone) => gone.Reason switch
    {
        MqttClientDisconnectReason.SessionTakenOver => $"Another connection with the same id took this one's place at the broker {broker}: "
            + "two links run for one door, or two doors have the same Link:Door.",
        _ when gone.Exception?.GetBaseException() is { } failure =>
            $"The connection to the broker {broker} is lost: {failure.Message}",
        // Mosquitto 2.0 gives no reason to the connection whose place is taken.
        MqttClientDisconnectReason.NormalDisconnection => $"The broker {broker} ended the connection without a reason: it stops, or "
            + "another connection has the same id, because two links run for one door or two doors have the same Link:Door.",
        var reason => $"The broker {broker} ended the connection: {reason} {gone.ReasonString}".TrimEnd() + ".",
    };
}
