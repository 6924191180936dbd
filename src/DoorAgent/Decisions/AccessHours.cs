using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>Who may enter at what time of the wall clock: validity and schedules. Pure.</summary>
/// <param name="schedules">The schedules that are configured, by name.</param>
/// <param name="zone">Where the door is.</param>
/// <param name="built">When this program was built: a clock before it was never set.</param>
internal sealed class AccessHours(FrozenDictionary<string, Schedule> schedules, TimeZoneInfo zone, DateTimeOffset built)
{
    private const int NamesToSay = 5;

    /// <summary>The schedules in words, by name.</summary>
    public IReadOnlyDictionary<string, string> Schedules => schedules.ToDictionary(pair => pair.Key, pair => $"{pair.Value}");

    /// <summary>Why a person may not enter at this moment; null when they may.</summary>
    public Refusal? RefusalOf(Person person, DateTimeOffset now)
    {
        Schedule? schedule = null;
        if (!IsAlways(person) && !schedules.TryGetValue(person.Schedule, out schedule))
            return new Refusal(DenyReason.OutsideSchedule, $"their schedule '{person.Schedule}' is not in section Schedules of the configuration");
        if (schedule is null && person.ValidFrom is null && person.ValidUntil is null)
            return null;
        DateTime local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (now < built)
            return new Refusal(DenyReason.ClockNotSet, string.Create(CultureInfo.InvariantCulture, $"it says {local:yyyy-MM-dd HH:mm}, and this program was built on {built:yyyy-MM-dd}"));
        if (person.ValidFrom is { } first && !first.HasBegun(local))
            return new Refusal(DenyReason.OutsideValidity, $"valid from {first}");
        if (person.ValidUntil is { } last && last.IsOver(local))
            return new Refusal(DenyReason.OutsideValidity, $"valid until {last}");
        return schedule?.IsOpenAt(local) ?? true
            ? null
            : new Refusal(DenyReason.OutsideSchedule, $"{person.Schedule} is {schedule}; next from {Words(NextOpening(schedule, local), local)}");
    }

    /// <summary>For each schedule that people have and that is not configured words that name both.</summary>
    public ImmutableArray<string> Unconfigured(Gallery gallery) => [.. gallery.People
        .Where(person => !IsAlways(person) && !schedules.ContainsKey(person.Schedule))
        .GroupBy(person => person.Schedule, StringComparer.OrdinalIgnoreCase)
        .Select(group => $"'{group.Key}' of {Names([.. group.Select(person => person.Name)])}.{NearestWord.Hint(group.Key, [.. schedules.Keys])}")];

    private static bool IsAlways(Person person) => person.Schedule.Equals(ScheduleOptions.Always, StringComparison.OrdinalIgnoreCase);

    /// <summary>When it opens the next time on a clock that leaves times out.</summary>
    private DateTime NextOpening(Schedule schedule, DateTime local)
    {
        DateTime opening = schedule.NextOpening(local);
        while (zone.IsInvalidTime(opening))
        {
            DateTime shown = opening;
            while (zone.IsInvalidTime(shown))
                shown = shown.AddMinutes(1);
            if (schedule.IsOpenAt(shown))
                return shown;
            opening = schedule.NextOpening(opening);
        }

        return opening;
    }

    /// <summary>Today's day of the week is also next week's: then with the date.</summary>
    private static string Words(DateTime opening, DateTime local) => string.Create(CultureInfo.InvariantCulture,
        $"{Schedule.NameOf(opening.DayOfWeek)} {(opening.Date - local.Date >= TimeSpan.FromDays(7) ? $"{opening:yyyy-MM-dd} " : "")}{opening:HH:mm}");

    private static string Names(string[] names) => names.Length <= NamesToSay
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(NamesToSay))} and {names.Length - NamesToSay} more";
}
