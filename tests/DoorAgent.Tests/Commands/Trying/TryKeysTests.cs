using DoorAgent.Commands.Trying;
using DoorAgent.Hardware.Badges;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Commands.Trying;

public sealed class TryKeysTests
{
    [Fact]
    public void TheKeyOfAPersonPresentsTheirBadge()
    {
        Assert.Equal(Shown("H10301:123:4567"), TryKeys.Read(SomeTrial.Played, 'a'));
        Assert.Equal(Shown("H10301:9:9999"), TryKeys.Read(SomeTrial.Played, 's'));
        Assert.Equal(Shown("H10301:1:1"), TryKeys.Read(SomeTrial.Yours, 'y'));
        Assert.IsType<TryAction.Refused>(TryKeys.Read(SomeTrial.Played, 'y'));
    }

    [Fact]
    public void OneKeyOpensAndClosesTheDoor()
    {
        Assert.Equal(new TryAction.Step(new MoveDoor(Open: true)), TryKeys.Read(SomeTrial.Played, 'o'));
        Assert.Equal(new TryAction.Step(new MoveDoor(Open: false)), TryKeys.Read(SomeTrial.Played.On(DoorPart.Leaf), 'o'));
        Assert.Equal(new TryAction.Step(new PressExit(PressExit.Default)), TryKeys.Read(SomeTrial.Played, 'E'));
    }

    [Fact]
    public void APersonCanBePlacedInFrontOfASimulatedCameraOnly()
    {
        Assert.Equal(new TryAction.Stand(TrialPeople.Stranger), TryKeys.Read(SomeTrial.Played, '3'));
        Assert.Equal(new TryAction.Stand(null), TryKeys.Read(SomeTrial.Played, '0'));
        Assert.IsType<TryAction.SwitchLight>(TryKeys.Read(SomeTrial.Played, 'l'));
        Assert.IsType<TryAction.PullCable>(TryKeys.Read(SomeTrial.Played, 'c'));
        Assert.All("0134lc?", key => Assert.IsType<TryAction.Refused>(TryKeys.Read(SomeTrial.Yours, key)));
        Assert.IsType<TryAction.Refused>(TryKeys.Read(SomeTrial.Played, '4'));
    }

    [Theory]
    [InlineData('q')]
    [InlineData('Q')]
    [InlineData('\u001b')]
    [InlineData('\u0003')]
    public void SeveralKeysEndTheTrial(char key) => Assert.IsType<TryAction.Leave>(TryKeys.Read(SomeTrial.Yours, key));

    [Fact]
    public void EachKeyHasOneMeaning()
    {
        Assert.All([SomeTrial.Played, SomeTrial.Yours], state =>
        {
            string keys = string.Concat(TryKeys.Help(state).SelectMany(line => line.Pieces).Where(piece => piece.Style == TextStyle.Key)
                .Select(piece => piece.Text));
            char[] all = [.. keys.Where(c => c is not ('[' or ']' or ' '))];
            Assert.Equal(all.Distinct(), all);
            Assert.All(all, key => Assert.IsNotType<TryAction.Refused>(TryKeys.Read(state, key)));
        });
    }

    [Fact]
    public void ABadgeCanBeTyped()
    {
        Assert.Equal(new TryAction.Type(""), TryKeys.Read(SomeTrial.Played, 'b'));
        Assert.Equal(new TryAction.Type("H1"), Typing("H", '1'));
        Assert.Equal(new TryAction.Type("a"), Typing("", 'a'));
        Assert.Equal(new TryAction.Type("H"), Typing("H1", '\u007f'));
        Assert.Equal(new TryAction.Type(null), Typing("", '\b'));
        Assert.Equal(new TryAction.Type(null), Typing("H1", '\u001b'));
        Assert.Equal(new TryAction.Type(null), Typing("", '\r'));
        Assert.Equal(new TryAction.Type(new string('1', 40)), Typing(new string('1', 40), '1'));
        Assert.IsType<TryAction.Leave>(Typing("H1", '\u0003'));
        Assert.Equal(Shown("H10301:9:1"), Typing("H10301:9:1", '\r'));
        Assert.Contains("'12' is not a badge number", Assert.IsType<TryAction.Refused>(Typing("12", '\n')).Why, StringComparison.Ordinal);
    }

    private static TryAction Typing(string typed, char key) => TryKeys.Read(SomeTrial.Played with { Typed = typed }, key);

    private static TryAction.Step Shown(string badge) => new(new PresentBadge(Badge.Parse(badge), PresentBadge.DefaultGap));
}
