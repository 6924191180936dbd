using DoorAgent.Link.Fleet;

namespace DoorAgent.Link;

/// <summary>Runs the channels and the connection to the fleet side by side, and writes the status file.</summary>
internal sealed class LinkRunner
{
    // Longer than every limit of a channel's turn.
    private static readonly TimeSpan LongestTurn =
        ChannelRunner.ConnectWithin + ChannelRunner.DeliverWithin + ChannelRunner.LongestWait + TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(1);

    private readonly LinkPlaces _places;
    private readonly Serilog.ILogger _log;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;
    private readonly DoorPresence _presence;
    private readonly List<ChannelRunner> _channels;
    private readonly IReadOnlyList<ChannelStatus> _off;
    private readonly FleetRunner? _fleet;
    private LinkStatus? _written;
    private string? _problem;

    /// <param name="places">The link's files.</param>
    /// <param name="channels">The channels; not disposed with the runner.</param>
    /// <param name="off">The channels whose settings cannot work.</param>
    /// <param name="door">The running door.</param>
    /// <param name="start">Where a channel without a position starts.</param>
    /// <param name="log">The log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Draws the random part of the waits.</param>
    /// <param name="fleet">The connection to the fleet's hub; null for a door in no fleet.</param>
    public LinkRunner(LinkPlaces places, IReadOnlyList<ILinkChannel> channels, IReadOnlyList<ChannelStatus> off, LinkDoor door,
        LinkStart start, Serilog.ILogger log, TimeProvider time, Random random, FleetRunner? fleet = null)
    {
        (_places, _log, _time, _off, _since, _fleet) = (places, log, time, off, time.GetLocalNow(), fleet);
        _presence = new DoorPresence(log);
        _channels =
        [
            .. channels.Select(channel => new ChannelRunner(
                channel, door, _presence, new PositionFile(places.PositionFile(channel.Name)), start, log, time, random)),
        ];
    }

    /// <summary>Whether every channel's task makes progress, for the watchdog of systemd.</summary>
    public bool HasMoved => _channels.All(channel => channel.State.Status.IsOff || channel.State.SinceTurn < LongestTurn)
        && _fleet?.HasMoved != false;

    public LinkStatus Status => new(_since, _presence.Problem, [.. _channels.Select(channel => channel.State.Status), .. _off])
    {
        Fleet = _fleet?.Progress.Status,
    };

    /// <summary>Runs until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task writing = WriteStatusAsync(ending.Token);
        IEnumerable<Func<CancellationToken, Task>> parts = _channels.Select<ChannelRunner, Func<CancellationToken, Task>>(channel => channel.RunAsync);
        if (_fleet is not null)
            parts = parts.Append(_fleet.RunAsync);
        await Task.WhenAll(parts.Select(run => Task.Run(() => run(ending.Token), CancellationToken.None)));
        // Without one channel left, the status says so until somebody corrects the settings.
        await writing;
        WriteStatus();
    }

    private async Task WriteStatusAsync(CancellationToken stopping)
    {
        using PeriodicTimer timer = new(StatusEvery, _time);
        try
        {
            do
            {
                WriteStatus();
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }

    private void WriteStatus()
    {
        LinkStatus now = Status;
        if (now.IsSameAs(_written))
            return;
        try
        {
            now.Write(_places.StatusFile);
            (_written, _problem) = (now, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (_problem != failure.Message)
                _log.Warning("The link's status cannot be written, the link goes on: {Why}", failure.Message);
            _problem = failure.Message;
        }
    }
}
