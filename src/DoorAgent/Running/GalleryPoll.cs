using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>Polls the gallery file every <see cref="GalleryWatch.Interval"/> and posts changes.</summary>
internal sealed class GalleryPoll(GalleryWatch watch, NetworkCache networks, Mailbox<DoorMessage> inbox, TimeProvider time) : IDisposable
{
    /// <summary>Polls once before returning to the caller, and then periodically until it is cancelled.</summary>
    public Task RunAsync(CancellationToken stopping) => PeriodicWork.RunAsync(Poll, GalleryWatch.Interval, time, stopping);

    public void Dispose() => watch.Dispose();

    private void Poll()
    {
        if (watch.Poll() is not { } news)
            return;
        // The watch has just opened the networks, and open networks stay in the cache.
        inbox.Post(news is { Gallery: { } read, Method: { } named }
            ? new DoorMessage.GalleryRead(read, networks.Find(named).Networks!)
            : new DoorMessage.GalleryRefused(news.Refusal!));
    }
}
