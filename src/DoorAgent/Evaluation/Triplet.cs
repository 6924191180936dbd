namespace DoorAgent.Evaluation;

/// <summary>A triplet of a batch, by its rows.</summary>
/// <param name="Anchor">Somebody.</param>
/// <param name="Positive">The same person, another picture.</param>
/// <param name="Negative">Somebody else.</param>
internal readonly record struct Triplet(int Anchor, int Positive, int Negative);
