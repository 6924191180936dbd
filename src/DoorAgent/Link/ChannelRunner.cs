using DoorAgent.Auditing;

namespace DoorAgent.Link;

/// <summary>
/// Runs one channel: reads events after the channel's position, delivers them, and stores the new position. The position is stored after
/// the delivery, so that no event is lost, and after a kill between the two the last batch is delivered once more. A failure of one
/// channel touches no other.
/// </summary>
/// <param name="channel">The channel; not disposed with the runner.</param>
/// <param name="door">The running door.</param>
/// <param name="presence">Reports when the door is away.</param>
/// <param name="file">The stored position.</param>
/// <param name="start">Where a channel without a position starts.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws the random part of the waits.</param>
internal sealed class ChannelRunner(ILinkChannel channel, LinkDoor door, DoorPresence presence, PositionFile file, LinkStart start,
    Serilog.ILogger log, TimeProvider time, Random random)
{
    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>The longest time for a connection.</summary>
    public static readonly TimeSpan ConnectWithin = TimeSpan.FromMinutes(1);

    /// <summary>The longest time for the delivery of a batch.</summary>
    public static readonly TimeSpan DeliverWithin = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    // A door that restarts is back within seconds.
    private static readonly TimeSpan LongestWaitForDoor = TimeSpan.FromSeconds(5);

    // Shorter than the door's limit, so that a channel shows progress often.
    private const double PollSeconds = 20;

    private readonly LinkBackoff _waits = new(LongestWait, random);
    private readonly LinkBackoff _waitsForDoor = new(LongestWaitForDoor, random);
    private JournalPosition? _position;
    private JournalPosition? _stored;
    private CancellationTokenSource? _watching;
    private Task? _watch;
    private long _connectedAt;
    private string? _reported;
    private string? _notStored;

    public ChannelState State { get; } = new(channel.Name, time);

    /// <summary>Runs until it is stopped, or until the channel's settings turn out not to work.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        ReadPosition();
        await TakeTurnsAsync(stopping);
        await StopWatchingAsync();
    }

    private async Task TakeTurnsAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                TimeSpan wait = await TurnAsync(stopping);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, time, stopping);
            }
            catch (Exception failure) when (failure is OperationCanceledException or IOException && stopping.IsCancellationRequested)
            {
                // What fails at the end comes again after the next start.
                return;
            }
            catch (UserErrorException cannot)
            {
                log.Error("Channel {Channel} is off until the link starts again: {Why}", channel.Name, cannot.Message);
                State.Off(cannot.Message);
                return;
            }
        }
    }

    /// <summary>Connects or delivers once; returns how long to wait before the next turn.</summary>
    private async Task<TimeSpan> TurnAsync(CancellationToken stopping)
    {
        State.Turn();
        try
        {
            if (_watch is null)
                await ConnectAsync(stopping);
            JournalBatch batch = await ReadAsync(stopping);
            _waitsForDoor.Reset();
            presence.Answered();
            if (batch.Events.Count > 0)
                await LimitedAsync(token => channel.DeliverAsync(batch.Events, token), DeliverWithin, "did not take the events", stopping);
            Move(batch);
            return TimeSpan.Zero;
        }
        catch (LinkDoorException away)
        {
            presence.Missing(away.Message);
            return _waitsForDoor.Next();
        }
        catch (Exception failure) when (failure is not UserErrorException && !stopping.IsCancellationRequested)
        {
            // A connection that held for a while is made again soon; one that is lost each second is not.
            if (_watch is not null && time.GetElapsedTime(_connectedAt) > LongestWait)
                _waits.Reset();
            await StopWatchingAsync();
            TimeSpan wait = _waits.Next();
            Report(failure);
            State.Failed(failure.Message, wait);
            return wait;
        }
    }

    private async Task ConnectAsync(CancellationToken stopping)
    {
        await LimitedAsync(channel.ConnectAsync, ConnectWithin, "did not answer", stopping);
        _watching = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        (_watch, _connectedAt) = (channel.WatchAsync(_watching.Token), time.GetTimestamp());
        State.Connected();
    }

    /// <summary>Ends the watch over a connection, if there is one; how it ended does not matter any more.</summary>
    private async Task StopWatchingAsync()
    {
        if (_watch is null)
            return;
        await _watching!.CancelAsync();
        await _watch.WaitAsync(EndWithin, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _watching.Dispose();
        (_watch, _watching) = (null, null);
    }

    /// <summary>Reads the next events, unless the channel's connection is lost meanwhile.</summary>
    private async Task<JournalBatch> ReadAsync(CancellationToken stopping)
    {
        if (_position is null && start == LinkStart.Beginning)
            _position = JournalPosition.Start;
        using CancellationTokenSource reading = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task<JournalBatch> read = door.ReadAsync(_position, PollSeconds, reading.Token);
        // A lost connection comes first: while the door is away, a read fails at once.
        if (await Task.WhenAny(_watch!, read) == read)
            return await read;
        await reading.CancelAsync();
        await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _watch!;
        throw new IOException("The connection is lost.");
    }

    private void Move(JournalBatch batch)
    {
        if (batch.IsOtherJournal)
        {
            log.Warning("The door has another journal than before: {Channel} starts at the first record of the new one", channel.Name);
        }

        if (batch.Removed > 0)
        {
            log.Warning("Channel {Channel} missed {Count} records: the door had removed them before they could be delivered",
                channel.Name, batch.Removed);
        }

        _position = batch.Position;
        State.Stands(batch.Position, batch.Waiting);
        if (batch.Events.Count > 0)
            State.Delivered();
        Store();
        _waits.Reset();
        if (_reported is null)
            return;
        log.Information("Channel {Channel} works again", channel.Name);
        _reported = null;
    }

    private void ReadPosition()
    {
        _stored = _position = file.Read(out string? problem);
        if (_position is { } position)
            State.Stands(position, 0);
        if (problem is not null)
        {
            log.Warning("The stored position of channel {Channel} cannot be used, so the channel starts as at its first start: {Why}",
                channel.Name, problem);
        }
    }

    // Events go on without a stored position: an alarm that comes twice after the next start is better than one that nobody gets.
    private void Store()
    {
        if (_position == _stored)
            return;
        try
        {
            file.Write(_position!);
            (_stored, _notStored) = (_position, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string why = $"The position cannot be stored, so after the next start events come again: {failure.Message}";
            if (why != _notStored)
                log.Warning("Channel {Channel}: {Why}", channel.Name, why);
            _notStored = why;
            State.Noted(why);
        }
    }

    private void Report(Exception failure)
    {
        if (failure.Message == _reported)
            return;
        _reported = failure.Message;
        if (failure is IOException)
            log.Warning("Channel {Channel}: {Why}", channel.Name, failure.Message);
        else
            log.Warning(failure, "Channel {Channel} failed unexpectedly", channel.Name);
    }

    private async Task LimitedAsync(Func<CancellationToken, Task> work, TimeSpan limit, string what, CancellationToken stopping)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            await work(ending.Token).WaitAsync(limit, time, stopping);
        }
        catch (TimeoutException late)
        {
            throw new IOException($"The other side {what} within {limit.TotalSeconds:0} s.", late);
        }
        finally
        {
            await ending.CancelAsync();
        }
    }
}
