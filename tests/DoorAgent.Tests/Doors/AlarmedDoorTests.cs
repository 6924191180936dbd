using DoorAgent.Doors;

namespace DoorAgent.Tests.Doors;

/// <summary>The table of behaviour.md, section 3: columns "HeldOpen" and "Forced".</summary>
public sealed class AlarmedDoorTests
{
    public static TheoryData<string> Alarms => ["HeldOpen", "Forced"];

    [Theory]
    [MemberData(nameof(Alarms))]
    public void AGrantIsAnEventAndTheAlarmStays(string phase)
    {
        DoorScene scene = Door(phase).Grant(2).Expect("GrantedDoorOpen").Is(Enum.Parse<DoorPhase>(phase), false);

        Assert.Equal(RelayCommand.None, scene.Relay);
    }

    [Theory]
    [MemberData(nameof(Alarms))]
    public void TheExitButtonIsAnEventAndTheAlarmStays(string phase) =>
        Door(phase).Exit().Expect("RequestToExit").Is(Enum.Parse<DoorPhase>(phase), false);

    [Theory]
    [MemberData(nameof(Alarms))]
    public void AnOpenContactAgainRaisesNothing(string phase) => Door(phase).Contact(true).Expect();

    [Theory]
    [MemberData(nameof(Alarms))]
    public void AClosingContactLocksAndRestoresWithTheDurationOfTheAlarm(string phase)
    {
        DoorScene scene = Door(phase).Pass(12.5).Contact(false).Expect("Restored").Is(DoorPhase.Locked, false);

        Assert.Equal("after 12.5 s", scene.Last[0].Detail);
        scene.Contact(false).Expect();
    }

    [Theory]
    [MemberData(nameof(Alarms))]
    public void TheAlarmIsNotRaisedAgainByTime(string phase) => Door(phase).Pass(3600).Expect();

    [Theory]
    [MemberData(nameof(Alarms))]
    public void ARelayErrorIsASeparateAlarm(string phase) =>
        Door(phase).Apply(new RelayFailed("gone")).Expect("RelayFault").Apply(new RelayRecovered()).Expect("RelayRestored")
            .Contact(false).Expect("Restored");

    [Theory]
    [MemberData(nameof(Alarms))]
    public void ShutdownReleasesTheRelay(string phase) =>
        Assert.Equal(RelayCommand.Release, Door(phase).Apply(new DoorStopping()).Expect().Relay);

    private static DoorScene Door(string phase) => phase == "Forced" ? DoorScene.Forced() : DoorScene.HeldOpen();
}
