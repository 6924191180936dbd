using System.Buffers.Binary;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Fuzz.Targets;

/// <summary>Bits of a Wiegand frame. The first byte chooses the layouts, the second is the number of bits, and 16 bytes are the
/// frame.</summary>
internal sealed class WiegandTarget : FuzzTarget
{
    private const int Length = 18;

    public override string Name => "wiegand";

    public override int MaxLength => Length;

    public override IEnumerable<byte[]> Seeds()
    {
        string[] numbers =
            ["H10301:188:24910", "H10306:1:2", "UID:62B43423", "C1k35s:4095:1", "H10304:65535:524287", "H10302::34359738367"];
        foreach ((int i, string number) in numbers.Index())
        {
            string bits = WiegandFormat.Encode(Badge.Parse(number));
            byte[] input = new byte[Length];
            (input[0], input[1]) = ((byte)i, (byte)bits.Length);
            UInt128 frame = 0;
            for (int at = 0; at < bits.Length; at++)
                frame |= bits[at] == '1' ? UInt128.One << at : 0;
            BinaryPrimitives.WriteUInt128LittleEndian(input.AsSpan(2), frame);
            yield return input;
        }
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (input.Length < Length)
            return;
        WiegandFormat format = WiegandFormat.All[input[0] % WiegandFormat.All.Count];
        int count = input[1] % 129;
        UInt128 bits = BinaryPrimitives.ReadUInt128LittleEndian(input[2..]);
        foreach (KeypadLayout layout in KeypadLayout.All)
            _ = layout.Decode(bits);
        if (new WiegandDecoder([format]).Decode(bits, count, out ReadFault fault) is not { } badge)
        {
            BrokenPromiseException.Unless(fault != ReadFault.None, "There is neither a badge nor a fault.");
            return;
        }

        BrokenPromiseException.Unless(count == format.Bits && fault == ReadFault.None, "A frame of another length is a badge.");
        UInt128 sent = bits & ((UInt128.One << count) - 1);
        BrokenPromiseException.Unless(WiegandFormat.Encode(badge) is var again
            && (badge.Format == "UID" || again == WiegandFormat.Print(sent, count)), "The badge is not the one that was sent.");
    }

    public override bool Allows(Exception failure) => false;
}
