using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>Digits that were typed and a PIN to hold them against: slow on purpose, so the policy asks and does not wait.</summary>
/// <param name="Number">Names the question in its answer.</param>
/// <param name="Pin">The person's PIN.</param>
/// <param name="Digits">What was typed: a secret.</param>
internal sealed record PinQuestion(long Number, PersonPin Pin, string Digits)
{
    /// <summary>The number and nothing else.</summary>
    public override string ToString() => $"question {Number}";
}
