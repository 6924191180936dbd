using DoorAgent.Doors;
using DoorAgent.Link.Mqtt;
using DoorAgent.Modes;
using DoorAgent.Operating;

namespace DoorAgent.Tests.Link.Mqtt;

public sealed class StateMessagesTests
{
    private static readonly MqttTopics Topics = new("dooragent", "d17", "homeassistant");

    [Fact]
    public void ALockedDoorIsLockedClosedAndWell() => Assert.Equal(
        ["lock locked", "door closed", "alarm/forced off", "alarm/held off", "fault off", "availability online"],
        Of(DiscoveryTests.Status()));

    [Theory]
    [InlineData(nameof(DoorPhase.Forced), "alarm/forced on")]
    [InlineData(nameof(DoorPhase.HeldOpen), "alarm/held on")]
    public void AnAlarmOfTheDoorIsOnAsLongAsThePhaseLasts(string phase, string state) =>
        Assert.Contains(state, Of(DiscoveryTests.Status("open") with { Door = Enum.Parse<DoorPhase>(phase) }));

    [Fact]
    public void TheLockIsUnlockedWhileTheRelayIsOn() =>
        Assert.Contains("lock unlocked", Of(DiscoveryTests.Status() with { RelaySecondsLeft = 4.2 }));

    [Fact]
    public void ARelayThatDoesNotObeyIsAJammedLockWhereTheLockHasThatWord()
    {
        DoorStatus status = DiscoveryTests.Status() with { HasRelayFault = true };

        Assert.Contains("lock locked", Of(status));
        Assert.Contains("lock jammed", Of(status, mayUnlock: true));
    }

    [Theory]
    [InlineData(DoorMode.Normal, "mode normal")]
    [InlineData(DoorMode.Unlocked, "mode unlocked")]
    [InlineData(DoorMode.Lockdown, "mode lockdown")]
    internal void TheModeIsAState(DoorMode mode, string state) =>
        Assert.Contains(state, Of(DiscoveryTests.Status() with { Mode = new ModeStatus(mode, "by anna, user 1000") }));

    [Fact]
    public void AFaultIsOneStateWhateverItsWords() =>
        Assert.Contains("fault on", Of(DiscoveryTests.Status() with { Faults = ["the camera gives no usable picture"] }));

    [Fact]
    public void ADoorWithoutAContactHasNoStateOfIt() =>
        Assert.Equal(["lock locked", "fault off", "availability online"], Of(DiscoveryTests.Status("none")));

    [Fact]
    public void ADoorThatDoesNotAnswerIsUnavailable() => Assert.Equal(["availability offline"], Of(null));

    [Fact]
    public void EveryStateIsKeptByTheBroker() =>
        Assert.All(StateMessages.Of(DiscoveryTests.Status(), Topics, mayUnlock: false), message => Assert.True(message.IsRetained));

    private static IEnumerable<string> Of(DoorStatus? status, bool mayUnlock = false) =>
        StateMessages.Of(status, Topics, mayUnlock).Select(message => $"{message.Topic["dooragent/d17/".Length..]} {message.Payload}");
}
