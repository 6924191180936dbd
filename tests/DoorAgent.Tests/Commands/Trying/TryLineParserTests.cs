using DoorAgent.Commands.Trying;
using DoorAgent.Hardware.Badges;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Commands.Trying;

public sealed class TryLineParserTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# a comment")]
    public void AnEmptyLineMeansNothing(string line) => Assert.Null(Read(line));

    [Fact]
    public void ALineIsAKeyOrAStepOfAScenario()
    {
        Assert.Equal(TryKeys.Read(SomeTrial.Played, 'a'), Read(" a "));
        Assert.Equal(new TryAction.Step(new MoveDoor(Open: true)), Read("door open # out"));
        Assert.Equal(new TryAction.Step(new PresentBadge(Badge.Parse("H10301:1:2"), PresentBadge.DefaultGap)), Read("badge H10301:1:2"));
        Assert.Equal(new TryAction.Stand(TrialPeople.Stranger), Read("stand stranger"));
        Assert.Equal(new TryAction.Stand(null), Read("stand nobody"));
        Assert.Equal(new TryAction.Wait(TimeSpan.FromSeconds(1.5)), Read("wait 1.5"));
        Assert.IsType<TryAction.Leave>(Read("quit"));
        Assert.IsType<TryAction.Help>(Read("help"));
        Assert.IsType<TryAction.Help>(Read("?"));
    }

    [Theory]
    [InlineData("H10301:1:2")]
    [InlineData(" h10301:1:2")]
    public void AfterTheBadgeKeyALineIsTheNumber(string line) => Assert.Equal(
        new TryAction.Step(new PresentBadge(Badge.Parse("H10301:1:2"), PresentBadge.DefaultGap)),
        TryLineParser.Read(SomeTrial.Played with { Typed = "" }, line));

    [Fact]
    public void TheHelpNamesEverythingThatCanBeTyped()
    {
        string help = TryLineParser.Help(SomeTrial.Played, [new ConsoleStep("badge H10301:1:2", "")]);
        Assert.All(["stand nora", "stand nobody", "badge H10301:1:2", "wait 3", "help", "quit"],
            word => Assert.Contains($"  {word}", help, StringComparison.Ordinal));
        Assert.DoesNotContain("stand", TryLineParser.Help(SomeTrial.Yours, []), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stand nroa", "Column 7: 'nroa' is not a person who can stand there. Did you mean nora?")]
    [InlineData("door opne", "Did you mean open?")]
    [InlineData("badge 123", "not a badge number")]
    [InlineData("camera none", "'camera' is not a command.")]
    [InlineData("hepl", "Did you mean help?")]
    [InlineData("wait long", "from 0 to 600")]
    [InlineData("door open now", "'now' is not expected here")]
    [InlineData("\"", "Column 1")]
    public void AnUnknownLineIsRefusedWithTheReason(string line, string why) =>
        Assert.Contains(why, Assert.IsType<TryAction.Refused>(Read(line)).Why, StringComparison.Ordinal);

    [Fact]
    public void NobodyCanBePlacedInFrontOfARealCamera() =>
        Assert.IsType<TryAction.Refused>(TryLineParser.Read(SomeTrial.Yours, "stand adam"));

    private static TryAction? Read(string line) => TryLineParser.Read(SomeTrial.Played, line);
}
