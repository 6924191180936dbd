using DoorAgent.Fleet;
using DoorAgent.Link;
using DoorAgent.Link.Fleet;

namespace DoorAgent.Tests.Support;

/// <summary>A door of a fleet without a gallery: it verifies and opens with the real code, follows the same rules as a gallery, and keeps
/// ids and serials only.</summary>
internal sealed class MemoryFleetDoor : IFleetDoor, IDisposable
{
    private readonly Lock _gate = new();
    private readonly OfficePublicKey _office;
    private readonly Dictionary<string, (long Serial, bool IsHere)> _known = [];
    private readonly List<string> _applied = [];
    private FleetStanding _standing;
    private FleetManifest? _manifest;
    private GroupKeys _keys = GroupKeys.None;
    private long _swept;
    private TaskCompletionSource _change = New();

    public MemoryFleetDoor(string door, string group, ReadOnlySpan<byte> office)
    {
        (_standing, _office) = (new FleetStanding(door, group), OfficePublicKey.Read(office));
        Secrets = DoorSecrets.Create();
    }

    public DoorSecrets Secrets { get; }

    /// <summary>Why the door refuses every delivery; null where it does not.</summary>
    public string? Refusal { get; set; }

    /// <summary>What the link said last.</summary>
    public FleetContact? Contact { get; private set; }

    /// <summary>All refusals of records.</summary>
    public List<FleetRefusal> Refusals { get; } = [];

    /// <summary>What was delivered, such as <c>Whole</c> or <c>Changes</c>.</summary>
    public IReadOnlyList<string> Applied
    {
        get
        {
            lock (_gate)
                return [.. _applied];
        }
    }

    public FleetStanding Standing
    {
        get
        {
            lock (_gate)
                return _standing;
        }
    }

    public bool Has(string person)
    {
        lock (_gate)
            return _known.TryGetValue(person, out (long, bool IsHere) known) && known.IsHere;
    }

