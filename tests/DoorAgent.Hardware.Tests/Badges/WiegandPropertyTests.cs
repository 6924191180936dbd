using CsCheck;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class WiegandPropertyTests
{
    private static readonly Gen<(string Format, Badge Badge)> SomeBadge =
        from format in Gen.OneOf(NaiveWiegand.Names.Select(name => Gen.Const(name)).ToArray())
        from facility in Gen.UInt[0, NaiveWiegand.Largest(format).Facility ?? 0]
        from card in Gen.ULong[0, NaiveWiegand.Largest(format).Card]
        select (format, Made(format, facility, card));

    private static readonly Gen<(string Format, string Bits)> SomeBits =
        from format in Gen.OneOf(NaiveWiegand.Names.Select(name => Gen.Const(name)).ToArray())
        from bits in Gen.Char["01"].Array[NaiveWiegand.Length(format)]
        select (format, new string(bits));

    [Fact]
    public void EveryFormatDecodesWhatItEncodes() => SomeBadge.Sample(it =>
    {
        string bits = WiegandFormat.Encode(it.Badge);
        Assert.Equal(NaiveWiegand.Length(it.Format), bits.Length);
        Assert.Equal(it.Badge, Decode(it.Format, bits, out ReadFault fault));
        Assert.Equal(ReadFault.None, fault);
    });

    [Fact]
    public void EveryFrameIsJudgedAsByTheNaiveTwin() => SomeBits.Sample(it =>
    {
        Badge? badge = Decode(it.Format, it.Bits, out ReadFault fault);
        bool isRight = NaiveWiegand.HasRightParity(it.Format, it.Bits);
        Assert.Equal(isRight ? NaiveWiegand.Decode(it.Format, it.Bits) : null, badge);
        bool isSwapped = NaiveWiegand.HasRightParity(it.Format, NaiveWiegand.Inverted(it.Bits));
        ReadFault wrong = isSwapped ? ReadFault.LinesSwapped : ReadFault.Parity;
        Assert.Equal(isRight ? ReadFault.None : wrong, fault);
    });

    [Fact]
    public void SwappedLinesAreAlwaysDetectedAndNeverAccepted() => SomeBadge.Sample(it =>
    {
        Assert.Null(Decode(it.Format, NaiveWiegand.Inverted(WiegandFormat.Encode(it.Badge)), out ReadFault fault));
        Assert.Equal(ReadFault.LinesSwapped, fault);
    });

    [Fact]
    public void EveryOneBitErrorIsDetected() => SomeBadge.Sample(it =>
    {
        string bits = WiegandFormat.Encode(it.Badge);
        for (int i = 0; i < bits.Length; i++)
        {
            string wrong = $"{bits[..i]}{(bits[i] == '0' ? '1' : '0')}{bits[(i + 1)..]}";
            Assert.Null(Decode(it.Format, wrong, out ReadFault fault));
            Assert.NotEqual(ReadFault.None, fault);
        }
    });

    [Fact]
    public void BitsArePrintedInTheirOrder() => SomeBits.Sample(it =>
        Assert.Equal(it.Bits, WiegandFormat.Print(NaiveWiegand.Pack(it.Bits), it.Bits.Length)));

    private static Badge Made(string format, uint facility, ulong card) =>
        format == "UID34" ? Badge.OfUid([(byte)(card >> 24), (byte)(card >> 16), (byte)(card >> 8), (byte)card])
        : Badge.Of(format, NaiveWiegand.Largest(format).Facility is null ? null : facility, card);

    private static Badge? Decode(string format, string bits, out ReadFault fault) =>
        new WiegandDecoder([WiegandFormat.Find(format)!]).Decode(NaiveWiegand.Pack(bits), bits.Length, out fault);
}
