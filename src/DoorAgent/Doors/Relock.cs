namespace DoorAgent.Doors;

/// <summary>When the lock lets go of an unlocked door again.</summary>
internal enum Relock
{
    /// <summary>Shortly after the door opens: one person, one opening.</summary>
    Open,

    /// <summary>When the door closes; for motor bolts, which must not run out while it is open.</summary>
    Close,

    /// <summary>When the access time is over.</summary>
    Time,
}
