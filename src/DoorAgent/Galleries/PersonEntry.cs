using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Galleries;

/// <summary>A person in a list.</summary>
/// <param name="Name">Name of the person, as entered.</param>
/// <param name="IsEnabled">Whether the person may enter.</param>
/// <param name="IsExtended">Whether the door stays unlocked longer for the person.</param>
/// <param name="Added">When the person was added, UTC.</param>
/// <param name="Pictures">Number of encodings of the active encoder.</param>
/// <param name="Badges">Badges of the person.</param>
internal sealed record PersonEntry(string Name, bool IsEnabled, bool IsExtended, string Added, int Pictures,
    IReadOnlyList<BadgeEntry> Badges)
{
    /// <summary>Row id in the gallery.</summary>
    public long Id { get; init; }

    /// <summary>Whether the person has a PIN.</summary>
    public bool HasPin { get; init; }

    /// <summary>Whether the person has a duress PIN too.</summary>
    public bool HasDuressPin { get; init; }

    /// <summary>The person's consent; null when none is recorded.</summary>
    public Consent? Consent { get; init; }

    /// <summary>When pictures of the person were last added; null without pictures of the active encoder.</summary>
    public DateTimeOffset? PicturesSince { get; init; }

    /// <summary>Name of the schedule.</summary>
    public string Schedule { get; init; } = ScheduleOptions.Always;

    /// <summary>First date on which the person may enter; null without a limit.</summary>
    public ValidityDate? ValidFrom { get; init; }

    /// <summary>Last date on which the person may enter; null without a limit.</summary>
    public ValidityDate? ValidUntil { get; init; }

    /// <summary>Whether the person may enter during a lockdown.</summary>
    public bool IsForLockdown { get; init; }

    /// <summary>Whether the person enters only together with a second person.</summary>
    public bool NeedsSecondPerson { get; init; }

    /// <summary>Whether the person is a visitor, who enters only after one of the hosts.</summary>
    public bool IsEscorted { get; init; }

    /// <summary>The person's id in the fleet; null for somebody who was enrolled at this door.</summary>
    public string? Origin { get; init; }

    /// <summary>Row ids of a visitor's hosts.</summary>
    public ImmutableArray<long> HostIds { get; init; } = [];

    /// <summary>Names of a visitor's hosts, in the same order.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The dates for people to read; empty without dates.</summary>
    public string Validity => string.Join(' ', new[]
    {
        ValidFrom is { } first ? $"from {first}" : null,
        ValidUntil is { } last ? $"until {last}" : null,
    }.OfType<string>());

    /// <summary>The rules for this person that are not those of everybody, for people to read; empty without any.</summary>
    public string Rules => string.Join("; ", new[]
    {
        IsForLockdown ? "may enter during a lockdown" : null,
        NeedsSecondPerson ? "only together with a second person" : null,
        IsEscorted ? $"visitor, only after a host ({(Hosts.Count > 0 ? string.Join(", ", Hosts) : "none is named")})" : null,
    }.OfType<string>());

    /// <summary>Determines whether the person may enter at a moment.</summary>
    public Eligibility EligibilityBy(EligibilityRule rule, DateTimeOffset now) => rule.Of(
        new Person(Id, Name, IsEnabled, IsExtended, Schedule, FirstEncoding: 0, Pictures)
        {
            ValidFrom = ValidFrom,
            ValidUntil = ValidUntil,
            Pin = HasPin ? PersonPin.Unread : null,
            IsForLockdown = IsForLockdown,
            NeedsSecondPerson = NeedsSecondPerson,
            IsEscorted = IsEscorted,
            Origin = Origin,
            Hosts = HostIds,
        },
        [.. Badges.Select(badge => badge.State)], now);
}
