using DoorAgent.Decisions;
using DoorAgent.Hardware.Badges;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

public sealed class KeypadEntryTests
{
    private static readonly TimeSpan KeyTimeout = TimeSpan.FromSeconds(5);

    [Fact]
    public void DigitsComeTogetherInTheirOrder() => Assert.Equal("0471", Typed("0471").Digits);

    [Fact]
    public void AStarForgetsWhatWasTypedAndThatKeysWerePressedStays()
    {
        Assert.Equal("12", Typed("47*12").Digits);
        Assert.Equal(("", false), (Typed("47*").Digits, Typed("47*").IsNew));
    }

    [Fact]
    public void APauseThatIsTooLongForgetsIt()
    {
        KeypadEntry entry = Typed("47");
        Assert.Equal("47", entry.At(At(5), KeyTimeout).Digits);
        Assert.Equal(KeypadEntry.Empty, entry.At(At(5.1), KeyTimeout));
    }

    [Fact]
    public void ThatItIsTooLongIsRememberedAndNotHowLong()
    {
        Assert.Equal((20, false), (Typed(new string('1', 20)).Digits.Length, Typed(new string('1', 20)).IsTooLong));
        Assert.Equal((20, true), (Typed(new string('1', 500)).Digits.Length, Typed(new string('1', 500)).IsTooLong));
        Assert.Equal(("7", false), (Typed(new string('1', 500) + "*7").Digits, Typed(new string('1', 500) + "*7").IsTooLong));
    }

    [Fact]
    public void ItDoesNotPrint()
    {
        Assert.Equal("4 digits", $"{Typed("4711")}");
        AccessState state = AccessState.Initial with { Entry = Typed("4711") };
        Assert.DoesNotContain("4711", $"{state}", StringComparison.Ordinal);
        Assert.DoesNotContain("4711", $"{new AccessStep(state, []) { Question = new PinQuestion(1, AdamsPin, "4711") }}",
            StringComparison.Ordinal);
    }

    /// <summary>All at second zero.</summary>
    private static KeypadEntry Typed(string keys) =>
        keys.Aggregate(KeypadEntry.Empty, (entry, key) => entry.Press(KeypadKey.Of(key), At(0)));
}
