using System.Text.RegularExpressions;
using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>
/// Keeps a log calm: the first of several events that are the same is a line at once, the others are counted and told in one
/// line after 1 min, 2, 4, 8 and then every 15 min (alarms every minute), and when a minute passed without another. Lines keep
/// the events' order: before anything else is written, what was counted is told. Grants, and what a passage or an alarm of the
/// door itself consists of, are never counted. Times are of a monotonic clock.
/// </summary>
internal sealed partial class RepeatFilter
{
    /// <summary>So long after the last of them, the next one is a first one again.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    /// <summary>Longest time that events are only counted.</summary>
    public static readonly TimeSpan LongestSpacing = TimeSpan.FromMinutes(15);

    private readonly Dictionary<Sameness, Run> _runs = [];
    private long _taken;

    /// <summary>When <see cref="Due"/> has something to do; null when nothing is waiting.</summary>
    public TimeSpan? NextDue => _runs.Count == 0 ? null : _runs.Values.Min(run => run.Due);

    /// <summary>Takes an event.</summary>
    /// <returns>The lines to write now, in order; none when it is only counted.</returns>
    public IReadOnlyList<FilteredEvent> Take(DoorEvent e, TimeSpan now)
    {
        List<FilteredEvent> lines = [.. Due(now)];
        if (!MayBeCounted(e))
            return [.. lines, .. Told(now), new FilteredEvent(e, 0, TimeSpan.Zero)];
        Sameness same = new(e.Kind, e.Reason, e.PersonId, e.BadgeHint, Digits().Replace(e.Detail ?? "", "#"));
        if (_runs.TryGetValue(same, out Run? run))
        {
            _runs[same] = run with { Last = e, Order = ++_taken, LastAt = now, Count = run.Count + 1 };
            return lines;
        }

        lines.AddRange(Told(now));
        _runs.Add(same, new Run(e, ++_taken, now, now, 0, Quiet));
        return [.. lines, new FilteredEvent(e, 0, TimeSpan.Zero)];
    }

    /// <summary>What has been counted long enough.</summary>
    public IReadOnlyList<FilteredEvent> Due(TimeSpan now)
    {
        IReadOnlyList<FilteredEvent> lines = _runs.Values.Any(run => run.Count > 0 && run.Due <= now) ? Told(now) : [];
        foreach (Sameness over in _runs.Where(run => run.Value.LastAt + Quiet <= now).Select(run => run.Key).ToList())
            _runs.Remove(over);
        return lines;
    }

    /// <summary>Everything counted so far, whether due or not: at the end, nothing is kept back.</summary>
    public IReadOnlyList<FilteredEvent> Told(TimeSpan now)
    {
        List<FilteredEvent> lines = [];
        foreach ((Sameness same, Run run) in _runs.Where(run => run.Value.Count > 0).OrderBy(run => run.Value.Order).ToList())
        {
            lines.Add(new FilteredEvent(run.Last, run.Count, run.LastAt - run.ToldAt));
            TimeSpan spacing = now < run.ToldAt + run.Spacing || run.Last.IsAlarm() ? run.Spacing : run.Spacing * 2;
            _runs[same] = run with { ToldAt = now, Count = 0, Spacing = spacing < LongestSpacing ? spacing : LongestSpacing };
        }

        return lines;
    }

    // A new kind is a line of its own until somebody decides here that many of it say no more than one. A comparison has its
    // distance and is never the same as another; an attempt that names somebody belongs to a passage.
    private static bool MayBeCounted(DoorEvent e) => e.Kind switch
    {
        DoorEventKind.Denied => e.Distance is null,
        DoorEventKind.AttemptOpened => e.PersonId is null,
        DoorEventKind.BadgeNotUsed or DoorEventKind.AttemptAbandoned or DoorEventKind.RequestToExit or DoorEventKind.ReaderFault
            or DoorEventKind.LineNoise or DoorEventKind.LineRestored or DoorEventKind.ReaderOffline or DoorEventKind.ReaderRestored
            or DoorEventKind.CameraFault or DoorEventKind.CameraRestored or DoorEventKind.CameraSlow or DoorEventKind.GalleryRefused or DoorEventKind.StorageSlow
            or DoorEventKind.KeysNotUsed => true,
        _ => false,
    };

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    private sealed record Sameness(DoorEventKind? Kind, DenyReason? Reason, long? Person, string? Badge, string Detail);

    private sealed record Run(DoorEvent Last, long Order, TimeSpan LastAt, TimeSpan ToldAt, int Count, TimeSpan Spacing)
    {
        public TimeSpan Due => Count > 0 && ToldAt + Spacing < LastAt + Quiet ? ToldAt + Spacing : LastAt + Quiet;
    }
}
