using System.Collections.Concurrent;
using System.Diagnostics;
using DoorAgent.Fleet;
using DoorAgent.Link.Fleet;

namespace DoorAgent.Benchmarks;

/// <summary>A door of which there may be ten thousand in one process: it keeps ids and serials, verifies manifests, and notes when a
/// removal arrived. A person's record is not opened, since a real door does that on its own processor: <see cref="SealBenchmark"/> says how long
/// that takes.</summary>
internal sealed class LightDoor(string name, string group, OfficePublicKey office) : IFleetDoor
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _people = [];
    private readonly TaskCompletionSource _hasAll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FleetStanding _standing = new(name, group);
    private FleetManifest? _manifest;
    private TaskCompletionSource _change = Waiting();

    /// <summary>When the removal of each person arrived, in ticks of <see cref="Stopwatch"/>.</summary>
    public ConcurrentDictionary<string, long> RemovedAt { get; } = [];

    /// <summary>Completes when the door first has exactly the people of a manifest that names some.</summary>
    public Task HasAll => _hasAll.Task;

    /// <summary>The serial of the newest manifest whose people the door has exactly.</summary>
    public long Confirmed
    {
        get
        {
            lock (_gate)
                return _standing.Confirmed;
        }
    }

    /// <summary>Completes at the next delivery.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return _change.Task;
        }
    }

    public Task<FleetStanding> StandingAsync(CancellationToken stopping)
    {
        lock (_gate)
            return Task.FromResult(_standing);
    }

    public Task<FleetStanding> ContactAsync(FleetContact contact, CancellationToken stopping) => StandingAsync(stopping);

    public Task<FleetOutcome> ApplyAsync(FleetDelivery delivery, Stream parcel, CancellationToken stopping)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            int before = _people.Count, removed = 0;
            foreach (FleetItem item in FleetParcel.Read(parcel, delivery.Bytes))
                removed += Take(item, now);
            bool isExact = _manifest is { } manifest && manifest.Count == _people.Count
                && manifest.Digest == FleetSet.Digest(_people.Select(person => (person.Key, person.Value)));
            long confirmed = isExact ? _manifest!.Serial : _standing.Confirmed;
            _standing = _standing with
            {
                Bucket = delivery.Bucket, Revision = delivery.Revision, Manifest = _manifest?.Serial ?? 0, Confirmed = confirmed,
                Swept = confirmed, Count = _people.Count,
            };
            if (isExact && _people.Count > 0)
                _hasAll.TrySetResult();
            _change.SetResult();
            _change = Waiting();
            return Task.FromResult(new FleetOutcome(_people.Count - before + removed, removed, [], _standing));
        }
    }

    private static TaskCompletionSource Waiting() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int Take(FleetItem item, long now)
    {
        RecordHead head = RecordHead.Read(item.Value);
        switch (head.Kind)
        {
            case RecordKind.Manifest:
                _manifest = ManifestSeal.Open(group, item.Value, office);
                return 0;
            case RecordKind.Person:
                _people[head.Subject] = head.Serial;
                return 0;
            case RecordKind.Removal:
                RemovedAt.TryAdd(head.Subject, now);
                return _people.Remove(head.Subject) ? 1 : 0;
            default:
                return 0;
        }
    }
}
