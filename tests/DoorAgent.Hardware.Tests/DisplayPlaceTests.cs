using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware.Tests;

public sealed class DisplayPlaceTests
{
    [Theory]
    [InlineData("ssd1306@/dev/i2c-1", "Ssd1306 at 0x3c of /dev/i2c-1")]
    [InlineData("ssd1306@/dev/i2c-1:0x3d", "Ssd1306 at 0x3d of /dev/i2c-1")]
    [InlineData("ssd1306-128x32@/dev/i2c-0", "Ssd1306Half at 0x3c of /dev/i2c-0")]
    [InlineData("lcd1602@/dev/i2c-1", "Lcd1602 at 0x27 of /dev/i2c-1")]
    [InlineData("lcd2004@/dev/i2c-22:0x3F", "Lcd2004 at 0x3f of /dev/i2c-22")]
    [InlineData("simulated", "simulated")]
    public void ADisplayIsNamedWithItsBus(string text, string what) => Assert.Equal(what, DisplayPlace.TryParse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("ssd1306")]
    [InlineData("ssd1306@")]
    [InlineData("ssd1306@/dev/i2c-")]
    [InlineData("ssd1306@i2c-1")]
    [InlineData("ssd1306@/dev/i2c-1:3c")]
    [InlineData("ssd1306@/dev/i2c-1:0x07")]
    [InlineData("ssd1306@/dev/i2c-1:0x78")]
    [InlineData("ssd1306@/dev/i2c-1 ")]
    [InlineData("ssd1309@/dev/i2c-1")]
    [InlineData("SSD1306@/dev/i2c-1")]
    [InlineData("lcd1602@/dev/ttyS0")]
    public void AnythingElseIsRefusedWithTheForms(string text)
    {
        Assert.Null(DisplayPlace.TryParse(text));
        Assert.Contains(DisplayPlace.Forms, Assert.Single(Errors(HardwareOptions.RealLines, text)), StringComparison.Ordinal);
    }

    [Fact]
    public void ASimulatedDisplayIsOnlyForSimulatedHardware()
    {
        Assert.Empty(Errors(HardwareOptions.SimulatedLines, "simulated"));
        Assert.Contains("Hardware:Display", Assert.Single(Errors(HardwareOptions.RealLines, "simulated")), StringComparison.Ordinal);
        Assert.Empty(Errors(HardwareOptions.RealLines, "none"));
    }

    private static IReadOnlyList<string> Errors(string kind, string display)
    {
        OptionErrors errors = new(HardwareOptions.Section);
        new HardwareOptions { Kind = kind, Contact = "none", Display = display }.Check(errors);
        return errors.Messages;
    }
}
