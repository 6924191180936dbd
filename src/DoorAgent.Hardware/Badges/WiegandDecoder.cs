namespace DoorAgent.Hardware.Badges;

/// <summary>Bits to badge, by the configured formats. Pure.</summary>
/// <param name="formats">The formats that this door's reader sends; at most one of a length, since the bits do not tell them apart.</param>
internal sealed class WiegandDecoder(IReadOnlyList<WiegandFormat> formats)
{
    /// <summary>Decodes one frame.</summary>
    /// <param name="bits">The bits; the first received is bit 0.</param>
    /// <param name="count">How many were received, 0 to 128.</param>
    /// <param name="fault">Why the frame is not a badge. A frame that is right only with D0 and D1 exchanged is never accepted.</param>
    /// <returns>The badge, or null.</returns>
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
