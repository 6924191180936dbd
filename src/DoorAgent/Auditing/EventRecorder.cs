using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Matching;

namespace DoorAgent.Auditing;

/// <summary>Completes every <see cref="DoorEvent"/>, in one place: dates and numbers it, writes it to the journal, then hands it to the publishers.</summary>
internal sealed class EventRecorder(Journal journal, AuditingOptions options, TimeProvider time, EventPublishers publishers)
{
    private long _sequence = journal.LastSequence;
    private readonly ClockWatch _clock = new(time);
    private volatile bool _isCutOff;

    /// <summary>From now on nothing is recorded and published, as after a power cut.</summary>
    public void CutOff() => _isCutOff = true;

    /// <summary>Why the journal takes no records; null while it does.</summary>
    public string? Fault { get; private set; }

    /// <summary>Looks whether the journal is still the file that was written, so that one that is not is said at once, and not when
    /// somebody stands at the door.</summary>
    /// <param name="gallery">Where a person's name is looked up.</param>
    public void LookAtJournal(Gallery? gallery)
    {
        if (_isCutOff)
            return;
        try
        {
            journal.NeedUntouched();
        }
        catch (JournalException failure) when (Fault is null)
        {
            // Another journal takes the record of it, where one can be begun, and then all is well again.
            Fault = Announce(DoorEventKind.StorageFailed, failure.Message, gallery);
            if (Fault is null)
                Announce(DoorEventKind.StorageRestored, null, gallery);
        }
        catch (JournalException)
        {
            // Said already.
        }
    }

    /// <summary>Says it when the wall clock was set, before the first record that has the new time.</summary>
    /// <param name="gallery">Where a person's name is looked up.</param>
    public void LookAtClock(Gallery? gallery)
    {
        if (!_isCutOff && _clock.Jump() is { } jump)
            Announce(DoorEventKind.ClockJumped, jump, gallery);
    }

    /// <summary>Says it when a publisher began to lose events, and when it takes them again.</summary>
    /// <param name="gallery">Where a person's name is looked up.</param>
    public void LookAtPublishers(Gallery? gallery)
    {
        foreach (string news in _isCutOff ? [] : publishers.News())
            Announce(DoorEventKind.Warning, news, gallery);
    }

    /// <summary>Records something that happened.</summary>
    /// <param name="raised">What happened.</param>
    /// <param name="gallery">Where its person's name is looked up.</param>
    /// <returns>Whether the journal took it, or was not to.</returns>
    public bool Record(DoorEvent raised, Gallery? gallery)
    {
        if (_isCutOff)
            return false;
        LookAtClock(gallery);
        DoorEvent made = Make(raised, gallery);
        if (!made.IsRecorded())
        {
            publishers.Publish(made);
            return true;
        }

        TimeSpan before = time.Monotonic();
        string? failure = Append(made);
        TimeSpan took = time.Monotonic() - before;
        publishers.Publish(made);

        if (failure is null != Fault is null)
        {
            Fault = failure;
            Announce(failure is null ? DoorEventKind.StorageRestored : DoorEventKind.StorageFailed, failure, gallery);
        }
        else if (took > options.SlowAfter && made.Kind != DoorEventKind.StorageSlow)
        {
            Announce(DoorEventKind.StorageSlow, $"writing one record took {took.TotalMilliseconds:0} ms", gallery);
        }

        LookAtPublishers(gallery);
        return failure is null;
    }

    /// <summary>Records several things that happened.</summary>
    public void RecordAll(IEnumerable<DoorEvent> events, Gallery? gallery)
    {
        foreach (DoorEvent raised in events)
            Record(raised, gallery);
    }

    private string? Announce(DoorEventKind kind, string? detail, Gallery? gallery)
    {
        DoorEvent made = Make(new DoorEvent(kind) { Detail = detail }, gallery);
        string? failure = Append(made);
        publishers.Publish(made);
        return failure;
    }

    private string? Append(DoorEvent made)
    {
        try
        {
            journal.Append(made);
            return null;
        }
        catch (JournalException failure)
        {
            return failure.Message;
        }
    }

    private DoorEvent Make(DoorEvent raised, Gallery? gallery) => raised with
    {
        Time = time.GetLocalNow(),
        Sequence = raised.IsRecorded() ? ++_sequence : 0,
        PersonName = raised.PersonId is { } id ? gallery?.Find(id)?.Name : null,
        Encoder = raised.Distance is null ? null : gallery?.Encoder,
    };
}
