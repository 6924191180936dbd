using DoorAgent.Galleries;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>
/// Keeps what was promised of kept faces, even where nobody changes the gallery for months: at start and once a day those whose
/// time is over are deleted, and copies of the gallery that an export or import left behind when it was killed. It is all that
/// the daemon ever writes to the gallery, by the same way as the commands.
/// </summary>
internal sealed class GalleryUpkeep(string path, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>Does it at once, before it returns to its caller, and then until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => PeriodicWork.RunAsync(DeleteExpired, Interval, time, stopping);

    private void DeleteExpired()
    {
        try
        {
            GalleryCopies.DeleteLeftovers(Path.GetDirectoryName(path)!, time);
            // A gallery that is not there, or no gallery, is what the watch tells.
            if (File.Exists(path))
                GalleryCrops.DeleteExpired(path, time);
        }
        catch (UserErrorException failure)
        {
            inbox.Post(new DoorMessage.Failed($"faces whose time is over could not be deleted: {failure.Message}"));
        }
    }
}
