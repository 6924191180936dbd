using DoorAgent.Decisions;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Galleries;

/// <summary>A person as a list shows them.</summary>
/// <param name="Name">As it was given.</param>
/// <param name="IsEnabled">Whether they may enter.</param>
/// <param name="IsExtended">Whether the door stays unlocked longer for them.</param>
/// <param name="Added">When, UTC.</param>
/// <param name="Pictures">Encodings of the active encoder.</param>
/// <param name="Badges">Their badges.</param>
internal sealed record PersonEntry(string Name, bool IsEnabled, bool IsExtended, string Added, int Pictures, IReadOnlyList<BadgeEntry> Badges)
{
    /// <summary>The gallery's row.</summary>
    public long Id { get; init; }

    /// <summary>Their PIN; null when they have none.</summary>
    public PersonPin? Pin { get; init; }

    /// <summary>Name of their schedule.</summary>
    public string Schedule { get; init; } = ScheduleOptions.Always;

    /// <summary>From when on they may enter; null for ever since.</summary>
    public ValidityDate? ValidFrom { get; init; }

    /// <summary>Until when they may enter; null for ever.</summary>
    public ValidityDate? ValidUntil { get; init; }

    /// <summary>The dates in words; empty without one.</summary>
    public string Validity => string.Join(' ', new[] { ValidFrom is { } first ? $"from {first}" : null, ValidUntil is { } last ? $"until {last}" : null }.OfType<string>());

    /// <summary>How it stands with them at the door.</summary>
    public Standing StandingBy(StandingRule rule, DateTimeOffset now) => rule.Of(
        new Person(Id, Name, IsEnabled, IsExtended, Schedule, FirstEncoding: 0, Pictures) { ValidFrom = ValidFrom, ValidUntil = ValidUntil, Pin = Pin },
        [.. Badges.Select(badge => badge.State)], now);
}
