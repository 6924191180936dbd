using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>
/// Seals an open gallery where the door has a key, and deletes expired face crops, as promised even when nobody changes the gallery for
/// months, copies of the gallery that a killed export or import left behind, and expired pictures of attempts: at the start and once a
/// day. The daemon writes nothing else to the gallery.
/// </summary>
internal sealed class GalleryUpkeep(string path, KeptPictures pictures, AuditingOptions options, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>Works once before returning to the caller, and then daily until it is cancelled.</summary>
    public Task RunAsync(CancellationToken stopping) => PeriodicWork.RunAsync(Work, Interval, time, stopping);

    private void Work()
    {
        SealGallery();
        DeleteExpired();
    }

    private void SealGallery()
    {
        try
        {
            if (GallerySealing.RunIfDue(path, time))
                inbox.Post(new DoorMessage.Warned("the gallery was open and is sealed with the door's key now; a sealed backup from before is "
                    + GallerySealing.BackupName));
        }
        catch (UserErrorException failure)
        {
            // An open gallery goes on; the gallery watch reports one that cannot be used at all.
            if (GallerySealing.IsOpen(path))
                inbox.Post(new DoorMessage.Warned($"the gallery is still open, and the door goes on with it: {failure.Message} "
                    + "The next try is at the next start, or in a day"));
        }
    }

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
            GalleryCopy.DeleteLeftovers(Path.GetDirectoryName(path)!, time);
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
