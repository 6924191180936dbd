namespace DoorAgent.Simulation;

/// <summary>
/// The line of a scenario file on which something stands, from 1; 0 when it came from no file.
/// Any two are equal on purpose: where a step stands is for messages and no part of what it says.
/// </summary>
internal readonly record struct SourceLine(int Number)
{
    public bool Equals(SourceLine other) => true;

    public override int GetHashCode() => 0;
}
