using DoorAgent.Galleries;

namespace DoorAgent.Enrolment;

/// <summary>What a list says of somebody to enrol, as it is written there.</summary>
/// <param name="Where">Where it stands, such as "line 3".</param>
/// <param name="Name">The name.</param>
/// <param name="Pictures">Folder with the pictures, absolute; empty where none is named.</param>
internal sealed record PersonRow(string Where, string Name, string Pictures)
{
    /// <summary>Badge numbers, with blanks between them.</summary>
    public string Badges { get; init; } = "";

    /// <summary>Name of a schedule; empty for always.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>The first day or moment; empty without one.</summary>
    public string From { get; init; } = "";

    /// <summary>The last day or moment; empty without one.</summary>
    public string Until { get; init; } = "";

    /// <summary>"yes" where the door stays unlocked longer for the person.</summary>
    public string Extended { get; init; } = "";
}

/// <summary>What came of a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Person">Who can be enrolled; null where something speaks against it.</param>
/// <param name="Findings">What was found of each picture.</param>
/// <param name="WhyNot">What speaks against it; null where nothing does.</param>
internal sealed record PersonFinding(PersonRow Row, NewPerson? Person, IReadOnlyList<PictureFinding> Findings, string? WhyNot);
