using DoorAgent.Commands.Trying;

namespace DoorAgent.Tests.Commands.Trying;

public sealed class TrySettingsTests
{
    [Fact]
    public void RealHardwareIsRefusedAndNotSilentlySimulated() => Assert.Contains("simulated",
        Assert.Throws<UserErrorException>(() => TrySettings.With(["Hardware:Kind=gpio"], isOfStills: true)).Message, StringComparison.Ordinal);

    [Fact]
    public void APinThatNobodyCanTypeIsRefusedAndTheCommandThatSimulatesAKeypadIsNamed() => Assert.Contains("dooragent simulate keypad",
        Assert.Throws<UserErrorException>(() => TrySettings.With(["Decisions:Pin=required", "Badges:Keypad=8-bit"], isOfStills: true)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void StillsAreNotDoubtedUnlessTheUserWantsIt()
    {
        Assert.False(TrySettings.With([], isOfStills: true).Liveness.IsOn);
        Assert.True(TrySettings.With(["Liveness:Mode=on"], isOfStills: true).Liveness.IsOn);
        Assert.True(TrySettings.With([], isOfStills: false).Liveness.IsOn);
    }
}
