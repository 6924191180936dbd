using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Operating;

namespace DoorAgent.Running;

/// <summary>Polls the gallery file every <see cref="GalleryWatch.Interval"/> and posts changes, of the fleet's part too.</summary>
internal sealed class GalleryPoll(
    GalleryWatch watch, NetworkCache networks, Func<FleetReading> fleet, Mailbox<DoorMessage> inbox, TimeProvider time) : IDisposable
{
    // What a poll has read is posted before the next poll reads.
    private readonly Lock _polling = new();
    private long _reads;

    /// <summary>Polls once before returning to the caller, and then periodically until it is cancelled.</summary>
    public Task RunAsync(CancellationToken stopping) => PeriodicWork.RunAsync(Poll, GalleryWatch.Interval, time, stopping);

    /// <summary>Reads and posts a change that was just made, without waiting for the next poll.</summary>
    public void Follow()
    {
        lock (_polling)
            Look();
    }

    public void Dispose() => watch.Dispose();

    private void Poll()
    {
        if (!_polling.TryEnter())
            return;
        try
        {
            Look();
        }
        finally
        {
            _polling.Exit();
        }
    }

    private void Look()
    {
        GalleryUpdate? news = watch.Poll();
        // A gallery that is refused as before, such as an empty one, may have joined a fleet meanwhile.
        if (news is null && watch.Reads == _reads)
            return;
        _reads = watch.Reads;
        if (news is not null)
        {
            // The watch has just opened the networks, and open networks stay in the cache.
            inbox.Post(news is { Gallery: { } read, Method: { } named }
                ? new DoorMessage.GalleryRead(read, networks.Find(named).Networks!)
                : new DoorMessage.GalleryRefused(news.Refusal!));
        }

        inbox.Post(new DoorMessage.FleetRead(fleet()));
    }
}
