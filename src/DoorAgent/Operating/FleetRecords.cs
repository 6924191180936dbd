using System.Globalization;
using System.Text.RegularExpressions;
using DoorAgent.Events;
using DoorAgent.Fleet;

namespace DoorAgent.Operating;

/// <summary>Makes the records of what the fleet delivers, so that a hub that repeats itself, or somebody hostile, does not fill the journal:
/// the same refusal and the same fault are on record once a day, and no more than <see cref="MostADay"/> different ones.</summary>
internal sealed partial class FleetRecords
{
    /// <summary>The largest number of different refusals, and of faults, on record in a day.</summary>
    public const int MostADay = 20;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<string, TimeSpan> _refusals = [], _faults = [];
    private bool _hasFault;

    /// <summary>Returns the records of a delivery.</summary>
    /// <param name="outcome">What the delivery changed.</param>
    /// <param name="now">Monotonic time.</param>
    public IEnumerable<DoorEvent> Of(FleetOutcome outcome, TimeSpan now)
    {
        if (outcome.Written + outcome.Removed > 0)
        {
            yield return new DoorEvent(DoorEventKind.FleetApplied)
            {
                Detail = string.Create(CultureInfo.InvariantCulture,
                    $"{outcome.Written} added or changed, {outcome.Removed} removed; manifest {outcome.Standing.Manifest}"),
            };
        }

        foreach (IGrouping<string, FleetRefusal> same in outcome.Refusals.GroupBy(refusal => KindOf(refusal.Why)))
        {
            if (IsDue(_refusals, same.Key, now))
            {
                FleetRefusal first = same.First();
                yield return new DoorEvent(DoorEventKind.FleetRefused)
                {
                    Detail = string.Create(CultureInfo.InvariantCulture, $"{same.Count()} records: {first.Why.TrimEnd('.')} ({first.Key})"),
                };
            }
        }
    }

    /// <summary>Returns the records of the present faults: of a new one, and of their end.</summary>
    /// <param name="faults">The faults, as sentences.</param>
    /// <param name="now">Monotonic time.</param>
    public IEnumerable<DoorEvent> Of(IReadOnlyCollection<string> faults, TimeSpan now)
    {
        foreach (string fault in faults.Where(fault => IsDue(_faults, KindOf(fault), now)))
        {
            _hasFault = true;
            yield return new DoorEvent(DoorEventKind.FleetFault) { Detail = fault.TrimEnd('.') };
        }

        if (faults.Count > 0 || !_hasFault)
            yield break;
        _hasFault = false;
        yield return new DoorEvent(DoorEventKind.FleetRestored);
    }

    private static bool IsDue(Dictionary<string, TimeSpan> known, string kind, TimeSpan now)
    {
        foreach (string old in known.Where(one => now - one.Value >= Day).Select(one => one.Key).ToArray())
            known.Remove(old);
        return known.Count < MostADay && known.TryAdd(kind, now);
    }

    /// <summary>The text without what differs from record to record: numbers, digests and ids.</summary>
    private static string KindOf(string why) => Marks().Replace(why, "#");

    [GeneratedRegex(@"[0-9a-f]{8,}|[0-9]+")]
    private static partial Regex Marks();
}
