using System.Collections.Immutable;

namespace DoorAgent.Matching;

/// <summary>An enrolled person, as read from the gallery.</summary>
/// <param name="Id">Row id in the gallery, which journal records refer to.</param>
/// <param name="Name">Name as it was entered.</param>
/// <param name="IsEnabled">Whether the person may enter at all.</param>
/// <param name="IsExtended">Whether the door stays unlocked longer for this person.</param>
/// <param name="Schedule">Name of the person's schedule.</param>
/// <param name="FirstEncoding">Index of the person's first template in the gallery's array.</param>
/// <param name="EncodingCount">Number of the person's templates: of their encodings, or 1 where their mean is compared.</param>
internal sealed record Person(long Id, string Name, bool IsEnabled, bool IsExtended, string Schedule, int FirstEncoding, int EncodingCount)
{
    /// <summary>Start of validity; null if there is no start.</summary>
    public ValidityDate? ValidFrom { get; init; }

    /// <summary>End of validity; null if there is no end.</summary>
    public ValidityDate? ValidUntil { get; init; }

    /// <summary>The person's PIN; null if the person has none.</summary>
    public PersonPin? Pin { get; init; }

    /// <summary>Whether the person may enter during a lockdown.</summary>
    public bool IsForLockdown { get; init; }

    /// <summary>Whether the person enters only together with a second person.</summary>
    public bool NeedsSecondPerson { get; init; }

    /// <summary>Whether the person is a visitor, who enters only after one of the hosts.</summary>
    public bool IsEscorted { get; init; }

    /// <summary>The person's id in the fleet; null for somebody who was enrolled at this door.</summary>
    public string? Origin { get; init; }

    /// <summary>Row ids of a visitor's hosts, in rising order; empty for everybody else, and for a visitor whose hosts were removed.</summary>
    public ImmutableArray<long> Hosts { get; init; } = [];

    /// <summary>Returns whether all fields are equal, the PIN and the hosts included.</summary>
    public bool IsSameAs(Person other) =>
        this with { Pin = null, Hosts = [] } == other with { Pin = null, Hosts = [] }
        && (Pin is null ? other.Pin is null : Pin.IsSameAs(other.Pin)) && Hosts.SequenceEqual(other.Hosts);
}

/// <summary>The state of a badge in the gallery.</summary>
internal enum BadgeState
{
    Active,
    Blocked,
    Lost,
}

/// <summary>The owner and state of a badge.</summary>
internal readonly record struct BadgeOwner(Person Person, BadgeState State);
