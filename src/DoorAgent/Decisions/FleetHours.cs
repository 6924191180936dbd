using System.Collections.Frozen;
using System.Collections.Immutable;
using DoorAgent.Fleet;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>The hours of a fleet's group, as its manifest has them: they stand beside the door's own, with the group's holidays.</summary>
/// <param name="Schedules">The hours by name, each with <see cref="Prefix"/>.</param>
/// <param name="Faults">Which texts of the manifest are not hours, as sentences: people who have such hours are refused.</param>
internal sealed record FleetHours(FrozenDictionary<string, Schedule> Schedules, ImmutableArray<string> Faults)
{
    /// <summary>The begin of the name of the group's hours at a door; the name of a door's own hours has no colon.</summary>
    public const string Prefix = "fleet:";

    /// <summary>A door that is in no fleet, or has no manifest yet.</summary>
    public static FleetHours None { get; } = new(FrozenDictionary<string, Schedule>.Empty, []);

    /// <summary>Whether a name is that of hours of the group.</summary>
    public static bool IsName(string schedule) => schedule.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the hours of a manifest; null stands for no manifest.</summary>
    public static FleetHours Of(FleetManifest? manifest)
    {
        if (manifest is null)
            return None;
        List<string> faults = [];
        Holidays? holidays = manifest.Holidays is { } dates ? Parsed(dates, "its holidays", Holidays.Parse, faults) : null;
        Dictionary<string, Schedule> known = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string text) in manifest.Schedules)
        {
            if (Parsed(text, $"its hours '{name}'", Schedule.Parse, faults) is not { } schedule)
                continue;
            // Without the dates, a day on which the hours are closed could not be told from another one.
            if (schedule.HeedsHolidays && holidays is null)
                faults.Add($"the manifest of the fleet has no valid holidays, which its hours '{name}' need");
            else if (!known.TryAdd(Prefix + name, schedule.With(holidays ?? Holidays.None)))
                known.Remove(Prefix + name);
        }

        return new FleetHours(known.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), [.. faults]);
    }

    private static T? Parsed<T>(string text, string what, Func<string, T> parse, List<string> faults) where T : class
    {
        try
        {
            return parse(text);
        }
        catch (FormatException wrong)
        {
            faults.Add($"the manifest of the fleet cannot be used for {what}: {wrong.Message.TrimEnd('.')}");
            return null;
        }
    }
}
