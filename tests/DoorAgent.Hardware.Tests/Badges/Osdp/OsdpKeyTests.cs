using DoorAgent.Hardware.Badges.Osdp;

namespace DoorAgent.Hardware.Tests.Badges.Osdp;

public sealed class OsdpKeyTests
{
    private const string Own = "7b1d09a4c83ef2564d10e8b7935ac6f1";

    [Fact]
    public void AKeyIsThirtyTwoHexadecimalDigitsAndIsNeverPrinted()
    {
        OsdpKey key = OsdpKey.Parse(Own);
        Assert.Equal(Convert.FromHexString(Own), key.Bytes);
        Assert.DoesNotContain("7b", key.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("303132333435363738393A3B3C3D3E3F")]
    [InlineData("303132333435363738393a3b3c3d3e3f")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffff")]
    public void ThePublishedDefaultKeyIsRefused(string hex) =>
        Assert.Contains("everybody knows", Assert.Throws<FormatException>(() => OsdpKey.Parse(hex)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("7b1d09a4c83ef2564d10e8b7935ac6f")]
    [InlineData("7b1d09a4c83ef2564d10e8b7935ac6f1a")]
    [InlineData("7b1d09a4c83ef2564d10e8b7935ac6fg")]
    public void AnInvalidKeyIsRefusedAndNotRepeated(string hex)
    {
        string said = Assert.Throws<FormatException>(() => OsdpKey.Parse(hex)).Message;
        Assert.Contains("32 hexadecimal digits", said, StringComparison.Ordinal);
        Assert.DoesNotContain("7b1d", said, StringComparison.Ordinal);
    }

    [Fact]
    public void TheKeyIsReadFromTheConfiguredFileOrElseFromTheCredential()
    {
        using TempFolder folder = new();
        folder.Write(OsdpKey.Credential, Own + "\n");
        string other = folder.Write("other", "0123456789abcdef0123456789abcdef");
        Assert.Equal(Convert.FromHexString(Own), OsdpKey.Read(null, folder.Path).Bytes);
        Assert.Equal(0x01, OsdpKey.Read(other, folder.Path).Bytes[0]);
    }

    [Fact]
    public void AMissingKeyIsRefused()
    {
        using TempFolder folder = new();
        Assert.Contains("Badges:OsdpKey", Assert.Throws<IOException>(() => OsdpKey.Read(null, null)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => OsdpKey.Read(null, folder.Path));
        string file = folder.Write("bad", "303132333435363738393A3B3C3D3E3F");
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => OsdpKey.Read(file, null)).Message, StringComparison.Ordinal);
    }
}
