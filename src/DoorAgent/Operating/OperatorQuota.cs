namespace DoorAgent.Operating;

/// <summary>How many requests of each kind of user one socket serves at the same time, so that no kind of user takes the places of
/// another.</summary>
/// <param name="only">The only kind of user that can reach the socket, whose further requests wait; null for a socket of several kinds,
/// whose further requests are refused.</param>
/// <param name="atOnce">Places of each kind.</param>
internal sealed class OperatorQuota(OperatorPeer? only, int atOnce)
{
    /// <summary>Places of root and the door's own user.</summary>
    public const int OfOwner = 8;

    /// <summary>Places of each kind of user on the shared socket: a few people at the page, each with a stream of events.</summary>
    public const int OfOthers = 12;

    // Connections of the shared socket are accepted at once, and wait only for the processor.
    private const int SharedBacklog = 64;

    private readonly SemaphoreSlim[] _places =
        [.. Enum.GetValues<OperatorPeer>().Select(peer => new SemaphoreSlim(peer == OperatorPeer.Stranger && only is null ? 1 : atOnce))];

    /// <summary>Whether a place is taken before a connection is accepted.</summary>
    public bool IsTakenFirst => only is not null;

    /// <summary>How many connections may wait to be accepted.</summary>
    public int Backlog => only is null ? SharedBacklog : atOnce;

    /// <summary>Waits until a request of the only kind of user can be served; returns at once on a socket of several kinds.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        if (only is not null)
            await _places[(int)only].WaitAsync(stop);
    }

    /// <summary>Takes a place for a kind of user; returns false where none is free.</summary>
    public bool TryEnter(OperatorPeer peer) => IsTakenFirst || _places[(int)peer].Wait(TimeSpan.Zero);

    /// <summary>Gives a place back.</summary>
    public void Leave(OperatorPeer peer) => _places[(int)(only ?? peer)].Release();
}
