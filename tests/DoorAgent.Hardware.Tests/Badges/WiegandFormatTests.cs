using System.Text.Json;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class WiegandFormatTests
{
    [Theory]
    [InlineData("H10301:0:0", "00000000000000000000000001")]
    [InlineData("H10301:1:1", "10000000100000000000000010")]
    [InlineData("H10301:123:4567", "10111101100010001110101110")]
    [InlineData("H10301:101:1337", "00110010100000101001110011")]
    [InlineData("H10301:255:65535", "01111111111111111111111111")]
    [InlineData("H10301:137:52078", "11000100111001011011011101")]
    [InlineData("H10306:1:1", "1000000000000000100000000000000010")]
    [InlineData("H10306:1000:12345", "0000000111110100000110000001110011")]
    [InlineData("UID:62B43423", "1011000101011010000110100001000111")]
    [InlineData("C1k35s:1:1", "11000000000001000000000000000000011")]
    [InlineData("C1k35s:100:12345", "11000001100100000000110000001110010")]
    [InlineData("C1k35s:4095:1048575", "10111111111111111111111111111111110")]
    [InlineData("H10304:1:1", "1000000000000000100000000000000000010")]
    [InlineData("H10304:12345:67890", "0001100000011100100100001001001100101")]
    [InlineData("H10302::1", "0000000000000000000000000000000000010")]
    [InlineData("H10302::123456789", "1000000001110101101111001101000101011")]
    public void KnownFramesAreDecodedAndEncoded(string number, string bits)
    {
        Badge badge = Badge.Parse(number);
        Assert.Equal(bits, WiegandFormat.Encode(badge));
        WiegandFormat format = WiegandFormat.Find(badge.Format == "UID" ? "UID34" : badge.Format)!;
        Assert.Equal(bits.Length, format.Bits);
        Assert.True(format.HasRightParity(NaiveWiegand.Pack(bits)));
        Assert.Equal(badge, format.Decode(NaiveWiegand.Pack(bits)));
    }

    [Fact]
    public void TheSharedVectorsAreDecodedAndTheSwappedCaptureIsDetected()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(Shared.Need("vectors/wiegand.json")));
        foreach (JsonElement frame in vectors.RootElement.GetProperty("frames").EnumerateArray())
        {
            string bits = frame.GetProperty("bits").GetString()!;
            JsonElement facility = frame.GetProperty("facility");
            WiegandDecoder decoder = new([WiegandFormat.Find(frame.GetProperty("format").GetString()!)!]);
            Badge expected = Badge.Of(frame.GetProperty("format").GetString()!,
                facility.ValueKind == JsonValueKind.Null ? null : facility.GetUInt32(), frame.GetProperty("card").GetUInt64());
            Assert.Equal(expected, decoder.Decode(NaiveWiegand.Pack(bits), bits.Length, out ReadFault fault));
            Assert.Equal(ReadFault.None, fault);
        }

        string captured = vectors.RootElement.GetProperty("swapped_lines").GetProperty("as_captured").GetString()!;
        foreach (string name in new[] { "H10306", "UID34" })
        {
            WiegandDecoder decoder = new([WiegandFormat.Find(name)!]);
            Assert.Null(decoder.Decode(NaiveWiegand.Pack(captured), captured.Length, out ReadFault fault));
            Assert.Equal(ReadFault.LinesSwapped, fault);
        }
    }

    [Theory]
    [InlineData("H10301:256:1", "8 bits")]
    [InlineData("H10301:1:65536", "16 bits")]
    [InlineData("H10302::34359738368", "35 bits")]
    [InlineData("H10302::99999999999999999999", "larger")]
    [InlineData("H10302:7:1", "one too many")]
    [InlineData("H10301::1", "missing")]
    [InlineData("UID:6212", "4 bytes")]
    [InlineData("UID:00112233445566", "4 bytes")]
    [InlineData("D10202:1:1", "no Wiegand layout")]
    [InlineData("UID34::1", "not of the form")]
    public void ABadgeThatDoesNotFitIsRefusedWithTheReason(string number, string words)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => WiegandFormat.Encode(Badge.Parse(number)));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("H10301:255:65535", null)]
    [InlineData("H10301:256:1", "H10301 has facilities from 0 to 255 and cards from 0 to 65535")]
    [InlineData("H10301:300:70000", "H10301 has facilities from 0 to 255 and cards from 0 to 65535")]
    [InlineData("H10301::1", "H10301 has facilities")]
    [InlineData("H10306:65535:65535", null)]
    [InlineData("C1k35s:4095:1048575", null)]
    [InlineData("C1k35s:4096:1", "from 0 to 4095 and cards from 0 to 1048575")]
    [InlineData("H10302::34359738367", null)]
    [InlineData("H10302::34359738368", "H10302 has no facility, and cards from 0 to 34359738367")]
    [InlineData("H10302::99999999999999999999", "H10302 has no facility")]
    [InlineData("H10302:7:1", "H10302 has no facility")]
    [InlineData("UID34::1", "written UID:")]
    [InlineData("UID:00112233445566", null)]
    [InlineData("ACME:70000:123456789", null)]
    public void ANumberThatReadersCannotSendIsRefusedWithTheRangeOfTheFormat(string number, string? words)
    {
        string? misfit = WiegandFormat.Misfit(Badge.Parse(number));
        Assert.Equal(words is null, misfit is null);
        Assert.Contains(words ?? "", misfit ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void AFrameOfAnotherLengthIsRejected()
    {
        WiegandDecoder decoder = new([WiegandFormat.Find("H10301")!, WiegandFormat.Find("H10302")!]);
        foreach (int count in Enumerable.Range(0, 129).Except([26, 37]))
        {
            Assert.Null(decoder.Decode(UInt128.MaxValue >> 1, count, out ReadFault fault));
            Assert.Equal(ReadFault.Length, fault);
        }
    }
}
