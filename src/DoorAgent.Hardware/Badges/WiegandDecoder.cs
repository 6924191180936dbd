namespace DoorAgent.Hardware.Badges;

/// <summary>Decodes badges from Wiegand frames of the configured formats. Pure.</summary>
/// <param name="formats">The formats that this door's reader sends; at most one for each length, since frames of one length cannot be told
/// apart.</param>
internal sealed class WiegandDecoder(IReadOnlyList<WiegandFormat> formats)
{
    /// <summary>Decodes one frame.</summary>
    /// <param name="bits">The frame; bit 0 is the first received bit.</param>
    /// <param name="count">Number of received bits, 0 to 128.</param>
    /// <param name="fault">The reason why the frame is rejected. A frame that is right with D0 and D1 exchanged is reported,
    /// never accepted.</param>
    /// <returns>The badge; null when there is a fault.</returns>
    public Badge? Decode(UInt128 bits, int count, out ReadFault fault)
    {
        WiegandFormat? format = formats.FirstOrDefault(f => f.Bits == count);
        fault = format is null ? ReadFault.Length
            : format.HasRightParity(bits) ? ReadFault.None
            : format.HasRightParity(~bits & ((UInt128.One << count) - 1)) ? ReadFault.LinesSwapped
            : ReadFault.Parity;
        return fault == ReadFault.None ? format!.Decode(bits) : null;
    }
}
