namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>The result of scanning a chip's field.</summary>
internal readonly record struct RfidScan
{
    /// <summary>The field is empty.</summary>
    public static readonly RfidScan Empty;

    /// <summary>The field contains something that cannot be read as one card: several cards, or a card at its border.</summary>
    public static readonly RfidScan Unreadable = new() { IsOccupied = true };

    /// <summary>The UID of the only card; null when the field is empty or unreadable.</summary>
    public byte[]? Uid { get; private init; }

    /// <summary>Whether the field contains anything.</summary>
    public bool IsOccupied { get; private init; }

    /// <summary>Creates the result for one card. A UID has 4, 7 or 10 bytes (ISO 14443-3); any other length is unreadable.</summary>
    public static RfidScan Card(byte[] uid) => uid.Length is 4 or 7 or 10 ? new RfidScan { Uid = uid, IsOccupied = true } : Unreadable;
}

/// <summary>An RFID chip on a bus of the board. The chip must be polled; it does not report cards or its own loss by itself.</summary>
internal interface IRfidChip : IDisposable
{
    /// <summary>Scans the field for a card, which takes up to about a second.</summary>
    /// <exception cref="IOException">The chip does not answer.</exception>
    RfidScan Scan();
}
