namespace DoorAgent.Office;

/// <summary>Which signed removals the hub need not keep: those that every door has confirmed, after a while, and those that are older than
/// any door that still works on its own. The manifest's horizon says so to a door that comes back later.</summary>
internal static class Compaction
{
    /// <summary>How long a removal stays at the hub that every door has confirmed.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Whether a removal is old enough to ask the doors about it.</summary>
    public static bool MayBeDue(FleetOffice office) => office.Groups.All().Any(group =>
        office.Records.OldestRemoval(group.Name) is { } oldest && office.Time.GetUtcNow() - oldest > Least(group));

    /// <summary>Publishes a raised horizon for each group with removals to forget.</summary>
    /// <param name="office">The office.</param>
    /// <param name="doors">What the office knows of the doors.</param>
    /// <returns>How many removals were forgotten.</returns>
    public static int Run(FleetOffice office, IReadOnlyList<DoorReport> doors) => office.Store.Change(() =>
    {
        int forgotten = 0;
        foreach (OfficeGroup group in office.Groups.All())
        {
            Func<OfficeRecord, bool> isOld = IsOld(group, [.. doors.Where(door => door.Group.Name == group.Name)], office.Time.GetUtcNow());
            if (office.Records.Of(group.Name).Any(record => record.State != RecordState.Present && isOld(record)))
                office.Publish(group.Name, "old removals forgotten", change => forgotten += change.ForgetRemovals(isOld));
        }

        return forgotten;
    });

    private static TimeSpan Least(OfficeGroup group) => 2 * group.Settings.OfflineFor < Kept ? 2 * group.Settings.OfflineFor : Kept;

    private static Func<OfficeRecord, bool> IsOld(OfficeGroup group, DoorReport[] doors, DateTimeOffset now)
    {
        long confirmed = doors.Length == 0 ? group.Serial : doors.Min(door => door.Serial);
        return removal => now - removal.Changed > 2 * group.Settings.OfflineFor
            || (now - removal.Changed > Kept && removal.Serial <= confirmed);
    }
}
