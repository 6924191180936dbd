using DoorAgent.Hardware.Badges;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class KeypadLayoutTests
{
    private const string Keys = "0123456789*#";

    private static readonly KeypadLayout Four = KeypadLayout.Find("4-bit")!;
    private static readonly KeypadLayout Eight = KeypadLayout.Find("8-bit")!;

    [Theory]
    [InlineData('0', "0000", "11110000")]
    [InlineData('5', "0101", "10100101")]
    [InlineData('7', "0111", "10000111")]
    [InlineData('9', "1001", "01101001")]
    [InlineData('*', "1010", "01011010")]
    [InlineData('#', "1011", "01001011")]
    public void AKeyIsSentAsItsNumberAndWithEightBitsAfterItsComplement(char key, string four, string eight)
    {
        Assert.Equal((four, eight), (Four.Encode(KeypadKey.Of(key)), Eight.Encode(KeypadKey.Of(key))));
        Assert.Equal((key, key), (Four.Decode(NaiveWiegand.Pack(four))?.Symbol, Eight.Decode(NaiveWiegand.Pack(eight))?.Symbol));
    }

    [Fact]
    public void EveryBurstIsDecodedAsByTheNaiveTwin()
    {
        for (int burst = 0; burst < 256; burst++)
        {
            string bits = Convert.ToString(burst, 2).PadLeft(8, '0');
            Assert.Equal(Naive(bits[4..], check: null), Four.Decode(NaiveWiegand.Pack(bits[4..]))?.Symbol);
            Assert.Equal(Naive(bits[4..], check: bits[..4]), Eight.Decode(NaiveWiegand.Pack(bits))?.Symbol);
        }
    }

    [Fact]
    public void EveryOneBitErrorInEightBitsIsDetected() => Assert.All(Keys, key =>
    {
        string bits = Eight.Encode(KeypadKey.Of(key));
        for (int i = 0; i < bits.Length; i++)
            Assert.Null(Eight.Decode(NaiveWiegand.Pack($"{bits[..i]}{(bits[i] == '0' ? '1' : '0')}{bits[(i + 1)..]}")));
    });

    [Fact]
    public void AKeyIsNeverPrinted()
    {
        Assert.DoesNotContain("7", $"{KeypadKey.Of('7')}", StringComparison.Ordinal);
        BadgeRead read = new(null, ReadFault.None, TimeSpan.Zero, 4) { Key = KeypadKey.Of('7') };
        Assert.DoesNotContain("7", $"{read}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('A')]
    [InlineData(' ')]
    [InlineData('٣')]
    public void ACharacterThatNoKeypadHasIsRefused(char symbol) => Assert.Throws<FormatException>(() => KeypadKey.Of(symbol));

    private static char? Naive(string nibble, string? check)
    {
        int code = Convert.ToInt32(nibble, 2);
        return code < Keys.Length && (check is null || check == NaiveWiegand.Inverted(nibble)) ? Keys[code] : null;
    }
}
