using DoorAgent.Events;

namespace DoorAgent.Link;

/// <summary>One way out of the house, such as a broker or a mail server. The link gives each channel the journal's events after the
/// channel's own stored position, and moves the position when <see cref="DeliverAsync"/> returns: after a failure the same events come
/// again. A
/// <see cref="UserErrorException"/> of any method turns the channel off until the link starts again; every other exception is tried again
/// after a growing wait. An address that answers with a refusal today may accept tomorrow, so that only settings are a reason to give
/// up.</summary>
internal interface ILinkChannel : IAsyncDisposable
{
    /// <summary>The channel's name in logs, in the status, and of its position's file: lower case letters.</summary>
    string Name { get; }

    /// <summary>Connects where the channel has a connection, and returns when events can be delivered. Called before the first delivery and
    /// after every failure, with growing waits.</summary>
    /// <exception cref="IOException">There is no connection; the message says why and what to do.</exception>
    /// <exception cref="UserErrorException">The settings cannot work; the message says why.</exception>
    Task ConnectAsync(CancellationToken stopping);

    /// <summary>Delivers events, oldest first, without names; returns when the other side has accepted them.</summary>
    /// <exception cref="IOException">The events were not accepted, or the connection is lost.</exception>
    Task DeliverAsync(IReadOnlyList<DoorEvent> events, CancellationToken stopping);

    /// <summary>Sends a test message over a channel that is connected.</summary>
    /// <returns>What was sent to where, as a sentence.</returns>
    /// <exception cref="IOException">The message was not accepted.</exception>
    Task<string> TestAsync(CancellationToken stopping);

    /// <summary>Watches over the connection from <see cref="ConnectAsync"/> on, beside the deliveries, until it is cancelled; the link
    /// connects again when this throws, so that a channel without events does not stay away. A channel without a connection only
    /// waits.</summary>
    /// <exception cref="IOException">The connection is lost; the message says why.</exception>
    Task WatchAsync(CancellationToken stopping) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
}
