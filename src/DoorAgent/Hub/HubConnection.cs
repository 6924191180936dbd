using System.Net.Security;
using DoorAgent.Certificates;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace DoorAgent.Hub;

/// <summary>A connection to the hub. Every failure is an <see cref="IOException"/> whose message says what to do. A lost connection is not
/// made again: <see cref="Lost"/> says so, and its owner makes another one after a wait.</summary>
internal sealed class HubConnection : IAsyncDisposable
{
    /// <summary>The longest wait for an answer of the hub.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10), PingEvery = TimeSpan.FromSeconds(20);

    private readonly HubAddress _address;
    private readonly HubLogin _login;
    private readonly ServerTrust? _trust;
    private readonly HubSocketFactory _socket;
    private readonly NatsConnection _nats;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubConnection(HubAddress address, HubLogin login, TimeProvider time)
    {
        (_address, _login, _time) = (address, login, time);
        _trust = login.CaFile is null ? null : ServerTrust.Of(login.CaSetting, login.CaFile);
        _socket = new HubSocketFactory(address);
        _nats = new NatsConnection(new NatsOpts
        {
            Url = address.ToString(),
            Name = login.Client,
            AuthOpts = new NatsAuthOpts { NKey = login.PublicKey(), Seed = login.Seed },
            TlsOpts = _trust is null ? new NatsTlsOpts { Mode = TlsMode.Disable }
                : new NatsTlsOpts { Mode = TlsMode.Require, ConfigureClientAuthentication = Pin },
            InboxPrefix = login.Inbox,
            SocketConnectionFactory = _socket,
            ConnectTimeout = ConnectWithin,
            RequestTimeout = Patience,
            CommandTimeout = Patience,
            PingInterval = PingEvery,
            // The one further attempt, which the factory refuses, is followed by this wait; until then the owner has disposed of it.
            ReconnectWaitMin = TimeSpan.FromDays(1),
            ReconnectWaitMax = TimeSpan.FromDays(1),
        });
        _nats.ConnectionDisconnected += LoseAsync;
        _nats.ServerError += HearAsync;
        JetStream = new NatsJSContext(_nats);
    }

    /// <summary>Completes with the reason when the connection is lost.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>What the server can do.</summary>
    public HubServer Server { get; private set; } = new(HubServer.Oldest);

    /// <summary>The connection itself. Calls go through <see cref="AskAsync{T}"/>, which knows when there will be no answer.</summary>
    public INatsConnection Nats => _nats;

    /// <summary>JetStream over this connection.</summary>
    public INatsJSContext JetStream { get; }

