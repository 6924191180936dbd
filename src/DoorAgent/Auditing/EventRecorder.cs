using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Matching;

namespace DoorAgent.Auditing;

/// <summary>Records every <see cref="DoorEvent"/>: adds time, number and name, writes the event to the journal, then publishes
/// it.</summary>
internal sealed class EventRecorder(Journal journal, AuditingOptions options, TimeProvider time, EventPublishers publishers)
{
    private long _sequence = journal.LastSequence;
    private readonly ClockWatch _clock = new(time);
    private volatile bool _isCutOff;

    /// <summary>Receives each stored record with the time of writing it, on the caller's thread; for the metrics.</summary>
    public Action<DoorEvent, TimeSpan>? Appended { get; init; }

    /// <summary>The number of the event of the last <see cref="Record"/>, whatever was announced after it; 0 before the first.</summary>
    public long Recorded { get; private set; }

    /// <summary>Stops all recording and publishing, as a power cut would.</summary>
    public void CutOff() => _isCutOff = true;

    /// <summary>Why the journal cannot be written; null while it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Checks that the journal is still the file that was written, so that a removed file is reported at once and not when the
    /// next person comes to the door.</summary>
    /// <param name="gallery">Gallery with the names of the people; null while there is none.</param>
    public void CheckJournal(Gallery? gallery)
    {
        if (_isCutOff)
            return;
        try
        {
            journal.RequireUnchanged();
        }
        catch (JournalException failure) when (Fault is null)
        {
            // A new journal receives the record, where one can be created, and the failure is over then.
            Fault = Announce(DoorEventKind.StorageFailed, failure.Message, gallery);
            if (Fault is null)
                Announce(DoorEventKind.StorageRestored, null, gallery);
        }
        catch (JournalException)
        {
            // Already reported.
        }
    }

    /// <summary>What is being removed from the journal.</summary>
    public RetentionProgress Retention { get; } = new();

    /// <summary>Removes one block of the records that are to be removed, and records the end of that; does nothing when there are
    /// none.</summary>
    /// <param name="gallery">Gallery with the names of the people; null while there is none.</param>
    /// <param name="isQuiet">Whether nobody waits at the door.</param>
    public void RemoveOldRecords(Gallery? gallery, bool isQuiet)
    {
        if (_isCutOff || !isQuiet || !Retention.IsUnderWay)
            return;
        try
        {
            if (journal.RemoveBlock(Retention.UpTo, Retention.Archive) is { } block)
            {
                Retention.Note(block);
                return;
            }

            journal.RemoveUnusedNames();
        }
        catch (JournalException failure)
        {
            Announce(DoorEventKind.Warning, $"old records of the journal stay: {failure.Message}", gallery);
        }

        if (Retention.End() is { } removed)
            Announce(DoorEventKind.RecordsRemoved, removed, gallery);
    }

    /// <summary>Reports that the wall clock was set, before the first record with the new time.</summary>
    /// <param name="gallery">Gallery with the names of the people; null while there is none.</param>
    public void CheckClock(Gallery? gallery)
    {
        if (!_isCutOff && _clock.Jump() is { } jump)
            Announce(DoorEventKind.ClockJumped, jump, gallery);
    }

    /// <summary>Reports publishers that began to lose events, and those that receive events again.</summary>
    /// <param name="gallery">Gallery with the names of the people; null while there is none.</param>
    public void CheckPublishers(Gallery? gallery)
    {
        foreach (string news in _isCutOff ? [] : publishers.News())
            Announce(DoorEventKind.Warning, news, gallery);
    }

    /// <summary>Records an event.</summary>
    /// <param name="raised">The event.</param>
    /// <param name="gallery">Gallery with the names of the people; null while there is none.</param>
    /// <returns>Whether the journal stored the event, or does not keep such events.</returns>
    public bool Record(DoorEvent raised, Gallery? gallery)
    {
        if (_isCutOff)
            return false;
        CheckClock(gallery);
        DoorEvent made = Make(raised, gallery);
        Recorded = made.Sequence;
        if (!made.IsRecorded())
        {
            publishers.Publish(Plain(made));
            return true;
        }

        string? failure = Append(made, out TimeSpan took);
        publishers.Publish(Plain(made));

        if (failure is null != Fault is null)
        {
            Fault = failure;
            Announce(failure is null ? DoorEventKind.StorageRestored : DoorEventKind.StorageFailed, failure, gallery);
        }
        else if (took > options.SlowAfter && made.Kind != DoorEventKind.StorageSlow)
        {
            Announce(DoorEventKind.StorageSlow, $"writing one record took {took.TotalMilliseconds:0} ms", gallery);
        }

        CheckPublishers(gallery);
        return failure is null;
    }

    /// <summary>Records several events.</summary>
    public void RecordAll(IEnumerable<DoorEvent> events, Gallery? gallery)
    {
        foreach (DoorEvent raised in events)
            Record(raised, gallery);
    }

    /// <summary>Erases names of a person, or only one name, in the journal; the caller records that. A repetition does no harm.</summary>
    /// <returns>Why the names were not erased; null when they were.</returns>
    public string? EraseNames(long person, string? called)
    {
        try
        {
            return journal.EraseNames(person, called) ? null : Journal.StillRead;
        }
        catch (JournalException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>Writes into the journal that the door uses a gallery from now on.</summary>
    /// <returns>Why that was not written; null when it was.</returns>
    public string? NoteGallery(GalleryHead gallery)
    {
        try
        {
            if (!_isCutOff)
                journal.NoteGallery(gallery);
            return null;
        }
        catch (JournalException failure)
        {
            return failure.Message;
        }
    }

    private string? Announce(DoorEventKind kind, string? detail, Gallery? gallery)
    {
        DoorEvent made = Make(new DoorEvent(kind) { Detail = detail }, gallery);
        string? failure = Append(made, out _);
        publishers.Publish(Plain(made));
        return failure;
    }

    private string? Append(DoorEvent made, out TimeSpan took)
    {
        TimeSpan before = time.Monotonic();
        string? failure = null;
        try
        {
            journal.Append(made);
        }
        catch (JournalException failed)
        {
            failure = failed.Message;
        }

        took = time.Monotonic() - before;
        if (failure is null)
            Appended?.Invoke(made, took);
        return failure;
    }

    // What people read contains the names in place of references.
    private static DoorEvent Plain(DoorEvent made) => made with { Detail = PersonReference.Plain(made.Detail) };

    private DoorEvent Make(DoorEvent raised, Gallery? gallery) => raised with
    {
        Time = time.GetLocalNow(),
        Sequence = raised.IsRecorded() ? ++_sequence : 0,
        PersonName = raised.PersonId is { } id ? gallery?.Find(id)?.Name : null,
        Encoder = raised.Distance is null ? null : gallery?.Encoder,
    };
}
