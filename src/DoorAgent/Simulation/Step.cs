namespace DoorAgent.Simulation;

/// <summary>One moment: what is done, and what must follow.</summary>
/// <param name="At">When, counted from the start.</param>
/// <param name="Action">What is done.</param>
/// <param name="Expectations">What must follow; a step happens whether or not those before it have come true.</param>
internal sealed record Step(TimeSpan At, StepAction Action, ValueList<Expectation> Expectations)
{
    public SourceLine Line { get; init; }
}
