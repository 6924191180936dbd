using DoorAgent.Events;
using DoorAgent.Matching;

namespace DoorAgent.Running;

/// <summary>Adopts the gallery read from the file, or keeps the last good one, and records which. A gallery that is older than the newest
/// one that this door has used is not adopted.</summary>
/// <param name="faces">Compares faces with the gallery in use.</param>
/// <param name="history">The galleries that this door has used.</param>
/// <param name="record">Records an event.</param>
internal sealed class ActiveGallery(FaceComparison faces, GalleryHistory history, Action<DoorEvent> record)
{
    /// <summary>Why the file's present content cannot be used; null when it is in use.</summary>
    public string? Fault { get; private set; }

    /// <summary>The same without the name of a person.</summary>
    public string? NamelessFault { get; private set; }

    /// <summary>Adopts a gallery and the networks with its encoder.</summary>
    /// <returns>Whether the encoder or the rule of comparison has changed.</returns>
    public bool Use(Gallery gallery, LoadedNetworks networks)
    {
        if (history.RefusalOf(gallery.Head) is { } older)
        {
            Refuse(DoorEventKind.GalleryRolledBack, older);
            return false;
        }

        try
        {
            bool isAnotherMethod = faces.Use(gallery, networks);
            Fault = NamelessFault = null;
            if (history.Note(gallery.Head) is { } failure)
                record(new DoorEvent(DoorEventKind.Fault) { Detail = failure });
            record(new DoorEvent(DoorEventKind.GalleryLoaded)
            {
                Detail = string.Join("; ", new[] { gallery.ToString(), faces.EstimatesNote }.OfType<string>()),
            });
            return isAnotherMethod;
        }
        catch (UserErrorException tooMany)
        {
            Refuse(tooMany.Message);
            return false;
        }
    }

    /// <summary>Keeps the previous gallery and records the refusal.</summary>
    public void Refuse(string why) => Refuse(DoorEventKind.GalleryRefused, why);

    private void Refuse(DoorEventKind kind, string why)
    {
        (Fault, NamelessFault) = (PersonReference.Plain(why), PersonReference.Plain(PersonReference.Stored(why)));
        record(new DoorEvent(kind) { Detail = why });
    }
}
