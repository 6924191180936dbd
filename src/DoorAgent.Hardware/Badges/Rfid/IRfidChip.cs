namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>What a chip found in its field.</summary>
internal readonly record struct RfidScan
{
    /// <summary>Nothing is there.</summary>
    public static readonly RfidScan Empty;

    /// <summary>Something is there and cannot be read as one card: several cards, or a card half in the field.</summary>
    public static readonly RfidScan Unreadable = new() { IsOccupied = true };

    /// <summary>The UID of the one card; null when there is none or it cannot be read.</summary>
    public byte[]? Uid { get; private init; }

    /// <summary>Whether anything is there.</summary>
    public bool IsOccupied { get; private init; }

    /// <summary>One card. A UID has 4, 7 or 10 bytes (ISO 14443-3); anything else is unreadable.</summary>
    public static RfidScan Card(byte[] uid) => uid.Length is 4 or 7 or 10 ? new RfidScan { Uid = uid, IsOccupied = true } : Unreadable;
}

/// <summary>An RFID chip on a bus of the board. It is asked; it never says anything by itself, not even that it is gone.</summary>
internal interface IRfidChip : IDisposable
{
    /// <summary>Looks for a card; takes up to about a second.</summary>
    /// <exception cref="IOException">The chip does not answer.</exception>
    RfidScan Scan();
}
