namespace DoorAgent.Simulation;

/// <summary>A part of a trial's door that can be seen to change.</summary>
internal enum TrialPart
{
    /// <summary>On: unlocked.</summary>
    Relay,

    /// <summary>On: open.</summary>
    Leaf,
    Green,
    Red,
    Buzzer,
}
