using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class BadgeOptionsTests
{
    [Fact]
    public void TheDefaultLayoutHas26Bits()
    {
        BadgeOptions options = new();
        Assert.Empty(Errors(options));
        Assert.Equal("H10301", Assert.Single(options.Layouts).Name);
    }

    [Fact]
    public void TwoLayoutsOfOneLengthAreRefused() =>
        Assert.Contains("37 bits", Assert.Single(Errors(new BadgeOptions { Formats = ["H10302", "H10304"] })), StringComparison.Ordinal);

    [Fact]
    public void AnUnknownLayoutIsRefusedWithTheKnownOnes() =>
        Assert.Contains("C1k35s", Assert.Single(Errors(new BadgeOptions { Formats = ["H10310"] })), StringComparison.Ordinal);

    [Theory]
    [InlineData(24)]
    [InlineData(51)]
    public void AnEndGapOutsideItsRangeIsRefused(int milliseconds) =>
        Assert.Contains("Badges:EndGap",
            Assert.Single(Errors(new BadgeOptions { EndGap = TimeSpan.FromMilliseconds(milliseconds) })), StringComparison.Ordinal);

    [Theory]
    [InlineData("none")]
    [InlineData("4-bit")]
    [InlineData("8-bit")]
    public void AKeypadOfAKnownKindIsAccepted(string keypad) => Assert.Empty(Errors(new BadgeOptions { Keypad = keypad }));

    [Fact]
    public void AnotherKeypadIsRefusedWithTheKnownOnes() =>
        Assert.Contains("none, 4-bit, 8-bit", Assert.Single(Errors(new BadgeOptions { Keypad = "6-bit" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("H10301:123")]
    [InlineData("H10302:")]
    public void FormatAndFacilityOfTypedBadgesAreAccepted(string prefix) =>
        Assert.Empty(Errors(new BadgeOptions { Keypad = "4-bit", TypedFormat = prefix }));

    [Theory]
    [InlineData("H10301")]
    [InlineData("H10301:123:4")]
    [InlineData("H10301:007")]
    [InlineData("UID")]
    [InlineData("UID:62")]
    [InlineData("")]
    public void AnInvalidTypedFormatIsRefused(string prefix) =>
        Assert.Contains("Badges:TypedFormat",
            Assert.Single(Errors(new BadgeOptions { Keypad = "4-bit", TypedFormat = prefix })), StringComparison.Ordinal);

    [Fact]
    public void ATypedFormatWithoutAKeypadIsRefused() =>
        Assert.Contains("Badges:Keypad is none",
            Assert.Single(Errors(new BadgeOptions { TypedFormat = "H10301:123" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("keyboard", "/dev/input/by-id/usb-a-event-kbd")]
    [InlineData("serial", "/dev/ttyUSB0")]
    [InlineData("rfid", "/dev/spidev0.0")]
    public void APluggableReaderIsAcceptedWithItsDevice(string reader, string device) =>
        Assert.Empty(Errors(new BadgeOptions { Reader = reader, Device = device, TextFormat = "hex-uid" }));

    [Theory]
    [InlineData("keyboard", "by-id/NAME")]
    [InlineData("serial", "/dev/ttyUSB0")]
    [InlineData("rfid", "/dev/spidev0.0")]
    public void APluggableReaderIsRefusedWithoutItsDevice(string reader, string example)
    {
        Assert.Contains(example, Assert.Single(Errors(new BadgeOptions { Reader = reader })), StringComparison.Ordinal);
        Assert.Contains("Badges:Device",
            Assert.Single(Errors(new BadgeOptions { Reader = reader, Device = "ttyUSB0" })), StringComparison.Ordinal);
    }

    [Fact]
    public void OsdpThatIsNotBuiltInIsRefusedWithTheBuildSwitch()
    {
        Assert.SkipWhen(BuiltIn.HasOsdp, "needs a build without OSDP");
        Assert.Contains("-p:OsdpNet=true",
            Assert.Single(Errors(new BadgeOptions { Reader = "osdp", Device = "/dev/ttyUSB0" })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mfrc522", "/dev/i2c-1", "SPI bus")]
    [InlineData("pn532", "/dev/spidev0.0", "I2C bus")]
    public void AChipOnAnUnsuitableBusIsRefused(string chip, string device, string allowed) =>
        Assert.Contains(allowed,
            Assert.Single(Errors(new BadgeOptions { Reader = "rfid", RfidChip = chip, Device = device })), StringComparison.Ordinal);

    [Theory]
    [InlineData(1200)]
    [InlineData(2400)]
    [InlineData(4800)]
    [InlineData(9600)]
    [InlineData(19200)]
    [InlineData(38400)]
    [InlineData(57600)]
    [InlineData(115200)]
    [InlineData(230400)]
    public void TheUsualSpeedsOfASerialLineAreAccepted(int baud)
    {
        Assert.Empty(Errors(new BadgeOptions { Baud = baud }));
        Assert.Single(Errors(new BadgeOptions { Baud = baud + 1 }));
    }

    [Fact]
    public void AnotherReaderSpeedFormatAddressOrChipIsRefusedWithTheKnownOnes()
    {
        Assert.Contains("wiegand, keyboard", Errors(new BadgeOptions { Reader = "usb", Device = "/dev/x" })[0], StringComparison.Ordinal);
        Assert.Contains("9600", Assert.Single(Errors(new BadgeOptions { Baud = 9601 })), StringComparison.Ordinal);
        Assert.Contains("decimal-3+5", Assert.Single(Errors(new BadgeOptions { TextFormat = "decimal" })), StringComparison.Ordinal);
        Assert.Contains("0 to 126", Assert.Single(Errors(new BadgeOptions { OsdpAddress = 127 })), StringComparison.Ordinal);
        Assert.Contains("pn532", Assert.Single(Errors(new BadgeOptions { RfidChip = "rc522" })), StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyAWiegandReaderHasAConfiguredKeypad()
    {
        Assert.Contains("Badges:Keypad",
            Assert.Single(Errors(new BadgeOptions { Reader = "serial", Device = "/dev/ttyS0", Keypad = "4-bit" })),
            StringComparison.Ordinal);
        Assert.False(new BadgeOptions().HasKeypad);
        Assert.True(new BadgeOptions { Keypad = "4-bit" }.HasKeypad);
        Assert.True(new BadgeOptions { Reader = "osdp" }.HasKeypad);
    }

    [Fact]
    public void TheExitReaderHasTheFirstOnesSettingsWhereItHasNoneOfItsOwn()
    {
        BadgeOptions exit = new BadgeOptions
        {
            Reader = "serial", Device = "/dev/ttyUSB0", Baud = 19200, TextFormat = "hex-uid", Formats = ["H10304"],
            ExitReader = "keyboard", ExitDevice = "/dev/input/event3",
        }.AtExit;
        Assert.Equal(("keyboard", "/dev/input/event3", 19200, "hex-uid"), (exit.Reader, exit.Device, exit.Baud, exit.TextFormat));
        Assert.Equal("H10304", Assert.Single(exit.Layouts).Name);
        Assert.False(exit.HasExitReader);
        exit = new BadgeOptions { ExitReader = "serial", ExitDevice = "/dev/ttyUSB1", ExitBaud = 1200, ExitTextFormat = "H10302:" }.AtExit;
        Assert.Equal((1200, "H10302:"), (exit.Baud, exit.TextFormat));
        Assert.Empty(Errors(exit));
    }

    [Theory]
    [InlineData("Badges:ExitReader", "magic", "/dev/ttyUSB1")]
    [InlineData("Badges:ExitDevice", "serial", null)]
    [InlineData("Badges:ExitDevice", "keyboard", "event3")]
    [InlineData("Badges:ExitDevice", "rfid", "/dev/ttyUSB0")]
    public void AnExitReaderThatCannotBeOpenedIsRefused(string key, string reader, string? device) =>
        Assert.StartsWith(key, Errors(new BadgeOptions { ExitReader = reader, ExitDevice = device })[0], StringComparison.Ordinal);

    [Fact]
    public void TwoReadersOnOneDeviceAreRefused()
    {
        BadgeOptions options = new() { Reader = "serial", Device = "/dev/ttyUSB0", ExitReader = "serial", ExitDevice = "/dev/ttyUSB0" };
        Assert.Contains("two readers cannot share one", Assert.Single(Errors(options)), StringComparison.Ordinal);
        options.ExitDevice = "/dev/ttyUSB1";
        Assert.Empty(Errors(options));
    }

    [Fact]
    public void AnUnknownTextFormatOfTheExitReaderIsRefused() => Assert.Contains("Badges:ExitTextFormat",
        Assert.Single(Errors(new BadgeOptions { ExitReader = "serial", ExitDevice = "/dev/ttyUSB1", ExitTextFormat = "?" })),
        StringComparison.Ordinal);

    private static IReadOnlyList<string> Errors(BadgeOptions options) => OptionErrors.Of(options);
}
