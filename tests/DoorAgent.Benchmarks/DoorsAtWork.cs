using DoorAgent.Fleet;
using DoorAgent.Link.Fleet;

namespace DoorAgent.Benchmarks;

/// <summary>Many doors of one group, each with the real link's code and a connection of its own.</summary>
internal sealed class DoorsAtWork : IAsyncDisposable
{
    private readonly FleetHubAtWork _hub;
    private readonly string[] _names;
    private readonly string _group;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _running = [];

    /// <param name="hub">The hub.</param>
    /// <param name="names">Names of the doors.</param>
    /// <param name="group">Their group.</param>
    /// <param name="office">The office's key.</param>
    public DoorsAtWork(FleetHubAtWork hub, string[] names, string group, OfficePublicKey office)
    {
        (_hub, _names, _group) = (hub, names, group);
        Doors = [.. names.Select(name => new LightDoor(name, group, office))];
    }

    public LightDoor[] Doors { get; }

    /// <summary>Starts all doors; returns when each is connected.</summary>
    /// <param name="atOnce">How many connect at the same time.</param>
    /// <param name="stopping">Cancels the start.</param>
    /// <exception cref="TimeoutException">A door does not connect.</exception>
    public async Task StartAsync(int atOnce, CancellationToken stopping)
    {
        foreach ((string Name, LightDoor Door)[] some in _names.Zip(Doors).Chunk(atOnce))
        {
            FleetRunner[] runners = [.. some.Select(one => new FleetRunner(_hub.Address, () => _hub.LoginOf(one.Name),
                new FleetLinkStatus(one.Name, _group, _hub.Address.ToString()), one.Door, _hub.SpoolOf(one.Name), Serilog.Core.Logger.None,
                TimeProvider.System, Random.Shared))];
            _running.AddRange(runners.Select(runner => Task.Run(() => runner.RunAsync(_end.Token), CancellationToken.None)));
            foreach (FleetRunner runner in runners)
                await UntilAsync(() => runner.Progress.Changed, () => runner.Progress.Status.ConnectedSince is not null,
                    () => $"{runner.Progress.Status}", stopping);
        }
    }

    /// <summary>Waits until every door has all people.</summary>
    /// <exception cref="TimeoutException">A door does not get them.</exception>
    public async Task HaveAllAsync(CancellationToken stopping)
    {
        try
        {
            await Task.WhenAll(Doors.Select(door => door.HasAll)).WaitAsync(stopping);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{Doors.Count(door => door.HasAll.IsCompleted)} of {Doors.Length} doors had everything.", late);
        }
    }

    /// <summary>Waits until every door has confirmed a publication.</summary>
    /// <exception cref="TimeoutException">A door does not get it.</exception>
    public async Task ConfirmAsync(long serial, CancellationToken stopping)
    {
        foreach (LightDoor door in Doors)
            await UntilAsync(() => door.Changed, () => door.Confirmed >= serial, () => $"a door has publication {door.Confirmed}, not {serial}", stopping);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static async Task UntilAsync(Func<Task> change, Func<bool> isReached, Func<string> state, CancellationToken stopping)
    {
        while (true)
        {
            Task next = change();
            if (isReached())
                return;
            try
            {
                await next.WaitAsync(stopping);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException(state(), late);
            }
        }
    }
}
