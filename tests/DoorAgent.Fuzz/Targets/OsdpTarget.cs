using System.Collections;
using System.Text;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Badges.Osdp;

namespace DoorAgent.Fuzz.Targets;

/// <summary>Answers of an OSDP reader as our own code receives them, and the key's file. Frames on the wire are parsed by OSDP.Net, which
/// the default build does not have. The input is a list of events: kind, length, content.</summary>
internal sealed class OsdpTarget : FuzzTarget
{
    public override string Name => "osdp";

    public override int MaxLength => 1024;

    public override IReadOnlyList<string> Tokens => ["303132333435363738393A3B3C3D3E3F"];

    public override IEnumerable<byte[]> Seeds()
    {
        byte[] frame = [0b0101_1101, 0x32, 0x9E, 0x02];
        yield return [0, 1, 3, 1, 0, 2, 5, 26, .. frame, 3, 5, .. "1234\r"u8, 2, 1, 6];
        yield return [0, 1, 3, 2, 5, 37, .. frame, 0, 1, 1, 2, 5, 26, .. frame];
        yield return [4, 32, .. Encoding.ASCII.GetBytes("62E3086CED0862E3086CED0862E3086C")];
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        SteppedTime time = new();
        OsdpLink link = new(new WiegandDecoder(WiegandFormat.All), time);
        bool isSecure = false, isOver = false;
        while (input.Length >= 2)
        {
            (int kind, int length) = (input[0] % 5, Math.Min(input[1], input.Length - 2));
            ReadOnlySpan<byte> content = input.Slice(2, length);
            input = input[(2 + length)..];
            switch (kind)
            {
                case 0 when length > 0:
                    bool becomesSecure = (content[0] & 3) == 3;
                    isOver |= isSecure && !becomesSecure;
                    isSecure |= becomesSecure;
                    link.OnStatusChanged((content[0] & 1) != 0, (content[0] & 2) != 0);
                    time.Step(OsdpLink.Settling);
                    break;
                case 1 when length > 0:
                    isOver |= content[0] is 5 or 6;
                    link.OnNak(content[0]);
                    break;
                case 2 when length > 0:
                    BitArray bits = new(content[1..].ToArray());
                    bits.Length = content[0];
                    link.OnCardRead(bits);
                    break;
                case 3:
                    link.OnKeysPressed(content);
                    break;
                case 4:
                    ReadKey(content);
                    break;
            }

            BrokenPromiseException.Unless(!TryTake(link) || (isSecure && !isOver), "A badge or key counts without the secure channel.");
        }
    }

    public override bool Allows(Exception failure) => false;

    private static bool TryTake(OsdpLink link)
    {
        ValueTask<BadgeRead> next = link.NextAsync(new CancellationToken(canceled: true));
        return next.IsCompletedSuccessfully;
    }

    private static void ReadKey(ReadOnlySpan<byte> text)
    {
        try
        {
            OsdpKey key = OsdpKey.Parse(Encoding.UTF8.GetString(text));
            BrokenPromiseException.Unless(key.Bytes.Distinct().Count() > 1, "A key of one repeated byte is accepted.");
        }
        catch (FormatException)
        {
            // Not a key.
        }
    }
}
