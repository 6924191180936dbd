namespace DoorAgent.Hardware.Badges;

/// <summary>The badge reader at the door.</summary>
public interface IBadgeReader : IDisposable
{
    /// <summary>What it is, for log lines.</summary>
    string Description { get; }

    /// <summary>Whether badges are typed or scripted: a real relay refuses such a reader.</summary>
    bool IsSimulated { get; }

    /// <summary>Whether it still takes what comes from the device.</summary>
    bool IsListening { get; }

    /// <summary>Badges, keys and read faults, in the order in which they ended on the wire.</summary>
    Mailbox<BadgeRead> Reads { get; }
}
