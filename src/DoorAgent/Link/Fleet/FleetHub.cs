using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>The one connection of a door to its hub, for all who send over it.</summary>
/// <param name="progress">How the connection fares.</param>
internal sealed class FleetHub(FleetProgress progress)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<HubConnection> _present = New();

    /// <summary>How the connection fares.</summary>
    public FleetProgress Progress => progress;

    /// <summary>Returns the present connection, and waits for one.</summary>
    public Task<HubConnection> ConnectionAsync(CancellationToken stopping)
    {
        lock (_gate)
            return _present.Task.WaitAsync(stopping);
    }

    /// <summary>Offers a connection.</summary>
    public void Offer(HubConnection hub)
    {
        lock (_gate)
            _present.TrySetResult(hub);
    }

    /// <summary>Withdraws the connection: whoever uses it has heard of its loss.</summary>
    public void Withdraw()
    {
        lock (_gate)
        {
            if (_present.Task.IsCompleted)
                _present = New();
        }
    }

    private static TaskCompletionSource<HubConnection> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
