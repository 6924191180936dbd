using System.Text.RegularExpressions;
using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>
/// Summarises repeated events: the first of several equal events is written at once, the others are counted and summarised in one line
/// after 1 min, 2, 4, 8 and then every 15 min (alarms every minute), and after a minute without another. Lines keep the events' order:
/// before another line is written, all counts are written. Grants, and the events of a passage or an alarm of the door itself, are never
/// counted. Times are monotonic.
/// </summary>
internal sealed partial class RepeatFilter
{
    /// <summary>Time without a repeat after which the next equal event is written again.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    /// <summary>Longest time for which repeats are only counted.</summary>
    public static readonly TimeSpan LongestSpacing = TimeSpan.FromMinutes(15);

    private readonly Dictionary<Key, Run> _runs = [];
    private long _added;

    /// <summary>The time at which <see cref="Due"/> has lines; null when nothing is counted.</summary>
    public TimeSpan? NextDue => _runs.Count == 0 ? null : _runs.Values.Min(run => run.Due);

    /// <summary>Adds an event.</summary>
    /// <returns>The lines to write now, in order; none when the event is only counted.</returns>
    public IReadOnlyList<FilteredEvent> Add(DoorEvent e, TimeSpan now)
    {
        List<FilteredEvent> lines = [.. Due(now)];
        if (!MayBeCounted(e))
            return [.. lines, .. Flush(now), new FilteredEvent(e, 0, TimeSpan.Zero)];
        Key same = new(e.Kind, e.Reason, e.PersonId, e.BadgeHint, Digits().Replace(e.Detail ?? "", "#"));
        if (_runs.TryGetValue(same, out Run? run))
        {
            _runs[same] = run with { Last = e, Order = ++_added, LastAt = now, Count = run.Count + 1 };
            return lines;
        }

        lines.AddRange(Flush(now));
        _runs.Add(same, new Run(e, ++_added, now, now, 0, Quiet));
        return [.. lines, new FilteredEvent(e, 0, TimeSpan.Zero)];
    }

    /// <summary>Returns the summaries that are due.</summary>
    public IReadOnlyList<FilteredEvent> Due(TimeSpan now)
    {
        IReadOnlyList<FilteredEvent> lines = _runs.Values.Any(run => run.Count > 0 && run.Due <= now) ? Flush(now) : [];
        foreach (Key over in _runs.Where(run => run.Value.LastAt + Quiet <= now).Select(run => run.Key).ToList())
            _runs.Remove(over);
        return lines;
    }

    /// <summary>Returns the summaries of all counts, due or not.</summary>
    public IReadOnlyList<FilteredEvent> Flush(TimeSpan now)
    {
        List<FilteredEvent> lines = [];
        foreach ((Key same, Run run) in _runs.Where(run => run.Value.Count > 0).OrderBy(run => run.Value.Order).ToList())
        {
            lines.Add(new FilteredEvent(run.Last, run.Count, run.LastAt - run.WrittenAt));
            TimeSpan spacing = now < run.WrittenAt + run.Spacing || run.Last.IsAlarm() ? run.Spacing : run.Spacing * 2;
            _runs[same] = run with { WrittenAt = now, Count = 0, Spacing = spacing < LongestSpacing ? spacing : LongestSpacing };
        }

        return lines;
    }

    // A new kind is never counted until this list names it. A denial with a comparison has its own distance; an attempt that names a person
    // belongs to a passage.
    private static bool MayBeCounted(DoorEvent e) => e.Kind switch
    {
        DoorEventKind.Denied => e.Distance is null,
        DoorEventKind.AttemptOpened => e.PersonId is null,
        DoorEventKind.BadgeNotUsed or DoorEventKind.AttemptAbandoned or DoorEventKind.RequestToExit or DoorEventKind.ReaderFault
            or DoorEventKind.LineNoise or DoorEventKind.LineRestored or DoorEventKind.ReaderOffline or DoorEventKind.ReaderRestored
            or DoorEventKind.ExitLineNoise or DoorEventKind.ExitLineRestored or DoorEventKind.ExitReaderOffline
            or DoorEventKind.ExitReaderRestored or DoorEventKind.CameraFault or DoorEventKind.CameraRestored or DoorEventKind.CameraSlow
            or DoorEventKind.GalleryRefused or DoorEventKind.GalleryRolledBack or DoorEventKind.StorageSlow
            or DoorEventKind.KeysNotUsed or DoorEventKind.FleetRefused or DoorEventKind.FleetFault or DoorEventKind.FleetRestored => true,
        _ => false,
    };

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    private sealed record Key(DoorEventKind? Kind, DenyReason? Reason, long? Person, string? Badge, string Detail);

    private sealed record Run(DoorEvent Last, long Order, TimeSpan LastAt, TimeSpan WrittenAt, int Count, TimeSpan Spacing)
    {
        public TimeSpan Due => Count > 0 && WrittenAt + Spacing < LastAt + Quiet ? WrittenAt + Spacing : LastAt + Quiet;
    }
}

/// <summary>A line to write: an event, or a summary of its repeats.</summary>
/// <param name="Event">The event; in a summary the last repeat.</param>
/// <param name="Repeats">0 for the event itself; else the number of repeats, which differ from an earlier line only in time and
/// numbers.</param>
/// <param name="Over">The time that a summary covers, since the last line about these events.</param>
internal sealed record FilteredEvent(DoorEvent Event, int Repeats, TimeSpan Over);
