using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Settings;

namespace DoorAgent.Schedules;

/// <summary>The reason why a person may not enter now, whatever their face.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Detail">Details for people.</param>
internal readonly record struct Refusal(DenyReason Reason, string? Detail = null);

/// <summary>Decides by validity and schedule whether a person may enter at a wall-clock time. Pure.</summary>
/// <param name="schedules">The configured schedules, by name.</param>
/// <param name="zone">The door's time zone.</param>
/// <param name="built">Build time of the program: an earlier clock has never been set.</param>
/// <param name="zoneProblem">Why the time zone is unknown, so that people with hours or dates may not enter; null if known.</param>
internal sealed class AccessHours(
    FrozenDictionary<string, Schedule> schedules, TimeZoneInfo zone, DateTimeOffset built, string? zoneProblem = null)
{
    private const int NamesToSay = 5;

    /// <summary>The schedules as text, by name.</summary>
    public IReadOnlyDictionary<string, string> Schedules => schedules.ToDictionary(pair => pair.Key, pair => $"{pair.Value}");

    /// <summary>Returns these hours with others beside them, such as those of a fleet. A name that is here already is not replaced.</summary>
    public AccessHours With(IReadOnlyDictionary<string, Schedule> others) => others.Count == 0 ? this
        : new AccessHours(others.Where(pair => !schedules.ContainsKey(pair.Key)).Concat(schedules)
            .ToFrozenDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase), zone, built, zoneProblem);

    /// <summary>Whether the wall clock can be trusted: clock and time zone are known.</summary>
    public bool IsClockSet(DateTimeOffset now) => zoneProblem is null && now >= built;

    /// <summary>Returns why a person may not enter at this time; null if the person may.</summary>
    public Refusal? RefusalOf(Person person, DateTimeOffset now)
    {
        foreach (Refusal first in RefusalsOf(person, now))
            return first;
        return null;
    }

    /// <summary>Returns all reasons why a person may not enter at this time; the door reports the first.</summary>
    public IEnumerable<Refusal> RefusalsOf(Person person, DateTimeOffset now)
    {
        Schedule? schedule = null;
        if (!IsAlways(person) && !schedules.TryGetValue(person.Schedule, out schedule))
        {
            yield return new Refusal(
                DenyReason.OutsideSchedule, $"their schedule '{person.Schedule}' is not in section Schedules of the configuration");
        }

        if (schedule is null && person.ValidFrom is null && person.ValidUntil is null)
            yield break;
        DateTime local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (zoneProblem is not null)
            yield return new Refusal(DenyReason.ClockNotSet, zoneProblem);
        else if (now < built)
            yield return new Refusal(DenyReason.ClockNotSet, NotSet(now));
        else if (person.ValidFrom is { } first && !first.HasBegun(local))
            yield return new Refusal(DenyReason.OutsideValidity, $"valid from {first}");
        else if (person.ValidUntil is { } last && last.IsOver(local))
            yield return new Refusal(DenyReason.OutsideValidity, $"valid until {last}");
        else if (schedule?.IsOpenAt(local) == false)
            yield return new Refusal(DenyReason.OutsideSchedule, $"{person.Schedule} is {schedule}; {NextWords(person, now)}");
    }

    /// <summary>Returns the first time from <paramref name="now"/> on at which validity and schedule admit a person; null if there is no
    /// such time, or if clock or time zone are unknown.</summary>
    public DateTimeOffset? NextEntry(Person person, DateTimeOffset now)
    {
        Schedule? schedule = null;
        if (zoneProblem is not null || now < built || !IsAlways(person) && !schedules.TryGetValue(person.Schedule, out schedule))
            return null;
        DateTimeOffset at = TimeZoneInfo.ConvertTime(now, zone);
        if (person.ValidFrom is { } first && !first.HasBegun(at.DateTime))
            at = FirstFrom(first.At, now);
        if (schedule is not null && new ZonedSchedule(schedule, zone) is var zoned && !zoned.IsOpenAt(at))
        {
            if (zoned.NextChange(at) is not { } opening)
                return null;
            at = opening;
        }

        return person.ValidUntil?.IsOver(at.DateTime) == true ? null : at;
    }

    /// <summary>Returns whether a schedule is open now; false where the schedule, the clock or the time zone is not known.</summary>
    public bool IsOpen(string schedule, DateTimeOffset now) =>
        zoneProblem is null && now >= built && schedules.TryGetValue(schedule, out Schedule? found) && found.IsOpenAt(Local(now).DateTime);

    /// <summary>Returns whether a schedule is open now, or may be: true where the schedule, the clock or the time zone is not known. For rules that
    /// are stricter in these hours.</summary>
    public bool MayBeOpen(string schedule, DateTimeOffset now) => zoneProblem is not null || now < built
        || !schedules.TryGetValue(schedule, out Schedule? found) || found.IsOpenAt(Local(now).DateTime);

    /// <summary>Returns the next moment at which a schedule opens or closes, at the door's offset; null if there is none within eight years,
    /// and if the schedule, the clock or the time zone is not known.</summary>
    public DateTimeOffset? NextChange(string schedule, DateTimeOffset now) =>
        zoneProblem is null && now >= built && schedules.TryGetValue(schedule, out Schedule? found)
            ? new ZonedSchedule(found, zone).NextChange(now) : null;

    /// <summary>Returns the next instant at which the door's wall clock shows a time of the day; null if clock or time zone are
    /// unknown.</summary>
    public DateTimeOffset? Next(TimeOnly clock, DateTimeOffset now)
    {
        if (zoneProblem is not null || now < built)
            return null;
        DateTime today = Local(now).Date + clock.ToTimeSpan();
        return new[] { today, today.AddDays(1) }.Select(local => FirstFrom(local, now)).First(instant => instant > now);
    }

    /// <summary>Returns a time at the door's offset.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone);

    /// <summary>Formats a time in the door's wall time: day of the week and time, with the date if more than a week ahead.</summary>
    public string Words(DateTimeOffset moment, DateTimeOffset now)
    {
        DateTime local = TimeZoneInfo.ConvertTime(moment, zone).DateTime, today = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        string date = local.Date - today.Date >= TimeSpan.FromDays(7) ? local.ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture) : "";
        return $"{Schedule.NameOf(local.DayOfWeek)} {date}"
            + $"{local.ToString(local.Second > 0 ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Returns whether a schedule of that name exists.</summary>
    public bool Knows(string schedule) =>
        schedule.Equals(ScheduleOptions.Always, StringComparison.OrdinalIgnoreCase) || schedules.ContainsKey(schedule);

    /// <summary>Describes each schedule that people have but that is not configured, with the people's names.</summary>
    /// <param name="gallery">The people.</param>
    /// <param name="word">The word for a person; null for the name.</param>
    public ImmutableArray<string> Unconfigured(Gallery gallery, Func<Person, string>? word = null) => [.. gallery.People
        .Where(person => !Knows(person.Schedule))
        .GroupBy(person => person.Schedule, StringComparer.OrdinalIgnoreCase)
        .Select(group => $"'{group.Key}' of {Names([.. group.Select(word ?? (person => person.Name))])}."
            + $"{DidYouMean.Hint(group.Key, [.. schedules.Keys])}")];

    private static bool IsAlways(Person person) => person.Schedule.Equals(ScheduleOptions.Always, StringComparison.OrdinalIgnoreCase);

    private string NextWords(Person person, DateTimeOffset now) => NextEntry(person, now) is { } next
        ? $"next from {Words(next, now)}"
        : person.ValidUntil is null ? "not again within eight years" : $"not again while they are valid (until {person.ValidUntil})";

    private string NotSet(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture,
        $"it says {TimeZoneInfo.ConvertTime(now, zone).DateTime:yyyy-MM-dd HH:mm}, and this program was built on {built:yyyy-MM-dd}");

    /// <summary>Converts local time to an instant; for an hour that the clock shows twice, the first instant that is not in the
    /// past.</summary>
    private DateTimeOffset FirstFrom(DateTime local, DateTimeOffset now)
    {
        DateTimeOffset[] moments = [.. ZonedSchedule.MomentsOf(local, zone)];
        return moments.FirstOrDefault(moment => moment >= now, moments[^1]);
    }

    private static string Names(string[] names) => names.Length <= NamesToSay
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(NamesToSay))} and {names.Length - NamesToSay} more";
}
