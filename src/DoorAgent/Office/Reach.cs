namespace DoorAgent.Office;

/// <summary>Which publications are asked for: a door has a change when it has confirmed the change's publication or a later one.</summary>
/// <param name="Serials">The serial in each group; a group that is not here is not asked.</param>
internal sealed record Reach(IReadOnlyDictionary<string, long> Serials)
{
    /// <summary>The newest publication of groups.</summary>
    public static Reach Newest(IEnumerable<OfficeGroup> groups) => new(groups.ToDictionary(group => group.Name, group => group.Serial));

    /// <summary>The last change of a person in each of their groups.</summary>
    public static Reach Of(IEnumerable<OfficeRecord> records) => new(records.ToDictionary(record => record.Group, record => record.Serial));

    /// <summary>Returns the doors that are asked for, by group and name.</summary>
    public IReadOnlyList<ReachedDoor> Of(IReadOnlyList<DoorReport> doors) =>
    [
        .. doors.Where(door => Serials.ContainsKey(door.Group.Name))
            .Select(door => new ReachedDoor(door, Serials[door.Group.Name]))
            .OrderBy(door => door.Report.Group.Name, StringComparer.Ordinal).ThenBy(door => door.Report.Door.Name, StringComparer.Ordinal),
    ];
}

/// <summary>A door, and whether it has a change.</summary>
/// <param name="Report">What the office knows of the door.</param>
/// <param name="Serial">Serial of the publication that is asked for.</param>
internal sealed record ReachedDoor(DoorReport Report, long Serial)
{
    /// <summary>Whether the door has signed that it has the change.</summary>
    public bool HasIt => Report.Has(Serial);
}
