using DoorAgent.Schedules;

namespace DoorAgent.Fleet;

/// <summary>What a manifest must be. The office checks before it signs, and the door after it has verified.</summary>
internal static class ManifestRules
{
    /// <summary>The most people of a group, and the most schedules.</summary>
    public const int MostPeople = 250_000, MostSchedules = 100;

    /// <summary>The longest lockdown that the office may order at once: a lockdown has an end, also where the office is lost.</summary>
    public static readonly TimeSpan LongestLockdown = TimeSpan.FromDays(31);

    private const int LongestSchedule = 1000, LongestHolidays = 4000, LongestReason = 200;

    // Ten years.
    private const long LongestOffline = 10L * 366 * 24 * 60 * 60;

    /// <summary>Refuses a manifest that is not as it must be.</summary>
    /// <exception cref="FleetRecordException">The message says which field is wrong.</exception>
    public static void Require(FleetManifest manifest)
    {
        if (Wrong(manifest) is { } what)
            throw new FleetRecordException($"the manifest's {what}");
    }

    private static string? Wrong(FleetManifest manifest) =>
        !FleetIds.IsName(manifest.Group) ? "group has an impossible name"
        : manifest.Serial < 1 || manifest.Key < 1 ? "serial or number of the key is not 1 or more"
        : manifest.Count is < 0 or > MostPeople ? "number of people is impossible"
        : !PersonRules.IsDigest(manifest.Digest) ? "digest is not SHA-256"
        : manifest.Horizon < 0 || manifest.Horizon > manifest.Serial ? "horizon is not between 0 and its serial"
        : manifest.OfflineFor is < 1 or > LongestOffline ? "time without contact is not between a second and ten years"
        : manifest.Issued.Offset != TimeSpan.Zero ? "time is not UTC"
        : manifest.RenewBy is { } renewal && (renewal.Offset != TimeSpan.Zero || renewal <= manifest.Issued)
            ? "time of renewal is not UTC, or not after it was issued"
        : WrongLockdown(manifest.Lockdown) ?? WrongHours(manifest);

    private static string? WrongLockdown(FleetLockdown? lockdown) =>
        lockdown is null ? null
        : lockdown.Since.Offset != TimeSpan.Zero || lockdown.Until.Offset != TimeSpan.Zero ? "lockdown has times that are not UTC"
        : lockdown.Until <= lockdown.Since || lockdown.Until - lockdown.Since > LongestLockdown
            ? FormattableString.Invariant($"lockdown does not end after it begins, or lasts longer than {LongestLockdown.Days} days")
        : lockdown.Why.Length == 0 || !PersonRules.IsText(lockdown.Why, LongestReason)
            ? FormattableString.Invariant($"lockdown has no reason of 1 to {LongestReason} characters in one line")
        : null;

    private static string? WrongHours(FleetManifest manifest)
    {
        if (manifest.Schedules.Count > MostSchedules
            || manifest.Schedules.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() != manifest.Schedules.Count)
            return FormattableString.Invariant($"schedules are more than {MostSchedules}, or two have one name");
        foreach ((string name, string text) in manifest.Schedules)
        {
            if (!PersonRules.IsScheduleName(name) || IsReserved(name))
                return "schedules have an impossible name";
            if (text is null || text.Length > LongestSchedule || !Parses(text, Schedule.Parse))
                return $"schedule '{name}' is not a schedule";
        }

        return manifest.Holidays is { } dates && (dates.Length > LongestHolidays || !Parses(dates, Holidays.Parse))
            ? "holidays are not a list of dates" : null;
    }

    private static bool IsReserved(string name) => name.Equals(ScheduleOptions.Always, StringComparison.OrdinalIgnoreCase)
        || name.Equals(Schedule.HolidayName, StringComparison.OrdinalIgnoreCase);

    private static bool Parses<T>(string text, Func<string, T> parse)
    {
        try
        {
            _ = parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
