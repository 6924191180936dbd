using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>Keys while no PIN is awaited: a typed badge number, or nothing.</summary>
public sealed class TypedKeysTests
{
    private static PolicyScene Typable(Action<DecisionOptions>? configure = null) => new(configure, "H10301:1");

    [Theory]
    [InlineData("1#")]
    [InlineData("0001#")]
    [InlineData("99*1#")]
    public void ATypedNumberIsAsGoodAsTheBadge(string keys)
    {
        PolicyScene scene = Typable().Keys(keys).Expect("AttemptOpened");

        Assert.Equal(AdamsBadge, scene.State.Attempt!.Badge);
        scene.Frames(3, Adam, true).Expect("Granted");
    }

    [Fact]
    public void AfterATypedBadgeThePinIsStillRequired() =>
        WithPin(typedPrefix: "H10301:1").Keys("1#").Expect("PinAwaited").Pin("4711").Expect("AttemptOpened");

    [Fact]
    public void WhereAPinIsAwaitedDigitsAreThePin() =>
        WithPin(typedPrefix: "H10301:1").Read(AdamsBadge).Pin("2").Expect("Denied WrongPin");

    [Fact]
    public void TenUnknownTypedNumbersStartALockoutAndUnknownBadgesAreCountedSeparately()
    {
        PolicyScene scene = Typable();
        for (int i = 0; i < 10; i++)
            scene.Keys($"9{i}#");
        scene.Expect("KeysNotUsed", "LockoutStarted");
        Assert.Empty(scene.State.UnknownBadges.Failures);
        scene.Unknown().Expect("Denied UnknownBadge");
    }

    /// <summary>The digits may be a PIN that was typed before its badge.</summary>
    [Theory]
    [InlineData("badge-and-face", true)]
    [InlineData("badge-only", true)]
    [InlineData("face-only", true)]
    [InlineData("badge-and-face", false)]
    public void NoDigitOfAnUnknownNumberIsReported(string mode, bool hasGallery)
    {
        PolicyScene scene = Typable(options => options.Mode = mode);
        if (!hasGallery)
            scene.Gallery = null;
        List<DoorEvent> said = [];
        for (int i = 0; i < 12; i++)
            said.AddRange(scene.Keys("8062#").Last);
        Assert.NotEmpty(said);
        Assert.All(said, raised => Assert.True(raised is { BadgeHint: null, PersonId: null }
            && raised.Detail?.Contains("62", StringComparison.Ordinal) != true, raised.ToString()));
    }

    [Fact]
    public void ATypedNumberIsNotTheBadgeThatAnOperatorWaitsFor()
    {
        PolicyScene scene = Typable().Apply(new BadgeAwaited(TimeSpan.MaxValue));
        scene.Keys("8062#").Expect("KeysNotUsed");
        scene.Unknown().Expect("BadgeTaken");
    }

    /// <summary>A person can type ten thousand numbers a day: the lockout must not reveal which of them are known.</summary>
    [Fact]
    public void DuringTheLockoutNoTypedNumberOpensButAReadBadgeDoes()
    {
        PolicyScene scene = Typable(options => options.Mode = "badge-only");
        for (int i = 0; i < 10; i++)
            scene.Keys($"9{i}#");

        scene.Keys("77#").Expect("Denied LockedOut");
        Assert.Equal(scene.Last[0], Assert.Single(scene.Keys("1#").Expect("Denied LockedOut").Last));

        scene.Read(NorasBadge).Expect("Granted");
        scene.Wait(30).Keys("1#").Expect("Granted");
    }

    [Fact]
    public void AnEmptyOrTooLongNumberIsNotABadge()
    {
        Typable().Keys("#*#").Expect();
        Typable().Keys(new string('1', 21) + "#").Expect("KeysNotUsed");
        Typable().Keys("000#").Expect("KeysNotUsed");
        Typable().Keys("0001#").Expect("AttemptOpened");
    }

    [Fact]
    public void ABlockedBadgeTypedIsAnAlarmToo() => Typable().Keys("3#").Expect("Denied BadgeBlocked");

    [Fact]
    public void WhereOnlyFacesOpenATypedBadgeIsNotUsed() =>
        Typable(options => options.Mode = "face-only").Keys("1#").Expect("BadgeNotUsed");

    [Fact]
    public void WhereNothingIsTypedASeriesOfKeysIsReportedOnce()
    {
        PolicyScene scene = new PolicyScene().Keys("4711#4711#*").Expect("KeysNotUsed");
        scene.Wait(4.7).Keys("1").Expect();
        scene.Wait(5).Keys("12").Expect("KeysNotUsed");
        Assert.Equal("", scene.State.Entry.Digits);
    }

    [Fact]
    public void KeysDoNotDisturbAnAttemptThatLooksAtAFace() =>
        new PolicyScene().Read(AdamsBadge).Keys("1#").Expect("KeysNotUsed").Frames(3, Adam, true).Expect("Granted");

    [Fact]
    public void AnUnreadableKeyIsAReaderFault()
    {
        DoorEvent fault = Assert.Single(new PolicyScene().Apply(new ReaderFaulted(ReadFault.NoKey, 8)).Expect("ReaderFault").Last);
        Assert.Equal("not a key of the keypad, 8 bits", fault.Detail);
    }

    [Fact]
    public void AFrameOfAKeysLengthNamesTheSetting()
    {
        DoorEvent fault = Assert.Single(new PolicyScene().Apply(new ReaderFaulted(ReadFault.Length, 4)).Expect("ReaderFault").Last);
        Assert.Contains("Badges:Keypad", fault.Detail, StringComparison.Ordinal);
    }
}
