namespace DoorAgent.Hardware.Badges;

/// <summary>The side of the door on which a reader is.</summary>
public enum ReaderSide
{
    /// <summary>Outside: its badges ask to enter.</summary>
    Entry,

    /// <summary>Inside: its badges open the way out.</summary>
    Exit,
}
