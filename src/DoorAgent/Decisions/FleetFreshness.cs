using System.Globalization;
using DoorAgent.Fleet;
using DoorAgent.Modes;

namespace DoorAgent.Decisions;

/// <summary>The last moment at which the door had everything that its hub had.</summary>
/// <param name="At">Wall time.</param>
/// <param name="Noted">Monotonic time at which this run noted or read the moment.</param>
internal readonly record struct LastContact(DateTimeOffset At, TimeSpan Noted);

/// <summary>
/// Tells whether what a door knows of its fleet is fresh enough: there was contact within the time that the office allows, the office has
/// renewed its manifest in time, and the clock can tell. In doubt it is stale. Pure.
/// </summary>
/// <param name="built">Build time of the program: an earlier clock has never been set.</param>
internal sealed class FleetFreshness(DateTimeOffset built)
{
    /// <summary>By how much the clock may be set back, as time servers do, without being doubted.</summary>
    public static readonly TimeSpan Adjustment = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Returns why the door is stale, in words; null while it is fresh.</summary>
    /// <param name="manifest">The newest manifest.</param>
    /// <param name="contact">The last contact.</param>
    /// <param name="clock">Now, at the door's offset.</param>
    public string? StaleWhy(FleetManifest manifest, LastContact contact, ModeClock clock)
    {
        DateTimeOffset now = clock.Wall;
        if (!IsClockSet(now))
            return $"the clock is not set: it says {Date(now, now)}, and this program was built on {Date(built, now)}";
        if (now < contact.At - Adjustment)
            return $"the clock was set back: it says {Date(now, now)}, and the last contact was at {Date(contact.At, now)}";
        TimeSpan allowed = AllowedBy(manifest), age = now - contact.At, counted = clock.Now - contact.Noted;
        // A clock that is set back again and again must not make the door young.
        if ((counted > age ? counted : age) > allowed)
            return $"the last contact was at {Date(contact.At, now)}, and the office allows {Words(allowed)} without";
        return manifest.RenewBy is { } renewal && now > renewal
            ? $"the office was to renew its manifest until {Date(renewal, now)}: the office does not work, or somebody withholds what it sends"
            : null;
    }

    /// <summary>Whether the wall clock can be right.</summary>
    public bool IsClockSet(DateTimeOffset now) => now >= built;

    /// <summary>Returns how long a door works without contact before it is stale.</summary>
    public static TimeSpan AllowedBy(FleetManifest manifest) =>
        TimeSpan.FromSeconds(Math.Clamp(manifest.OfflineFor, 0, (long)Longest.TotalSeconds));

    /// <summary>A length of time in words, such as <c>60 days</c> or <c>24 hours</c>.</summary>
    public static string Words(TimeSpan length) => length switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:0.#} days"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0.#} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0.#} minutes"),
    };

    private static string Date(DateTimeOffset at, DateTimeOffset now) => ModeWords.Date(at.ToOffset(now.Offset));
}
