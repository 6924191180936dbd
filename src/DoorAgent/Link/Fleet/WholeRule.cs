using DoorAgent.Fleet;
using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>When a door reads all records of its group again, instead of the changes only. A door that has everything and does not get the
/// set of its manifest, because a record is refused or is missing in the hub, tries again after growing waits, and with each new
/// manifest.</summary>
/// <param name="time">The clock.</param>
internal sealed class WholeRule(TimeProvider time)
{
    /// <summary>The first and the longest wait between two attempts.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1), LongestWait = TimeSpan.FromHours(1);

    private long _manifest = -1;
    private long _triedAt;
    private TimeSpan _wait;

    /// <summary>Whether the changes after the door's revision would not be enough: in another bucket, before the horizon, and in a hub that
    /// was restored from an old copy.</summary>
    public static bool IsNeeded(FleetStanding standing, HubBucket bucket) => standing.Bucket != bucket.Id || standing.Revision == 0
        || standing.Revision > bucket.Last || standing.Swept < standing.Horizon;

    /// <summary>Whether a door that has everything lacks something, and has not tried lately.</summary>
    public bool IsDue(FleetStanding standing) => standing.Confirmed < standing.Manifest
        && (standing.Manifest != _manifest || time.GetElapsedTime(_triedAt) >= _wait);

    /// <summary>Notes an attempt.</summary>
    /// <param name="standing">Where the door stood after it.</param>
    public void Tried(FleetStanding standing)
    {
        _wait = standing.Manifest != _manifest ? FirstWait : TimeSpan.FromTicks(Math.Min(2 * _wait.Ticks, LongestWait.Ticks));
        (_manifest, _triedAt) = (standing.Manifest, time.GetTimestamp());
    }
}
