namespace DoorAgent.Hardware.Tests.Badges.Rfid;

/// <summary>Simulates a card of ISO 14443-3 type A: its answers depend on its state, and an unexpected command returns the card to idle
/// without an answer.</summary>
internal sealed class SimulatedCard(params byte[] uid)
{
    private enum State
    {
        Idle,
        Ready,
        Active,
        Halted,
    }

    private const byte CascadeTag = 0x88;

    private State _state;
    private int _level;

    public byte[] Uid => uid;

    /// <summary>Resets the card, as switching the field off does.</summary>
    public void LoseField() => _state = State.Idle;

    /// <summary>Returns the card's answer to a frame; empty when the card stays silent.</summary>
    /// <param name="frame">The frame's bytes.</param>
    /// <param name="lastBits">Number of bits of the last byte that were sent; 0 means all.</param>
    public byte[] Answer(byte[] frame, int lastBits)
    {
        (State State, byte[] Answer) next = (_state, frame) switch
        {
            (State.Idle, [0x26]) when lastBits == 7 => (State.Ready, Atqa()),
            (State.Idle or State.Halted, [0x52]) when lastBits == 7 => (State.Ready, Atqa()),
            (State.Halted, _) => (State.Halted, []),
            (State.Ready, [var select, 0x20]) when select == Select() => (State.Ready, Part()),
            (State.Ready, [var select, 0x70, ..]) when select == Select() => Selected(frame),
            _ => (State.Idle, []),
        };
        _state = frame is [0x50, 0x00, ..] && _state == State.Active ? State.Halted : next.State;
        return next.Answer;
    }

    /// <summary>Computes the CRC_A of ISO 14443-3, low byte first.</summary>
    public static byte[] Crc(ReadOnlySpan<byte> bytes)
    {
        int crc = 0x6363;
        foreach (byte one in bytes)
        {
            int mixed = (one ^ crc) & 0xFF;
            mixed = (mixed ^ (mixed << 4)) & 0xFF;
            crc = (crc >> 8) ^ (mixed << 8) ^ (mixed << 3) ^ (mixed >> 4);
        }

        return [(byte)crc, (byte)(crc >> 8)];
    }

    private byte[] Atqa()
    {
        _level = 0;
        return [(byte)(uid.Length switch { 4 => 0x04, 7 => 0x44, _ => 0x84 }), 0x00];
    }

    private byte Select() => (byte)(0x93 + (2 * _level));

    private bool IsLastLevel => _level == (uid.Length - 4) / 3;

    /// <summary>Returns four bytes of the UID (before the last level: the cascade tag and three bytes) and their check byte.</summary>
    private byte[] Part()
    {
        byte[] part = IsLastLevel ? uid[(_level * 3)..] : [CascadeTag, .. uid[(_level * 3)..((_level * 3) + 3)]];
        return [.. part, (byte)(part[0] ^ part[1] ^ part[2] ^ part[3])];
    }

    private (State State, byte[] Answer) Selected(byte[] frame)
    {
        if (frame.Length != 9 || !frame.AsSpan(2, 5).SequenceEqual(Part()) || !frame.AsSpan(7).SequenceEqual(Crc(frame.AsSpan(0, 7))))
            return (State.Idle, []);
        bool isLast = IsLastLevel;
        byte sak = (byte)(isLast ? 0x08 : 0x04);
        if (!isLast)
            _level++;
        return (isLast ? State.Active : State.Ready, [sak, .. Crc([sak])]);
    }
}
