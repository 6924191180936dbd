using DoorAgent.Fleet;

namespace DoorAgent.Link.Fleet;

/// <summary>Records on the way from the hub to the door, in the order in which the door needs them: the group's keys and manifest open and
/// explain what follows.</summary>
internal sealed class FleetBatch
{
    /// <summary>The most records of a batch.</summary>
    public const int Most = 100;

    private readonly List<FleetItem> _group = [];
    private readonly List<FleetItem> _people = [];

    /// <summary>Whether there is no record.</summary>
    public bool IsEmpty => _group.Count + _people.Count == 0;

    /// <summary>Whether no further record belongs into the batch.</summary>
    public bool IsFull => _group.Count + _people.Count >= Most;

    /// <summary>Whether the batch must not wait for more: with a removal somebody loses access, with a manifest the door may go into
    /// lockdown. What the head of a record says is not proven here, and decides about nothing else.</summary>
    public bool IsUrgent { get; private set; }

    /// <summary>The group's own records.</summary>
    public IReadOnlyList<FleetItem> Group => _group;

    /// <summary>Sequence of the last record of the bucket of people; null without one.</summary>
    public ulong? LastPerson => _people.Count > 0 ? _people[^1].Sequence : null;

    /// <summary>Adds a record of the bucket of groups.</summary>
    public void AddOfGroup(FleetItem item)
    {
        _group.RemoveAll(older => older.Key == item.Key);
        // Keys come first: the manifest names the newest one.
        _group.Insert(item.Key.EndsWith(".manifest", StringComparison.Ordinal) ? _group.Count : 0, item);
        IsUrgent = true;
    }

    /// <summary>Adds a record of the bucket of people.</summary>
    public void AddPerson(FleetItem item)
    {
        _people.Add(item);
        IsUrgent |= IsRemoval(item);
    }

    /// <summary>Writes the records.</summary>
    /// <param name="skip">Receives what the hub sent that cannot be carried.</param>
    public MemoryStream ToParcel(Action<FleetItem, string> skip)
    {
        MemoryStream parcel = new();
        foreach (FleetItem item in _group.Concat(_people))
            Write(parcel, item, skip);
        parcel.Position = 0;
        return parcel;
    }

    /// <summary>Writes a record, unless it cannot be one of the fleet.</summary>
    public static void Write(Stream parcel, FleetItem item, Action<FleetItem, string> skip)
    {
        try
        {
            FleetParcel.Write(parcel, item);
        }
        catch (FleetRecordException impossible)
        {
            skip(item, impossible.Message);
        }
    }

    private static bool IsRemoval(FleetItem item)
    {
        try
        {
            return RecordHead.Read(item.Value).Kind is RecordKind.Removal or RecordKind.Erasure;
        }
        catch (FleetRecordException)
        {
            return false;
        }
    }
}
