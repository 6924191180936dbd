using DoorAgent.Fleet;
using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>
/// Writes the people of one delivery, within a change. Each id has a newest serial; a record that is older, or that was not in a set which
/// this door once had as a whole, is a replay. What cannot be used is refused alone, and the rest is written.
/// </summary>
internal sealed class FleetPassRun : IDisposable
{
    // Of a swap of badges or names both sides arrive together; more in one delivery is a mistake.
    private const int MostWaiting = 500;

    private readonly GalleryConnection _connection;
    private readonly FleetMembership _membership;
    private readonly FleetPass _pass;
    private readonly bool _isWholeSet;
    private readonly Action<string, string> _refuse;
    private readonly KnownRecords _records;
    private readonly FleetPeople _people;
    private readonly PreparedStatement _here;
    private readonly HashSet<string> _present = [];
    private readonly List<FoundRecord> _waiting = [];
    private readonly Func<FleetConflicts> _newConflicts;
    private FleetConflicts _conflicts;

    /// <param name="connection">The gallery.</param>
    /// <param name="membership">The door's place in its fleet, with the newest manifest and keys.</param>
    /// <param name="pass">How the delivery is applied.</param>
    /// <param name="isWholeSet">Whether the delivery claims to have exactly the people of the newest manifest.</param>
    /// <param name="door">What this door can use.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="refuse">Receives key and reason of each record that is refused.</param>
    public FleetPassRun(GalleryConnection connection, FleetMembership membership, FleetPass pass, bool isWholeSet, DoorCapability door,
        DateTimeOffset now, Action<string, string> refuse)
    {
        (_connection, _membership, _pass, _isWholeSet, _refuse) = (connection, membership, pass, isWholeSet, refuse);
        _records = new KnownRecords(connection, GalleryCrops.Text(now));
        _people = new FleetPeople(connection, now);
        _here = new PreparedStatement(connection, "SELECT id FROM person WHERE origin = $id", "$id");
        _newConflicts = () => new FleetConflicts(connection, door);
        _conflicts = _newConflicts();
    }

    /// <summary>How many people were added or changed.</summary>
    public int Written { get; private set; }

    /// <summary>How many people were removed.</summary>
    public int Removed { get; private set; }

    /// <summary>Whether a record claimed to be a person of the group, and the office did not sign it.</summary>
    public bool HasForged { get; private set; }

    /// <summary>Whether exactly this record was applied before.</summary>
    public bool IsSettled(string id, byte[] digest) => _records.Find(id) is { State: not RecordState.Refused } known
        && known.Digest.AsSpan().SequenceEqual(digest);

    /// <summary>Takes a record.</summary>
    public void Take(FoundRecord found)
    {
        if (found.Head is not { } head)
        {
            HasForged |= found.IsForged;
            _refuse(found.Key, found.Why!);
            return;
        }

        if (head.Kind == RecordKind.Person)
            _present.Add(found.Id);
        KnownRecord? known = _records.Find(found.Id);
        if (known is { State: not RecordState.Refused } && known.Serial == head.Serial && known.Digest.AsSpan().SequenceEqual(found.Digest))
            return;
        if (WhyOld(head, found, known) is { } old)
            _refuse(found.Key, old);
        else if (head.Kind != RecordKind.Person)
            Remove(found, head, known);
        else if (found.Opened is null)
            Refuse(found, head, known, found.Why!);
        else if (_pass == FleetPass.Changes || _isWholeSet || Here(found.Id) is not null)
            Write(found, head, known, maySwap: true);
    }

    /// <summary>Writes who waited for somebody else of the delivery, removes whoever is not in the whole set, and finds the visitors'
    /// hosts.</summary>
    public void Finish()
    {
        WriteWaiting();
        if (_isWholeSet)
            Sweep();
        if (Written + Removed > 0)
            FleetPeople.ResolveHosts(_connection);
    }

    public void Dispose()
    {
        _records.Dispose();
        _people.Dispose();
        _here.Dispose();
        _conflicts.Dispose();
    }

    private long? Here(string id) => _here.Scalar(id) as long?;

    private string? WhyOld(RecordHead head, FoundRecord found, KnownRecord? known)
    {
        if (known is not null && head.Serial < known.Serial)
        {
            return FormattableString.Invariant($"the record is of publication {head.Serial}, and the door knows one of publication ")
                + FormattableString.Invariant($"{known.Serial}: the record is an old one");
        }

        bool isAgain = known is not null && head.Serial == known.Serial;
        // Of two records of one publication, which an office restored from an old copy may write, the removal counts.
        if (isAgain && head.Kind == RecordKind.Person && !known!.Digest.AsSpan().SequenceEqual(found.Digest))
            return FormattableString.Invariant($"there are two records of publication {head.Serial} about one person");
        // A removal takes only away: whoever is here goes.
        if (_pass != FleetPass.Changes || head.Kind != RecordKind.Person)
            return null;
        if (_membership.Swept > 0)
        {
            return isAgain || head.Serial > _membership.Swept ? null
                : FormattableString.Invariant($"the record is of publication {head.Serial}, and the door once had all people of publication ")
                    + FormattableString.Invariant($"{_membership.Swept}, without this record: the record is an old one");
        }

        // The keys are sealed to what the door made when it joined. Whoever was removed before that is unknown here.
        return head.Serial > _membership.KeySerial ? null
            : FormattableString.Invariant($"the record is of publication {head.Serial}, and the door joined by publication ")
                + FormattableString.Invariant($"{_membership.KeySerial}: it takes a record from before only with all people of the group");
    }

