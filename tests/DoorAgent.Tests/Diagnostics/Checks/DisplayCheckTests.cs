using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Hardware.Displays;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class DisplayCheckTests : IDisposable
{
    private const string Fitted = "Hardware:Display=lcd1602@/dev/i2c-1";

    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task ADoorWithoutADisplayIsOk() =>
        (await _door.FindRealAsync<DisplayCheck>()).Has(FindingLevel.Ok, "no display is fitted");

    [Fact]
    public async Task ADisplayThatAnswersIsOkAndDarkAfterwards()
    {
        using SimulatedDisplay display = new();
        _door.Display = display;
        (await _door.FindRealAsync<DisplayCheck>(Fitted)).Has(FindingLevel.Ok, "Lcd1602 at 0x27 of /dev/i2c-1: the display answers");
        Assert.Equal("", display.Shown);
    }

    [Fact]
    public async Task ADisplayThatDoesNotAnswerIsAWarningWithTheNextStep() =>
        (await _door.FindRealAsync<DisplayCheck>(Fitted)).Has(FindingLevel.Warning, "no display answers", "i2cdetect -y 1");

    [Fact]
    public async Task TheRunningDoorReportsTheStateOfItsDisplay()
    {
        _door.Running = _door.Status();
        (await _door.FindRealAsync<DisplayCheck>(Fitted)).Has(FindingLevel.Ok, "the running door drives it");
        _door.Running = _door.Status() with { Faults = ["the display is offline: Error 121"] };
        (await _door.FindRealAsync<DisplayCheck>(Fitted)).Has(FindingLevel.Warning, "Error 121", "i2cdetect");
    }
}
