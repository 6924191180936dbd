using DoorAgent.Fleet;

namespace DoorAgent.Galleries;

/// <summary>What a door can use of the people whom its fleet brings.</summary>
/// <param name="MostEncodings">How many encodings a person may have (<see cref="PeopleOptions.MaxEncodings"/>).</param>
internal sealed record DoorCapability(int MostEncodings)
{
    /// <summary>Returns why the door cannot compare encodings of an encoder and a rule; null where it can. A gallery whose encoder cannot be
    /// used refuses the next start.</summary>
    public Func<GalleryMethod, string?> WhyUnusable { get; init; } = _ => null;

    /// <summary>Why hours and dates do not hold at this door; null where they do. With such people the next start is refused.</summary>
    public string? ZoneProblem { get; init; }

    /// <summary>Returns why hours or dates of a person do not hold here; null where they do, and where there are none.</summary>
    public string? OfHours(FleetPerson person) => ZoneProblem is { } problem
        && (person.ValidFrom is not null || person.ValidUntil is not null || person.Schedule is not null)
        ? $"the person has hours or dates, and {problem}" : null;
}
