using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>
/// Deletes expired face crops at the start and once a day, as promised even when nobody changes the gallery for months, copies
/// of the gallery that a killed export or import left behind, and expired pictures of attempts. The daemon writes nothing else to the
/// gallery.
/// </summary>
internal sealed class GalleryUpkeep(string path, KeptPictures pictures, AuditingOptions options, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>Deletes once before returning to the caller, and then daily until it is cancelled.</summary>
    public Task RunAsync(CancellationToken stopping) => PeriodicWork.RunAsync(DeleteExpired, Interval, time, stopping);

    private void DeleteExpired()
    {
        DeleteExpiredFaces();
        try
        {
            pictures.DeleteExpired(options.KeepPicturesFor, options.KeepPicturesUpTo, time.GetUtcNow());
        }
        catch (UserErrorException failure)
        {
            inbox.Post(new DoorMessage.Failed($"expired pictures of attempts could not be deleted: {failure.Message}"));
        }
    }

    private void DeleteExpiredFaces()
    {
        try
        {
            GalleryCopies.DeleteLeftovers(Path.GetDirectoryName(path)!, time);
            // The gallery watch reports an absent or invalid gallery.
            if (File.Exists(path))
                GalleryCrops.DeleteExpired(path, time);
        }
        catch (UserErrorException failure)
        {
            inbox.Post(new DoorMessage.Failed($"expired faces could not be deleted: {failure.Message}"));
        }
    }
}
