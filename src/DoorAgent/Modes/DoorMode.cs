namespace DoorAgent.Modes;

/// <summary>The modes of a door.</summary>
internal enum DoorMode
{
    /// <summary>Each entry is decided.</summary>
    Normal,

    /// <summary>The door is held unlocked, by its hours or by an operator for a time.</summary>
    Unlocked,

    /// <summary>Nobody enters but people who are marked for it. The exit works.</summary>
    Lockdown,
}
