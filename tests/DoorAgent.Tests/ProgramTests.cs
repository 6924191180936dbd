namespace DoorAgent.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0, "--help")]
    [InlineData(0, "config", "show", "--set", "Auditing:SlowAfter=1s")]
    [InlineData(2, "config", "show", "--set", "Auditing:SlowAftre=1s")]
    [InlineData(2, "config", "show", "--config", "/nowhere/dooragent.json")]
    [InlineData(2, "nonsense")]
    [InlineData(2, "people")]
    [InlineData(2, "verify")]
    [InlineData(2, "simulate", "day", "--set", "Doors:AccessTime=5s")]
    [InlineData(2, "simulate", "nowhere.door")]
    [InlineData(2, "config", "show", "--nonsense")]
    public async Task TheExitCodeSaysWhatHappened(int expected, params string[] arguments) =>
        Assert.Equal(expected, await Program.Main(arguments));
}
