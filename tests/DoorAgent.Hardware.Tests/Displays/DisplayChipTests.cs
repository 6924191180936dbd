using DoorAgent.Hardware.Displays;

namespace DoorAgent.Hardware.Tests.Displays;

/// <summary>Tests the bindings of dotnet/iot with simulated displays.</summary>
public sealed class DisplayChipTests : IDisposable
{
    private readonly SimulatedSsd1306 _panel = new();
    private readonly SimulatedLcd _lcd = new(columns: 16, rows: 2);

    public void Dispose()
    {
        _panel.Dispose();
        _lcd.Dispose();
    }

    [Theory]
    [InlineData(64)]
    [InlineData(32)]
    public void APanelShowsATextPixelForPixel(int height)
    {
        using Ssd1306Display display = new(_panel, height);
        display.Show("Welcome, Adam");
        byte[] drawn = TextBitmap.Draw("Welcome, Adam", 128, height);
        Assert.Contains(drawn, points => points != 0);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < 128; x++)
                Assert.Equal((drawn[(y / 8 * 128) + x] >> (y % 8) & 1) != 0, _panel.IsPointSet(x, y));
        }

        Assert.Equal((true, height, height == 64), (_panel.IsLit, _panel.Rows, _panel.HasAlternativePins));
    }

    [Fact]
    public void AnEmptyTextDarkensAPanel()
    {
        using Ssd1306Display display = new(_panel, 64);
        display.Show("Welcome");
        display.Show("");
        Assert.False(_panel.IsLit);
    }

    [Fact]
    public void APanelWhoseSupplyDippedShowsTheNextText()
    {
        using Ssd1306Display display = new(_panel, 64);
        display.Show("Welcome");
        _panel.LosePower();
        display.Show("Close the door");
        Assert.Equal((true, 64), (_panel.IsLit, _panel.Rows));
    }

    [Fact]
    public void AnLcdShowsATextInItsRows()
    {
        using CharacterLcdDisplay display = new(_lcd, 16, 2);
        display.Show("Look at the camera");
        Assert.Equal(["  Look at the   ", "     camera     "], _lcd.Rows);
        display.Show("Wait 28 s");
        Assert.Equal(["   Wait 28 s    ", "                "], _lcd.Rows);
        Assert.True(_lcd.IsLit);
    }

    [Fact]
    public void AnLcdOfFourRowsShowsEachRowInItsPlace()
    {
        using SimulatedLcd large = new(columns: 20, rows: 4);
        using CharacterLcdDisplay display = new(large, 20, 4);
        display.Show("one two three four five six seven eight nine ten eleven twelve");
        Assert.Equal(["one two three four", "five six seven eight", "nine ten eleven", "twelve"], large.Rows.Select(row => row.Trim()));
    }

    [Fact]
    public void AnEmptyTextDarkensAnLcd()
    {
        using CharacterLcdDisplay display = new(_lcd, 16, 2);
        display.Show("Welcome");
        display.Show("");
        Assert.False(_lcd.IsLit);
        Assert.All(_lcd.Rows, row => Assert.Equal("", row.Trim()));
    }

    [Fact]
    public void AnLcdShowsUmlautsByTheCodesOfItsRomAndOtherLettersWithoutTheirMarks()
    {
        using CharacterLcdDisplay display = new(_lcd, 16, 2);
        display.Show("äöüß éÄñ Ж");
        Assert.Equal("\u00E1\u00EF\u00F5\u00E2 eA\u00EE ?", _lcd.Rows.First().Trim());
    }

    [Fact]
    public void AnLcdWhoseHalvesWereShiftedShowsTheNextText()
    {
        using CharacterLcdDisplay display = new(_lcd, 16, 2);
        display.Show("Welcome");
        _lcd.Disturb();
        display.Show("Close the door");
        Assert.Equal("Close the door", _lcd.Rows.First().Trim());
    }

    [Fact]
    public void AMissingDisplayIsAnIoError()
    {
        _panel.IsThere = _lcd.IsThere = false;
        using Ssd1306Display panel = new(_panel, 64);
        using CharacterLcdDisplay lcd = new(_lcd, 16, 2);
        Assert.Throws<IOException>(() => panel.Show("Welcome"));
        Assert.Throws<IOException>(() => lcd.Show("Welcome"));
    }
}
