namespace DoorAgent.Simulation;

/// <summary>A line of a scenario cannot be read. It ends the line, never the parser, which collects what is wrong.</summary>
internal sealed class ScenarioSyntaxException(int column, string message) : Exception(message)
{
    /// <summary>Where on the line, from 1.</summary>
    public int Column { get; } = column;
}