    /// <summary>Waits until the door or the link has come to a state.</summary>
    public async Task UntilAsync(Func<MemoryFleetDoor, bool> isReached, CancellationToken stop)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            Task change;
            lock (_gate)
                change = _change.Task;
            if (isReached(this))
                return;
            try
            {
                await change.WaitAsync(late.Token);
            }
            catch (OperationCanceledException waited) when (!stop.IsCancellationRequested)
            {
                throw new InvalidOperationException($"The door stands at {Standing} ({Contact}), applied {string.Join(", ", Applied)}, "
                    + $"refused {string.Join("; ", Refusals.Take(3))}.", waited);
            }
        }
    }

    public Task<FleetStanding> StandingAsync(CancellationToken stopping) => Task.FromResult(Standing);

    public Task<FleetStanding> ContactAsync(FleetContact contact, CancellationToken stopping)
    {
        lock (_gate)
        {
            Contact = contact;
            Tell();
            return Task.FromResult(_standing);
        }
    }

    public Task<FleetOutcome> ApplyAsync(FleetDelivery delivery, Stream parcel, CancellationToken stopping)
    {
        lock (_gate)
        {
            if (Refusal is { } why)
                throw new LinkDoorException(why);
            if (delivery.Pass == FleetPass.Changes && delivery.Bucket != _standing.Bucket)
                throw new LinkDoorException("The delivery is of another bucket.");
            FleetOutcome outcome = Apply(delivery, parcel);
            _applied.Add(delivery.Pass.ToString());
            Tell();
            return Task.FromResult(outcome);
        }
    }

    public void Dispose()
    {
        Secrets.Dispose();
        _office.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Tell()
    {
        _change.SetResult();
        _change = New();
    }

    private FleetOutcome Apply(FleetDelivery delivery, Stream parcel)
    {
        int before = Refusals.Count;
        List<SealedRecord> people = [];
        foreach (FleetItem item in FleetParcel.Read(parcel, delivery.Bytes))
        {
            try
            {
                if (Open(item) is { } record)
                    people.Add(record);
            }
            catch (FleetRecordException wrong)
            {
                Refusals.Add(new FleetRefusal(item.Key, wrong.Message));
            }
        }

        bool isWholeSet = delivery.Pass == FleetPass.Whole && IsSet(people.Where(record => !record.IsRemoval).Select(record => (record.Id, record.Serial)));
        (int written, int removed) = Take(people, delivery.Pass, isWholeSet);
        if (isWholeSet)
            removed += Sweep([.. people.Where(record => !record.IsRemoval).Select(record => record.Id)]);
        bool isExact = IsSet(Here());
        if (isWholeSet || isExact)
            _swept = _manifest!.Serial;
        if (delivery.Pass == FleetPass.Whole && !isWholeSet)
            Refusals.Add(new FleetRefusal($"{_standing.Group}.manifest", "incomplete"));
        _standing = _standing with
        {
            Bucket = delivery.Bucket, Revision = delivery.Revision, Manifest = _manifest?.Serial ?? 0, Horizon = _manifest?.Horizon ?? 0,
            Swept = _swept,
            Confirmed = isExact ? _manifest!.Serial : _standing.Confirmed, Count = Here().Count(), Confirmation = Confirm(isExact),
        };
        return new FleetOutcome(written, removed, [.. Refusals.Skip(before)], _standing);
    }

    private byte[]? Confirm(bool isExact) => _manifest is null ? null : new DoorConfirmation(_standing.Door, _standing.Group,
        isExact ? _manifest.Serial : _standing.Confirmed, Here().Count(), FleetSet.Digest(Here()), DateTimeOffset.UnixEpoch, "1.0").Close(Secrets);

    private SealedRecord? Open(FleetItem item)
    {
        if (item.Key.EndsWith(".manifest", StringComparison.Ordinal))
        {
            FleetManifest manifest = ManifestSeal.Open(_standing.Group, item.Value, _office);
            if (manifest.Serial < _standing.Manifest)
                throw new FleetRecordException("the manifest is an old one");
            _manifest = manifest;
            return null;
        }

        if (!item.Key.Contains(".key.", StringComparison.Ordinal))
            return PersonSeal.Open(item, _office, _keys);
        _keys = GroupKeySeal.Open(_standing.Group, _standing.Door, item.Value, _office, Secrets).Keys;
        return null;
    }

    private (int Written, int Removed) Take(List<SealedRecord> people, FleetPass pass, bool isWholeSet)
    {
        int written = 0, removed = 0;
        foreach (SealedRecord record in people)
        {
            (long Serial, bool IsHere) known = _known.GetValueOrDefault(record.Id);
            bool isKnown = known.Serial > 0;
            if (isKnown && record.Serial == known.Serial && record.IsRemoval != known.IsHere)
                continue;
            bool isOld = record.Serial <= known.Serial || (pass == FleetPass.Changes && !record.IsRemoval && record.Serial <= _swept);
            if (isOld)
            {
                Refusals.Add(new FleetRefusal(record.Id, $"the record of publication {record.Serial} is an old one"));
            }
            else if (record.IsRemoval || pass == FleetPass.Changes || isWholeSet || known.IsHere)
            {
                removed += record.IsRemoval && known.IsHere ? 1 : 0;
                written += record.IsRemoval ? 0 : 1;
                _known[record.Id] = (record.Serial, !record.IsRemoval);
            }
        }

        return (written, removed);
    }

    private int Sweep(HashSet<string> present)
    {
        string[] gone = [.. Here().Select(person => person.Id).Where(id => !present.Contains(id))];
        foreach (string id in gone)
            _known[id] = (_manifest!.Serial, false);
        return gone.Length;
    }

    private IEnumerable<(string Id, long Serial)> Here() =>
        _known.Where(person => person.Value.IsHere).Select(person => (person.Key, person.Value.Serial));

    private bool IsSet(IEnumerable<(string Id, long Serial)> people)
    {
        if (_manifest is null)
            return false;
        (string Id, long Serial)[] compared = [.. people.Where(person => person.Serial <= _manifest.Serial)];
        return compared.Length == _manifest.Count && FleetSet.Digest(compared) == _manifest.Digest;
    }
}
