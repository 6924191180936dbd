namespace DoorAgent.Hardware.Badges;

/// <summary>The badge reader at the door.</summary>
public interface IBadgeReader : IDisposable
{
    /// <summary>Describes the reader in log lines.</summary>
    string Description { get; }

    /// <summary>Whether badges come from a simulation; such a reader is refused together with a real relay.</summary>
    bool IsSimulated { get; }

    /// <summary>Whether the reader still receives signals from the device.</summary>
    bool IsListening { get; }

    /// <summary>The badges, keys, read faults and changes of health, in the order in which they ended on the wire.</summary>
    Mailbox<BadgeRead> Reads { get; }
}
