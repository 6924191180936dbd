using DoorAgent.Commands.Trying;

namespace DoorAgent.Tests.Commands.Trying;

public sealed class TrySettingsTests
{
    [Fact]
    public void RealHardwareIsRefusedAndNotSilentlySimulated() => Assert.Contains("simulated",
        Assert.Throws<UserErrorException>(() => TrySettings.With(["Hardware:Kind=gpio"])).Message, StringComparison.Ordinal);

    [Fact]
    public void APinThatNobodyCanTypeIsRefusedAndTheCommandThatSimulatesAKeypadIsNamed() => Assert.Contains("dooragent simulate keypad",
        Assert.Throws<UserErrorException>(() => TrySettings.With(["Decisions:Pin=required", "Badges:Keypad=8-bit"])).Message,
            StringComparison.Ordinal);
}
