namespace DoorAgent.Simulation;

/// <summary>The door's states, in the words of behaviour.md, section 3.</summary>
internal enum DoorStateName
{
    Locked,
    Unlocked,
    Open,
    HeldOpen,
    Forced,
}
