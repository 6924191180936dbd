using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Running;

/// <summary>The gallery that the deciding loop goes by: takes what the file brings, keeps the last good one, and says either.</summary>
/// <param name="faces">Compares with it.</param>
/// <param name="say">Records what happened.</param>
internal sealed class GalleryInUse(FaceComparison faces, Action<DoorEvent> say)
{
    /// <summary>Why what the file holds now cannot be used; null when it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Goes by another gallery, and by the networks whose encoder it names.</summary>
    /// <returns>Whether that is another encoder than before.</returns>
    public bool Use(Gallery gallery, LoadedNetworks networks)
    {
        try
        {
            bool isAnotherEncoder = faces.Use(gallery, networks);
            Fault = null;
            say(new DoorEvent(DoorEventKind.GalleryLoaded) { Detail = gallery.ToString() });
            return isAnotherEncoder;
        }
        catch (UserErrorException tooMany)
        {
            Refuse(tooMany.Message);
            return false;
        }
    }

    /// <summary>Keeps the gallery before.</summary>
    public void Refuse(string why)
    {
        Fault = why;
        say(new DoorEvent(DoorEventKind.GalleryRefused) { Detail = why });
    }
}
