using System.Text.Json.Serialization;
using DoorAgent.Matching;

namespace DoorAgent.Operating;

/// <summary>A badge without its number.</summary>
/// <param name="Id">Number of the row in the gallery.</param>
/// <param name="Hint">Format and last two digits.</param>
/// <param name="State">State of the badge.</param>
internal sealed record PageBadge(long Id, string Hint, BadgeState State);

/// <summary>A person as the page shows them.</summary>
/// <param name="Id">Number of the row in the gallery.</param>
/// <param name="Name">The person's name.</param>
internal sealed record PagePerson(long Id, string Name)
{
    /// <summary>Whether the person may enter at all.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Whether the door stays unlocked longer for the person.</summary>
    public bool IsExtended { get; init; }

    /// <summary>The name of the person's hours.</summary>
    public required string Schedule { get; init; }

    /// <summary>First day, YYYY-MM-DD, perhaps with a time; null without a limit.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last day, in the same form.</summary>
    public string? ValidUntil { get; init; }

    /// <summary>Number of pictures of the active encoder.</summary>
    public int Pictures { get; init; }

    public bool HasPin { get; init; }

    /// <summary>The group of the fleet that brought the person; null for somebody who was enrolled at this door.</summary>
    public string? Fleet { get; init; }

    /// <summary>The day of the consent; null when none is recorded.</summary>
    public string? Consent { get; init; }

    public IReadOnlyList<PageBadge> Badges { get; init; } = [];

    /// <summary>What keeps the person out now, a sentence each; empty for somebody who may enter.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];
}

/// <summary>People, ordered by name.</summary>
/// <param name="People">At most <see cref="PageQuery.Most"/>.</param>
/// <param name="Total">How many there are that match.</param>
/// <param name="Schedules">The names of all hours that a person can have.</param>
internal sealed record PagePeople(IReadOnlyList<PagePerson> People, int Total, IReadOnlyList<string> Schedules);

/// <summary>A change of one person; each part that is not given stays as it is.</summary>
/// <param name="Person">Number of the person.</param>
internal sealed record PersonChange([property: JsonRequired] long Person)
{
    /// <summary>The person's name, as the operator confirmed it for an erasure.</summary>
    public string? Name { get; init; }

    public bool? IsEnabled { get; init; }

    public string? Schedule { get; init; }

    /// <summary>The first day; an empty text removes the limit.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>The last day; an empty text removes the limit.</summary>
    public string? ValidUntil { get; init; }

    /// <summary>The badge to change: <see cref="PageBadge.Id"/>.</summary>
    public long? Badge { get; init; }

    /// <summary>The new state of the badge.</summary>
    public BadgeState? State { get; init; }

    /// <summary>Whether the change lets nobody in who was kept out.</summary>
    [JsonIgnore]
    public bool OnlyKeepsOut => IsEnabled is not true && State is not BadgeState.Active && Schedule is null && ValidFrom is null
        && ValidUntil is null;
}
