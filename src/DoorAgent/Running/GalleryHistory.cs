using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Hardware;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// What a running door knows of the galleries that it has used: refuses an older one, notes a new one in the journal, and hands it over
/// for the anchor. Called by the decision loop.
/// </summary>
/// <param name="places">The door's files.</param>
/// <param name="keys">The door's keys.</param>
/// <param name="note">Writes a used gallery into the journal; returns why it was not written, or null.</param>
/// <param name="heads">Writes the door's head.</param>
/// <param name="inbox">Receives the news that the anchor cannot be read.</param>
internal sealed class GalleryHistory(
    Places places, KeyRing keys, Func<GalleryHead, string?> note, HeadKeeper heads, Mailbox<DoorMessage> inbox)
{
    private readonly UsedGalleries _used = UsedGalleries.Of(places, keys);
    private GalleryHead? _noted;
    private string? _anchorFault;

    /// <summary>How an older gallery is noticed, for the status.</summary>
    public string Words => Anchor.Of(places) is not { } anchor ? "noticed by the journal alone: this data directory has no anchor"
        : _anchorFault is not null ? "noticed by the journal alone: the anchor cannot be read"
        : ReadOrNull(anchor) is { } head ? string.Create(CultureInfo.InvariantCulture,
            $"noticed by the journal, and by the anchor of {head.Time:yyyy-MM-dd HH:mm} UTC")
        : "noticed by the journal alone: the anchor has nothing yet ('dooragent doctor')";

    /// <summary>Returns why a gallery must not be used, and what to do; null where it may.</summary>
    public string? RefusalOf(GalleryHead found)
    {
        try
        {
            string? fault = _used.FaultOf(found);
            if (_used.AnchorFault is { } anchor && anchor != _anchorFault)
                inbox.Post(new DoorMessage.Warned($"{anchor.TrimEnd('.')}. The journal alone says which gallery was used last"));
            _anchorFault = _used.AnchorFault;
            return fault is null ? null : $"The gallery {places.GalleryFile} {fault}";
        }
        catch (UserErrorException unreadable)
        {
            // Whether it is older cannot be known, and at every doubt the door stays locked.
            return $"Whether the gallery {places.GalleryFile} is the newest one is not known: {unreadable.Message.TrimEnd('.')}";
        }
    }

    /// <summary>Notes that the door uses a gallery.</summary>
    /// <returns>Why it was not noted; null when it was.</returns>
    public string? Note(GalleryHead gallery)
    {
        heads.Use(gallery);
        return Remember(gallery);
    }

    /// <summary>Remembers a gallery as the newest one, whether it is in use or not.</summary>
    /// <returns>Why that was not written; null when it was.</returns>
    public string? Remember(GalleryHead gallery)
    {
        if (gallery == (_noted ?? NewestInJournal()))
            return null;
        if (note(gallery) is { } failure)
            return $"that the gallery of revision {gallery.Revision} is in use was not noted: {failure}";
        _noted = gallery;
        return null;
    }

    private static DoorHead? ReadOrNull(Anchor anchor)
    {
        try
        {
            return anchor.Read();
        }
        catch (UserErrorException)
        {
            // The next gallery reports why.
            return null;
        }
    }

    private GalleryHead? NewestInJournal() => _noted = _used.Newest().FirstOrDefault(used => !used.IsAnchored)?.Head;
}
