using DoorAgent.Galleries;

namespace DoorAgent.Enrolment;

/// <summary>One person in a list to enrol, as text.</summary>
/// <param name="Where">Place of the row, such as "line 3".</param>
/// <param name="Name">Name of the person.</param>
/// <param name="Pictures">Absolute path of the folder with pictures; empty if the list names none.</param>
internal sealed record PersonRow(string Where, string Name, string Pictures)
{
    /// <summary>Badge numbers, separated by spaces.</summary>
    public string Badges { get; init; } = "";

    /// <summary>Name of a schedule; empty means always.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>First day or moment; empty without a limit.</summary>
    public string From { get; init; } = "";

    /// <summary>Last day or moment; empty without a limit.</summary>
    public string Until { get; init; } = "";

    /// <summary>"yes" if the door stays unlocked longer for the person.</summary>
    public string Extended { get; init; } = "";

    /// <summary>Day of the person's consent; empty when none is recorded.</summary>
    public string Consent { get; init; } = "";

    /// <summary>"yes" if the person may enter during a lockdown.</summary>
    public string Lockdown { get; init; } = "";

    /// <summary>"yes" if the person enters only together with a second person.</summary>
    public string TwoPerson { get; init; } = "";

    /// <summary>Names of a visitor's hosts, separated by +; empty for somebody who enters without a host.</summary>
    public string Hosts { get; init; } = "";
}

/// <summary>The result for one row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Person">The person to enrol; null when the row is refused.</param>
/// <param name="Findings">A finding for each picture.</param>
/// <param name="WhyNot">Why the row is refused; null when it is accepted.</param>
internal sealed record PersonFinding(PersonRow Row, NewPerson? Person, IReadOnlyList<PictureFinding> Findings, string? WhyNot);
