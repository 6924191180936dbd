using DoorAgent.Hardware;
using DoorAgent.People;

namespace DoorAgent;

/// <summary>Looks at the gallery file every <see cref="GalleryWatch.Interval"/> and posts what is new.</summary>
internal sealed class GalleryPoll(GalleryWatch watch, NetworkShelf networks, Mailbox<DoorMessage> inbox, TimeProvider time) : IDisposable
{
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Looks at once, before it returns to its caller, and then until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        Look();
        // Disposed before it returns: a look under way is waited for.
        await using ITimer timer = time.CreateTimer(_ => Look(), null, GalleryWatch.Interval, GalleryWatch.Interval);
        try
        {
            await _failed.Task.WaitAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    public void Dispose() => watch.Dispose();

    private void Look()
    {
        try
        {
            if (watch.Poll() is { } news)
                inbox.Post(news is { Gallery: { } read, Encoder: { } named } ? new DoorMessage.GalleryRead(read, networks.For(named)) : new DoorMessage.GalleryRefused(news.Refusal!));
        }
#pragma warning disable CA1031 // Out of a timer's callback it would end the process on the spot; as a loop's failure it ends it in order.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failed.TrySetException(failure);
        }
    }
}
