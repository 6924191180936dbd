namespace DoorAgent.Operating;

/// <summary>The roles on the page; each may do what the ones before it may.</summary>
internal enum PageRole
{
    /// <summary>See the door, its picture and its events.</summary>
    View,

    /// <summary>Enrol people, and change people and badges.</summary>
    Enrol,

    /// <summary>Unlock, lock, check, and read the settings.</summary>
    Technician,
}