    private void Remove(FoundRecord found, RecordHead head, KnownRecord? known)
    {
        long? here = Here(found.Id), was = here ?? known?.Person;
        if (here is { } row)
            Delete(row);
        _records.Write(found.Id, new KnownRecord(head.Serial, RecordState.Removed, found.Digest, was)
        {
            IsToErase = was is not null && (head.Kind == RecordKind.Erasure || known?.IsToErase == true),
        });
    }

    private void Delete(long row)
    {
        _people.Remove(row);
        _conflicts.Forget(row);
        Removed++;
    }

    private void Write(FoundRecord found, RecordHead head, KnownRecord? known, bool maySwap)
    {
        FleetPerson person = found.Opened!.Person!;
        long? here = Here(found.Id);
        if (known?.IsToErase == true)
            Refuse(found, head, known, "this door still erases what it knew about the person; the record is applied afterwards");
        else if (_conflicts.OfPerson(person) is { } impossible)
            Refuse(found, head, known, impossible);
        else if (_conflicts.WithOthers(person, here) is not { } taken)
            Apply(found, head, known, here);
        else if (maySwap && _waiting.Count < MostWaiting)
            _waiting.Add(found);
        else
            Refuse(found, head, known, taken);
    }

    private void Apply(FoundRecord found, RecordHead head, KnownRecord? known, long? here)
    {
        FleetPerson person = found.Opened!.Person!;
        _conflicts.Begin(person);
        long row = _people.Write(person, here ?? known?.Person, here is not null, _conflicts.Encoder);
        _conflicts.Names.Set(row, person.Name);
        _records.Write(found.Id, new KnownRecord(head.Serial, RecordState.Applied, found.Digest, row));
        Written++;
    }

    /// <summary>Refuses a record that the office signed. Of somebody who is here, the rights change nevertheless: who is disabled at the
    /// office, or whose badge is lost, does not enter because something else in the record cannot be used here.</summary>
    private void Refuse(FoundRecord found, RecordHead head, KnownRecord? known, string why)
    {
        _refuse(found.Key, why);
        if (known is { State: RecordState.Refused } && known.Serial == head.Serial && known.Why == why && known.Digest.AsSpan().SequenceEqual(found.Digest))
            return;
        if (Here(found.Id) is { } row && found.Opened?.Person is { } person)
            _people.WriteRights(row, person);
        _records.Write(found.Id, new KnownRecord(head.Serial, RecordState.Refused, found.Digest, known?.Person)
        {
            Why = why,
            IsToErase = known?.IsToErase == true,
        });
    }

    private void WriteWaiting()
    {
        // One after the other: whoever waited for somebody who has gone on.
        for (int before = 0; _waiting.Count != before && _waiting.Count > 0;)
        {
            before = _waiting.Count;
            FoundRecord[] all = [.. _waiting];
            _waiting.Clear();
            foreach (FoundRecord one in all)
                Again(one, maySwap: true);
        }

        // Then together: people who exchange something.
        while (_waiting.Count > 0 && !TryTogether(out FoundRecord[] failed))
        {
            foreach (FoundRecord one in failed)
            {
                _waiting.Remove(one);
                Again(one, maySwap: false);
            }
        }

        _waiting.Clear();
    }

    /// <summary>Writes a record that waited, if no newer one of the same person came meanwhile.</summary>
    private void Again(FoundRecord found, bool maySwap)
    {
        KnownRecord? known = _records.Find(found.Id);
        if (known is null || known.Serial < found.Head!.Serial || known is { State: RecordState.Refused } && known.Serial == found.Head.Serial)
            Write(found, found.Head!, known, maySwap);
    }

    private bool TryTogether(out FoundRecord[] failed)
    {
        Sqlite.Run(_connection, "SAVEPOINT together");
        int written = Written;
        foreach (long row in _waiting.Select(one => Here(one.Id)).OfType<long>())
        {
            _people.Release(row);
            _conflicts.Names.Remove(row);
        }

        List<FoundRecord> conflicting = [];
        foreach (FoundRecord one in _waiting)
        {
            if (_conflicts.WithOthers(one.Opened!.Person!, Here(one.Id)) is null)
                Apply(one, one.Head!, _records.Find(one.Id), Here(one.Id));
            else
                conflicting.Add(one);
        }

        failed = [.. conflicting];
        if (failed.Length > 0)
        {
            Sqlite.Run(_connection, "ROLLBACK TO together");
            Written = written;
            _conflicts.Dispose();
            _conflicts = _newConflicts();
        }

        Sqlite.Run(_connection, "RELEASE together");
        return failed.Length == 0;
    }

    private void Sweep()
    {
        foreach ((string id, KnownRecord record) in _records.Except(_present, _membership.Serial))
        {
            if (Here(id) is { } row)
                Delete(row);
            _records.Write(id, record with { Serial = _membership.Serial, State = RecordState.Removed, Why = null });
        }
    }
}
