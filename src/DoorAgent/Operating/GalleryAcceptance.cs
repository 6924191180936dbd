using System.Globalization;
using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>
/// Accepts a gallery that is older than the newest one that the door has used, such as a restored backup: records who does that, gives it
/// a later revision, and brings journal and anchor up to it. After an interruption the same command goes on.
/// </summary>
/// <param name="places">The door's files.</param>
/// <param name="keys">The door's keys.</param>
/// <param name="time">The clock.</param>
internal sealed class GalleryAcceptance(Places places, KeyRing keys, TimeProvider time)
{
    /// <summary>Returns the event that records an acceptance.</summary>
    /// <param name="gallery">The gallery as it was found.</param>
    /// <param name="by">Who accepts it.</param>
    public static DoorEvent EventOf(GalleryHead gallery, string by) => new(DoorEventKind.GalleryAccepted)
    {
        Detail = string.Create(CultureInfo.InvariantCulture, $"revision {gallery.Revision}; {by}"),
    };

    /// <summary>Reads the gallery of a request; null where it names none.</summary>
    public static GalleryHead? Parse(string text)
    {
        try
        {
            return DoorHead.Parse(Encoding.UTF8.GetBytes(text)).Gallery;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Accepts a gallery. Nothing is accepted that is not recorded.</summary>
    /// <param name="gallery">The gallery, opened with <see cref="GalleryRollback.OpenToAccept"/>.</param>
    /// <param name="stopping">Cancels the wait for a running door.</param>
    /// <returns>The state of the file afterwards.</returns>
    /// <exception cref="UserErrorException">The gallery is not accepted; the message says why and what to do.</exception>
    public async Task<GalleryHead> RunAsync(GalleryFile gallery, CancellationToken stopping)
    {
        GalleryHead found = gallery.Query(GalleryRollback.HeadOf);
        await ByDoorOrHereAsync(OperatorVerb.AcceptGallery, found, stopping);
        bool isOfAnotherKey = gallery.Query(GalleryRollback.NewestBeside)
            .Any(used => used.Head.KeyId is not null && used.Head.KeyId != found.KeyId);
        GalleryHead accepted = GalleryRollback.Accept(gallery, time);
        await ByDoorOrHereAsync(OperatorVerb.RememberGallery, accepted, stopping);
        if (Anchor.Of(places) is { IsInstalled: true } anchor)
            anchor.Write(new DoorHead(time.GetUtcNow(), accepted, anchor.Read()?.Journal));
        // A running door has refused the file meanwhile, and reads it again after a change.
        if (isOfAnotherKey)
            gallery.Change((_, _) => { });
        return gallery.Query(GalleryRollback.HeadOf);
    }

    private async Task ByDoorOrHereAsync(OperatorVerb verb, GalleryHead gallery, CancellationToken stopping)
    {
        OperatorRequest request = new(verb) { Gallery = new DoorHead(time.GetUtcNow(), gallery, null).Print() };
        (OperatorAnswer answer, bool isThere) = await OperatorClient.TryAskAsync(places, request, stopping);
        if (!isThere)
            Here(verb, gallery);
        else if (answer.Refusal is { } why)
            throw new UserErrorException(why);
    }

    private void Here(OperatorVerb verb, GalleryHead gallery)
    {
        // A door that starts meanwhile waits for the lock, and one that runs without its socket holds the lock.
        using DataLock alone = DataLock.Acquire(places.Data);
        using Journal journal = Journal.Open(places.JournalFile, keys, time);
        try
        {
            if (verb == OperatorVerb.RememberGallery)
            {
                journal.NoteGallery(gallery);
                return;
            }

            journal.Append(EventOf(gallery, $"user {Libc.UserId}, process {Environment.ProcessId}") with
            {
                Sequence = journal.LastSequence + 1,
                Time = time.GetLocalNow(),
            });
        }
        catch (JournalException failure)
        {
            throw new UserErrorException($"Not recorded: {failure.Message}", failure);
        }
    }
}
