using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>Sends events as long as there is a connection, and tries again after a failure. A failure of theirs ends no connection: removals
/// come over the same one.</summary>
/// <param name="sender">Sends the events.</param>
/// <param name="progress">How the connection fares.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws the random part of the waits.</param>
internal sealed class EventRunner(EventSender sender, FleetProgress progress, Serilog.ILogger log, TimeProvider time, Random random)
{
    private readonly LinkBackoff _waits = new(FleetRunner.LongestWait, random);
    private string? _reported;

    /// <summary>Sends over a connection until that is lost.</summary>
    public async Task RunAsync(HubConnection hub, CancellationToken stopping)
    {
        EventStream stream = new(hub, progress.Status.Door);
        while (!stopping.IsCancellationRequested && !hub.Lost.IsCompleted)
        {
            long since = time.GetTimestamp();
            try
            {
                await sender.RunAsync(stream, stopping);
            }
            catch (IOException) when (hub.Lost.IsCompleted)
            {
                // Whoever made the connection says so.
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                if (time.GetElapsedTime(since) > FleetRunner.LongestWait)
                    _waits.Reset();
                Report(failure);
                await Task.Delay(_waits.Next(), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // A requested stop.
            }
        }
    }

    /// <summary>Counts the events that wait while there is no connection.</summary>
    public async Task CountAsync(CancellationToken stopping)
    {
        try
        {
            await sender.CountAsync(stopping);
        }
        catch (LinkDoorException)
        {
            // The sync says so.
        }
    }

    private void Report(Exception failure)
    {
        progress.Noted($"Events are not sent: {failure.Message}");
        if (failure is not IOException)
            log.Warning(failure, "The events for the fleet's hub failed unexpectedly");
        else if (failure.Message != _reported)
            log.Warning("Events are not sent to the fleet's hub: {Why}", failure.Message);
        _reported = failure.Message;
    }
}
