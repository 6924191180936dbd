using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>Keeps a door connected to its fleet's hub: connects, brings what the hub has to the door, says how the door stands, and after a
/// loss connects again with growing waits. Events go outward over the same connection, and a failure of theirs stops no removal.</summary>
internal sealed class FleetRunner
{
    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>The name in logs.</summary>
    public const string Name = "fleet";

    /// <summary>Name of the secret with the seed of the door's NKEY.</summary>
    public const string SecretName = "fleet-nkey";

    private readonly HubAddress _address;
    private readonly Func<HubLogin> _login;
    private readonly IFleetDoor _door;
    private readonly string _spool;
    private readonly Serilog.ILogger _log;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly LinkBackoff _waits;
    private readonly WholeRule _rule;
    private readonly FleetReporter _reporter;
    private readonly EventRunner? _events;
    private string? _reported;

    /// <param name="address">Where the hub listens.</param>
    /// <param name="login">Reads who connects, before each connection; throws a <see cref="UserErrorException"/> where the settings cannot
    /// work.</param>
    /// <param name="names">The door's name and group, and the hub for the status.</param>
    /// <param name="door">The door.</param>
    /// <param name="spool">Path of the file for large groups.</param>
    /// <param name="log">The log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Draws the random part of the waits.</param>
    /// <param name="journal">Reads the door's journal; null where no events are sent.</param>
    public FleetRunner(HubAddress address, Func<HubLogin> login, FleetLinkStatus names, IFleetDoor door, string spool,
        Serilog.ILogger log, TimeProvider time, Random random, ReadJournal? journal = null)
    {
        (_address, _login, _door, _spool, _log, _time, _random) = (address, login, door, spool, log, time, random);
        Progress = new FleetProgress(names, time);
        _waits = new LinkBackoff(LongestWait, random);
        _rule = new WholeRule(time);
        _reporter = new FleetReporter(door, Progress, time);
        if (journal is not null)
            _events = new EventRunner(new EventSender(journal, Progress, log, time, random), Progress, log, time, random);
    }

    /// <summary>How the connection fares.</summary>
    public FleetProgress Progress { get; }

    /// <summary>Whether the tasks make progress, for the watchdog of systemd.</summary>
    public bool HasMoved => Progress.Status.IsOff || Progress.SinceMoved < HubConsumer.Heartbeat + 2 * HubConnection.Patience + LongestWait;

    /// <summary>Makes the runner; null where no hub is set.</summary>
    /// <exception cref="UserErrorException">Values of the section are invalid.</exception>
    public static FleetRunner? Make(LinkContext context)
    {
        FleetOptions options = context.Settings.Section<FleetOptions>();
        return options.Address is not { } address ? null
            : new FleetRunner(address, () => LoginOf(options, context.Secrets),
                new FleetLinkStatus(options.Door!, options.Group!, address.ToString()), context.Door, context.Places.FleetSpool, context.Log,
                context.Time, Random.Shared, context.Door.ReadAsync);
    }

    /// <summary>Reads who connects.</summary>
    /// <exception cref="UserErrorException">There is no usable NKEY; the message says what to do.</exception>
    public static HubLogin LoginOf(FleetOptions options, LinkSecrets secrets)
    {
        string seed = secrets.Read(SecretName, options.NkeyFile) ?? throw new UserErrorException(
            $"The door has no NKEY for the fleet's hub: 'sudo dooragent fleet join' makes one. {LinkSecrets.HowTo(SecretName)}");
        return HubLogin.OfDoor(options.Door!, seed.Trim(), options.CaFile);
    }

    /// <summary>Runs until it is stopped, or until the settings turn out not to work.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ServeAsync(stopping);
            }
            catch (UserErrorException cannot)
            {
                _log.Error("The connection to the fleet's hub is off until the link starts again: {Why}", cannot.Message);
                Progress.Failed(cannot.Message, null);
                await _reporter.TellDoorAsync(CancellationToken.None);
                return;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                await RestAsync(failure, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception failure) when (failure is OperationCanceledException or IOException)
            {
                // A requested stop.
            }
        }
    }

    /// <summary>Serves one connection until it is lost.</summary>
    private async Task ServeAsync(CancellationToken stopping)
    {
        Progress.Moved();
        await using HubConnection hub = await HubConnection.ConnectAsync(_address, _login(), _time, stopping);
        long since = _time.GetTimestamp();
        Progress.Connected();
        if (_reported is not null)
            _log.Information("The fleet's hub {Hub} is connected again", _address);
        _reported = null;
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        FleetSync sync = new(hub, _door, Progress, _spool, _rule, _log, _time, _random);
        Task[] tasks = [sync.RunAsync(ending.Token), _reporter.RunAsync(hub, ending.Token)];
        Task events = _events?.RunAsync(hub, ending.Token) ?? Task.CompletedTask;
        try
        {
            await await Task.WhenAny(tasks);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll([.. tasks, events]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // A connection that held for a while is made again soon; one that is lost each second is not.
            if (_time.GetElapsedTime(since) > LongestWait)
                _waits.Reset();
        }
    }

    private async Task RestAsync(Exception failure, CancellationToken stopping)
    {
        TimeSpan wait = _waits.Next();
        Progress.Failed(failure.Message, wait);
        if (failure is not IOException)
            _log.Warning(failure, "The connection to the fleet's hub failed unexpectedly");
        else if (failure.Message != _reported)
            _log.Warning("The fleet's hub: {Why}", failure.Message);
        _reported = failure.Message;
        await (_events?.CountAsync(stopping) ?? Task.CompletedTask);
        await _reporter.TellDoorAsync(stopping);
        await Task.Delay(wait, _time, stopping);
    }
}
