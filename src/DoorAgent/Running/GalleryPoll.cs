using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>Looks at the gallery file every <see cref="GalleryWatch.Interval"/> and posts what is new.</summary>
internal sealed class GalleryPoll(GalleryWatch watch, NetworkCache networks, Mailbox<DoorMessage> inbox, TimeProvider time) : IDisposable
{
    /// <summary>Looks at once, before it returns to its caller, and then until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => PeriodicWork.RunAsync(Look, GalleryWatch.Interval, time, stopping);

    public void Dispose() => watch.Dispose();

    private void Look()
    {
        if (watch.Poll() is not { } news)
            return;
        // The watch has had the networks opened a moment ago, and what is open stays open.
        inbox.Post(news is { Gallery: { } read, Encoder: { } named }
            ? new DoorMessage.GalleryRead(read, networks.Find(named).Networks!)
            : new DoorMessage.GalleryRefused(news.Refusal!));
    }
}
