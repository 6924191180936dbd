using System.Globalization;
using CsCheck;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class TextFormatTests
{
    [Theory]
    [InlineData("decimal-10", "0008065495", "H10301:123:4567")]
    [InlineData("decimal-10", "0016777215", "H10301:255:65535")]
    [InlineData("decimal-10", "0000000000", "H10301:0:0")]
    [InlineData("decimal-3+5", "12304567", "H10301:123:4567")]
    [InlineData("decimal-3+5", "18824910", "H10301:188:24910")]
    [InlineData("decimal-uid", "1655976995", "UID:62B43423")]
    [InlineData("decimal-uid", "0000000001", "UID:00000001")]
    [InlineData("hex-uid", "62B43423", "UID:62B43423")]
    [InlineData("hex-uid", "04A1B2C3D4E580", "UID:04A1B2C3D4E580")]
    [InlineData("hex-uid", "0X62B43423", "UID:62B43423")]
    [InlineData("decimal-10", "123,04567", "H10301:123:4567")]
    [InlineData("decimal-3+5", "123,04567", "H10301:123:4567")]
    [InlineData("decimal-10", "H10301:1:5", "H10301:1:5")]
    [InlineData("hex-uid", "C1K35S:1:5", "C1k35s:1:5")]
    [InlineData("H10302:", "123456789", "H10302::123456789")]
    [InlineData("H10302:", "000000123456789", "H10302::123456789")]
    [InlineData("H10301:123", "04567", "H10301:123:4567")]
    [InlineData("H10301:123", "000", "H10301:123:0")]
    public void ANumberIsReadInItsFormat(string format, string text, string badge) =>
        Assert.Equal(badge, TextFormat.Find(format)!.Read(text)?.Number);

    [Theory]
    [InlineData("decimal-10", "0016777216")]
    [InlineData("decimal-10", "9999999999")]
    [InlineData("decimal-10", "008065495")]
    [InlineData("decimal-10", "00080654950")]
    [InlineData("decimal-10", "000806549A")]
    [InlineData("decimal-10", "0X007B11D7")]
    [InlineData("decimal-10", "123,4567")]
    [InlineData("decimal-10", "256,04567")]
    [InlineData("decimal-10", "123,65536")]
    [InlineData("decimal-10", "123,04567,1")]
    [InlineData("decimal-uid", "123,04567")]
    [InlineData("H10301:123", "123,04567")]
    [InlineData("hex-uid", "0X")]
    [InlineData("decimal-3+5", "25600001")]
    [InlineData("decimal-3+5", "12365536")]
    [InlineData("decimal-3+5", "1234567")]
    [InlineData("decimal-uid", "4294967296")]
    [InlineData("hex-uid", "62B")]
    [InlineData("hex-uid", "62")]
    [InlineData("hex-uid", "0123456789ABCDEF0123456789ABCDEF01")]
    [InlineData("H10302:", "12A")]
    [InlineData("H10302:", "123456789012345678901")]
    public void ATextInAnotherFormatIsRejected(string format, string text) => Assert.Null(TextFormat.Find(format)!.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("UID")]
    [InlineData("H10301")]
    [InlineData("H10301:007")]
    [InlineData("decimal")]
    public void AnUnknownFormatIsNotFound(string format) => Assert.Null(TextFormat.Find(format));

    [Fact]
    public void TenDigitsAreTheSameBadgeAsOverWiegand() => Gen.Select(Gen.UInt[0, 255], Gen.UInt[0, 65535]).Sample((facility, card) =>
        Assert.Equal(Badge.Of("H10301", facility, card),
            TextFormat.Find("decimal-10")!.Read((facility * 65536 + card).ToString("D10", CultureInfo.InvariantCulture))));
}
