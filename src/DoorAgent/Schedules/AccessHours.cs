using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Settings;

namespace DoorAgent.Schedules;

/// <summary>Who may enter at what time of the wall clock: validity and schedules. Pure.</summary>
/// <param name="schedules">The schedules that are configured, by name.</param>
/// <param name="zone">Where the door is.</param>
/// <param name="built">When this program was built: a clock before it was never set.</param>
/// <param name="zoneProblem">Why the zone is not known, and so nobody with hours or dates may enter; null where it is.</param>
internal sealed class AccessHours(FrozenDictionary<string, Schedule> schedules, TimeZoneInfo zone, DateTimeOffset built, string? zoneProblem = null)
{
    private const int NamesToSay = 5;

    /// <summary>The schedules in words, by name.</summary>
    public IReadOnlyDictionary<string, string> Schedules => schedules.ToDictionary(pair => pair.Key, pair => $"{pair.Value}");

    /// <summary>Why a person may not enter at this moment; null when they may.</summary>
    public Refusal? RefusalOf(Person person, DateTimeOffset now)
    {
        foreach (Refusal first in RefusalsOf(person, now))
            return first;
        return null;
    }

    /// <summary>All that forbids a person to enter at this moment; the door says the first.</summary>
    public IEnumerable<Refusal> RefusalsOf(Person person, DateTimeOffset now)
    {
        Schedule? schedule = null;
        if (!IsAlways(person) && !schedules.TryGetValue(person.Schedule, out schedule))
            yield return new Refusal(DenyReason.OutsideSchedule, $"their schedule '{person.Schedule}' is not in section Schedules of the configuration");
        if (schedule is null && person.ValidFrom is null && person.ValidUntil is null)
            yield break;
        DateTime local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (zoneProblem is not null)
            yield return new Refusal(DenyReason.ClockNotSet, zoneProblem);
        else if (now < built)
            yield return new Refusal(DenyReason.ClockNotSet, string.Create(CultureInfo.InvariantCulture, $"it says {local:yyyy-MM-dd HH:mm}, and this program was built on {built:yyyy-MM-dd}"));
        else if (person.ValidFrom is { } first && !first.HasBegun(local))
            yield return new Refusal(DenyReason.OutsideValidity, $"valid from {first}");
        else if (person.ValidUntil is { } last && last.IsOver(local))
            yield return new Refusal(DenyReason.OutsideValidity, $"valid until {last}");
        else if (schedule?.IsOpenAt(local) == false)
            yield return new Refusal(DenyReason.OutsideSchedule, $"{person.Schedule} is {schedule}; {NextWords(person, now)}");
    }

    /// <summary>The first moment, not before <paramref name="now"/>, at which validity and schedule let a person in; null when none
    /// comes, or while clock or zone are not known.</summary>
    public DateTimeOffset? NextEntry(Person person, DateTimeOffset now)
    {
        Schedule? schedule = null;
        if (zoneProblem is not null || now < built || !IsAlways(person) && !schedules.TryGetValue(person.Schedule, out schedule))
            return null;
        DateTime at = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (person.ValidFrom is { } first && !first.HasBegun(at))
            at = Shown(first.At);
        if (schedule?.IsOpenAt(at) == false)
            at = NextOpening(schedule, at);
        return person.ValidUntil?.IsOver(at) == true ? null : Instant(at, now);
    }

    /// <summary>A moment in a few words, in the door's wall time: today's day of the week is also next week's, and so then with the date.</summary>
    public string Words(DateTimeOffset moment, DateTimeOffset now)
    {
        DateTime local = TimeZoneInfo.ConvertTime(moment, zone).DateTime, today = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        string date = local.Date - today.Date >= TimeSpan.FromDays(7) ? local.ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture) : "";
        return $"{Schedule.NameOf(local.DayOfWeek)} {date}{local.ToString(local.Second > 0 ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Whether there is a schedule of that name.</summary>
    public bool Knows(string schedule) => schedule.Equals(ScheduleOptions.Always, StringComparison.OrdinalIgnoreCase) || schedules.ContainsKey(schedule);

    /// <summary>For each schedule that people have and that is not configured words that name both.</summary>
    public ImmutableArray<string> Unconfigured(Gallery gallery) => [.. gallery.People
        .Where(person => !Knows(person.Schedule))
        .GroupBy(person => person.Schedule, StringComparer.OrdinalIgnoreCase)
        .Select(group => $"'{group.Key}' of {Names([.. group.Select(person => person.Name)])}.{DidYouMean.Hint(group.Key, [.. schedules.Keys])}")];

    private static bool IsAlways(Person person) => person.Schedule.Equals(ScheduleOptions.Always, StringComparison.OrdinalIgnoreCase);

    /// <summary>When it opens the next time on a clock that leaves times out.</summary>
    private DateTime NextOpening(Schedule schedule, DateTime local)
    {
        DateTime opening = schedule.NextOpening(local);
        while (zone.IsInvalidTime(opening))
        {
            DateTime shown = Shown(opening);
            if (schedule.IsOpenAt(shown))
                return shown;
            opening = schedule.NextOpening(opening);
        }

        return opening;
    }

    private string NextWords(Person person, DateTimeOffset now) => NextEntry(person, now) is { } next
        ? $"next from {Words(next, now)}"
        : $"not again while they are valid (until {person.ValidUntil})";

    /// <summary>The first moment from this on that the clock shows.</summary>
    private DateTime Shown(DateTime local)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return local;
    }

    /// <summary>Local time as a moment; of an hour that the clock shows twice the first that is still to come.</summary>
    private DateTimeOffset Instant(DateTime local, DateTimeOffset now) => zone.IsAmbiguousTime(local)
        ? zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset)).Order().FirstOrDefault(moment => moment >= now, new DateTimeOffset(local, zone.GetUtcOffset(local)))
        : new DateTimeOffset(local, zone.GetUtcOffset(local));

    private static string Names(string[] names) => names.Length <= NamesToSay
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(NamesToSay))} and {names.Length - NamesToSay} more";
}
