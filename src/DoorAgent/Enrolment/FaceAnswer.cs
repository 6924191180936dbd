using DoorAgent.Matching;

namespace DoorAgent.Enrolment;

/// <summary>What the door would say to a picture.</summary>
/// <param name="Person">The claimed person, or the nearest one.</param>
/// <param name="Match">Distance, threshold and the outcome of the comparison.</param>
/// <param name="Words">The answer in a sentence.</param>
/// <param name="WhyNot">Why the door stays locked; null when it opens.</param>
internal sealed record FaceAnswer(Person Person, FaceMatch Match, string Words, string? WhyNot)
{
    /// <summary>By how many degrees the picture was turned clockwise until a face on it was upright.</summary>
    public int TurnedBy { get; init; }

    public bool Opens => WhyNot is null;
}