    /// <summary>Connects.</summary>
    /// <param name="address">Where the hub listens.</param>
    /// <param name="login">Who connects.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Cancels the attempt.</param>
    /// <exception cref="IOException">The hub cannot be reached, is not the right one, or refused; the message says what to do.</exception>
    /// <exception cref="UserErrorException">A connection to another machine without a pinned certificate is not made.</exception>
    public static async Task<HubConnection> ConnectAsync(HubAddress address, HubLogin login, TimeProvider time, CancellationToken stopping)
    {
        if (login.CaFile is null && !address.IsHere)
            throw new UserErrorException($"{login.CaSetting} is missing: without it nobody knows whether {address} is the fleet's hub.");
        HubConnection made = new(address, login, time);
        try
        {
            await made.OpenAsync(stopping);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns a subject on which only this connection hears. One of NATS.Net's own inboxes would not do for a consumer: there, what
    /// arrives is told apart by its subject, and a consumer's messages keep those of the stream.</summary>
    public string NewInbox() => $"{_login.Inbox}.{Guid.NewGuid():N}";

    /// <summary>Asks the hub, and waits for its answer.</summary>
    /// <param name="ask">Sends the request; its token is cancelled when there will be no answer.</param>
    /// <param name="stopping">Cancels the wait.</param>
    /// <exception cref="IOException">The hub does not answer, or refuses; the message says what to do.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, ValueTask<T>> ask, CancellationToken stopping)
    {
        using CancellationTokenSource late = new(Patience, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        Task<T>? answer = null;
        try
        {
            answer = ask(either.Token).AsTask();
            if (await Task.WhenAny(answer, _refused.Task, _lost.Task).WaitAsync(either.Token) != answer)
                throw new IOException(_refused.Task.IsCompleted ? await _refused.Task : await _lost.Task);
            return await answer;
        }
        catch (Exception failure) when (failure is NatsException or OperationCanceledException or ObjectDisposedException)
        {
            stopping.ThrowIfCancellationRequested();
            throw new IOException(late.IsCancellationRequested || failure is NatsNoReplyException or OperationCanceledException
                ? $"The hub {_address} did not answer within {Patience.TotalSeconds:0} s." : WordsOf(failure), failure);
        }
        finally
        {
            // A subscription or an ordered consumer ends with the token that it was made with, so that the token of a success is left alone.
            if (answer is not { IsCompletedSuccessfully: true })
                await either.CancelAsync();
            _ = ForgetAsync(answer);
        }
    }

    public ValueTask DisposeAsync()
    {
        _nats.ConnectionDisconnected -= LoseAsync;
        _nats.ServerError -= HearAsync;
        _lost.TrySetResult($"The connection to the hub {_address} was closed.");
        return _nats.DisposeAsync();
    }

    /// <summary>Waits for what is of no interest any more, so that its failure is seen by somebody.</summary>
    private static async Task ForgetAsync(Task? late)
    {
        if (late is not null)
            await late.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task OpenAsync(CancellationToken stopping)
    {
        Task opening = _nats.ConnectAsync().AsTask();
        try
        {
            await opening.WaitAsync(4 * ConnectWithin, _time, stopping);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            throw new IOException(WordsOf(failure), failure);
        }

        string version = _nats.ServerInfo?.Version ?? "";
        if (HubServer.Find(version) is not { IsKnown: true } server)
        {
            throw new IOException($"The hub {_address} is nats-server {version}; a fleet needs {HubServer.Oldest} or later.");
        }

        if (_nats.ServerInfo is not { JetStreamAvailable: true })
            throw new IOException($"The hub {_address} has no JetStream: its configuration needs the section 'jetstream'.");
        Server = server;
    }

    private ValueTask Pin(SslClientAuthenticationOptions options)
    {
        options.TargetHost = _address.Host;
        options.RemoteCertificateValidationCallback = _trust!.Verify;
        return ValueTask.CompletedTask;
    }

    private ValueTask LoseAsync(object? sender, NatsEventArgs gone)
    {
        _lost.TrySetResult($"The connection to the hub {_address} is lost.");
        return ValueTask.CompletedTask;
    }

    private ValueTask HearAsync(object? sender, NatsServerErrorEventArgs said)
    {
        // The hub sends no answer to a request that it does not allow, only this.
        if (said.Kind == NatsServerErrorKind.PermissionsViolation)
        {
            _refused.TrySetResult($"The hub {_address} does not allow this to {_login.Client} ({said.Error}): is the door accepted in this "
                + "group at the office, and did the hub read its configuration again after that?");
        }

        return ValueTask.CompletedTask;
    }

    private string WordsOf(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is NatsServerException { IsAuthError: true } refused)
            {
                return $"The hub {_address} does not accept the key of {_login.Client}, {_login.PublicKey()} ({refused.Error}): is it in the "
                    + "hub's configuration, and did the hub read that again? A door that the office revoked must join again.";
            }
        }

        return _trust?.Problem is { } problem ? $"The hub {_address} is not accepted: {problem}. {_login.CaSetting} {_login.CaFile} must have "
                + "signed its certificate, which must be for the name in the address."
            : _socket.Problem is { } unreachable
                ? $"The hub {_address} cannot be reached ({unreachable}): does nats-server run there, and is the address right?"
            : failure is TimeoutException || failure.GetBaseException() is TimeoutException ? $"The hub {_address} did not answer in time."
            : $"The connection to the hub {_address} failed: {failure.GetBaseException().Message}";
    }
}
