namespace DoorAgent.EndToEnd;

/// <summary>Tests what a terminal shows before any key is pressed. Colour codes separate the parts of a line.</summary>
public sealed class TerminalTests
{
    [Slow]
    [Theory]
    [InlineData(80, 24)]
    [InlineData(80, 18)]
    public void TheTrialDrawsItsDoorBeforeAKeyIsPressed(int columns, int rows)
    {
        using Daemon trial = Daemon.StartOnTerminal(columns, rows, "try --builtin");
        trial.WaitFor("a simulated door");
        trial.WaitFor("closed and locked");
        trial.WaitFor("leave");
        trial.Type("q");
        trial.WaitFor("The door is locked");
        Assert.Equal(0, trial.WaitForExit());
    }

    [Slow]
    [Fact]
    public void ASmallTerminalShowsTheTopOfTheWatchedDoor()
    {
        using Door door = new();
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");
        using Daemon watch = Daemon.StartOnTerminal(80, 6, $"watch --data {door.Data}");
        watch.WaitFor("locked");
        watch.WaitFor("faults");
        watch.WaitFor("closed");
        Assert.DoesNotContain("Gallery loaded", watch.Said, StringComparison.Ordinal);
    }

    [Slow]
    [Fact]
    public void ATrialInASmallTerminalShowsItsTopAndNamesTheMissingPart()
    {
        using Daemon trial = Daemon.StartOnTerminal(60, 12, "try --builtin");
        trial.WaitFor("This terminal has 60 x 12 characters");
        trial.WaitFor("a simulated door");
        trial.Type("q");
        trial.WaitFor("The door is locked");
        Assert.Equal(0, trial.WaitForExit());
    }
}
