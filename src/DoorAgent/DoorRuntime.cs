using DoorAgent.Decisions;
using DoorAgent.Hardware;
using DoorAgent.People;

namespace DoorAgent;

/// <summary>
/// The door at work: seeing and deciding around one inbox, and what feeds it. It runs until it is told to stop or one of its
/// loops fails; either way the relay is off when it returns, and a failure is thrown.
/// </summary>
internal sealed class DoorRuntime(
    DoorDevices devices, Seeing seeing, Deciding deciding, GalleryWatch gallery, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    public Deciding Deciding => deciding;

    public async Task RunAsync(CancellationToken stopping)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using ITimer poll = time.CreateTimer(_ => PollGallery(), null, GalleryWatch.Interval, GalleryWatch.Interval);
        Task[] loops =
        [
            Task.Run(() => deciding.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => seeing.RunAsync(stop.Token), CancellationToken.None),
            PumpAsync(devices.Reader.Reads, read => new DoorMessage.Read(read), stop.Token),
            PumpAsync(devices.Inputs.Changes, change => new DoorMessage.Input(change), stop.Token),
        ];

        // The first loop to end, by a failure or by the stop, takes the others with it.
        await Task.WhenAny(loops);
        await stop.CancelAsync();
        await Task.WhenAll(loops);
    }

    /// <summary>Completes when everything that devices have handed over is processed to the end; simulation waits for it.</summary>
    public async Task WhenIdleAsync()
    {
        await devices.WhenIdleAsync();
        await inbox.WhenIdleAsync();
    }

    private void PollGallery()
    {
        if (gallery.Poll() is { } news)
            inbox.Post(news.Gallery is { } read ? new DoorMessage.GalleryRead(read) : new DoorMessage.GalleryRefused(news.Refusal!));
    }

    private async Task PumpAsync<T>(Mailbox<T> from, Func<T, DoorMessage> wrap, CancellationToken stopping)
    {
        try
        {
            await foreach (T item in from.ReadAllAsync(stopping))
                inbox.Post(wrap(item));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }
}
