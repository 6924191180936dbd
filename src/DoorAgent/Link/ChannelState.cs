using DoorAgent.Auditing;

namespace DoorAgent.Link;

/// <summary>How a channel fares, for the status.</summary>
/// <param name="Name">The channel.</param>
internal sealed record ChannelStatus(string Name)
{
    /// <summary>The last record that was delivered; null before the channel has a position.</summary>
    public long? Position { get; init; }

    /// <summary>How many records waited when the channel looked last.</summary>
    public long Waiting { get; init; }

    public bool IsConnected { get; init; }

    /// <summary>Whether the channel is off until the link starts again; <see cref="Failure"/> says why.</summary>
    public bool IsOff { get; init; }

    /// <summary>When events were delivered last; null before.</summary>
    public DateTimeOffset? LastDelivery { get; init; }

    /// <summary>The present failure, or the last one.</summary>
    public string? Failure { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>When the next attempt is due; null while the channel works or is off.</summary>
    public DateTimeOffset? NextTry { get; init; }
}

/// <summary>Keeps the status of one channel; the channel's task writes it, others read.</summary>
/// <param name="name">The channel.</param>
/// <param name="time">The clock.</param>
internal sealed class ChannelState(string name, TimeProvider time)
{
    private readonly Lock _gate = new();
    private ChannelStatus _status = new(name);
    private long _turnAt = time.GetTimestamp();

    public ChannelStatus Status
    {
        get
        {
            lock (_gate)
                return _status;
        }
    }

    /// <summary>How long ago the channel's task made progress.</summary>
    public TimeSpan SinceTurn => time.GetElapsedTime(Interlocked.Read(ref _turnAt));

    /// <summary>Notes that the channel's task goes on.</summary>
    public void Turn() => Interlocked.Exchange(ref _turnAt, time.GetTimestamp());

    public void Connected() => Change(status => status with { IsConnected = true, NextTry = null });

    public void Stands(JournalPosition position, long waiting) =>
        Change(status => status with { Position = position.Sequence, Waiting = waiting });

    public void Delivered() => Change(status => status with { LastDelivery = time.GetLocalNow(), NextTry = null });

    public void Failed(string why, TimeSpan wait) => Change(status => status with
    {
        IsConnected = false, Failure = why, FailedAt = time.GetLocalNow(), NextTry = time.GetLocalNow() + wait,
    });

    /// <summary>Notes something that is wrong although the channel works.</summary>
    public void Noted(string why) => Change(status => status with { Failure = why, FailedAt = time.GetLocalNow() });

    public void Off(string why) => Change(status => status with
    {
        IsConnected = false, IsOff = true, Failure = why, FailedAt = time.GetLocalNow(), NextTry = null,
    });

    private void Change(Func<ChannelStatus, ChannelStatus> change)
    {
        Turn();
        lock (_gate)
            _status = change(_status);
    }
}
