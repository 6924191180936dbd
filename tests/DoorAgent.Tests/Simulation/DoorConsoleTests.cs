using System.Text.RegularExpressions;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Simulation;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Simulation;

public sealed partial class DoorConsoleTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedGpioLines _lines;
    private readonly StringWriter _answers = new();

    public DoorConsoleTests() => _lines = new SimulatedGpioLines(_time, 32);

    public void Dispose()
    {
        _lines.Dispose();
        _answers.Dispose();
    }

    [Fact]
    public async Task HelpListsWhatThisDoorUnderstandsAndTheExampleIsWhole()
    {
        string help = await AnswerAsync("help", new HardwareOptions { Contact = "23" });
        Assert.Contains("  badge H10301:123:4567 ", help, StringComparison.Ordinal);
        Assert.Contains("  door open ", help, StringComparison.Ordinal);
        Assert.DoesNotContain("exit press", help, StringComparison.Ordinal);
        Assert.DoesNotContain("keys", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", null, null, "badge bits glitch")]
    [InlineData("23", null, null, "badge door bits glitch")]
    [InlineData("23", 24, "4-bit", "badge door exit keys bits glitch")]
    public async Task TheHelpListsExactlyWhatCanBeTyped(string contact, int? exit, string? keypad, string kinds)
    {
        HardwareOptions pins = new() { Contact = contact, Exit = exit };
        KeypadLayout? layout = new BadgeOptions { Keypad = keypad ?? "none" }.KeypadLayout;
        IReadOnlyList<ConsoleStep> steps = ConsoleStep.Of(pins, layout);
        Assert.Equal(kinds.Split(' '), steps.Select(step => step.Example.Split(' ')[0]).Distinct());
        Assert.Equal("", await AnswerAsync(string.Join('\n', steps.Select(step => step.Example)), pins, layout));
    }

    [Theory]
    [InlineData("foo", "'foo' is not a command. Did you mean door? 'help' lists the commands.")]
    [InlineData("camera none", "'camera' is not a command.")]
    [InlineData("restart", "'restart' is not a command.")]
    [InlineData("door opne", "Did you mean open?")]
    [InlineData("door open now", "'now' is not expected here.")]
    [InlineData("exit press", "Hardware:Exit names no line")]
    [InlineData("keys 1#", "Badges:Keypad is none")]
    [InlineData("badge 7", "such as H10301:123:4567.")]
    [InlineData("\"", "'help' lists the commands.")]
    public async Task AnInvalidLineIsAnsweredWithAHint(string typed, string words) =>
        Assert.Contains(words, await AnswerAsync(typed, new HardwareOptions { Contact = "23" }), StringComparison.Ordinal);

    [Fact]
    public async Task ADoorWithoutAContactSaysThatNothingNoticesTheMove() =>
        Assert.Contains("Hardware:Contact is none", await AnswerAsync("door open", new HardwareOptions { Contact = "none" }),
            StringComparison.Ordinal);

    [Fact]
    public void TheLineOfTheGuideRunsADoorThatUnderstandsWhatTheGuideSaysToType()
    {
        string page = Repository.Guide("people.md");
        string command = Assert.Single(page.Split('\n'),
            line => line.TrimStart().StartsWith("dooragent run --set Hardware:Kind=simulated", StringComparison.Ordinal));
        HardwareOptions pins = SimulatedSettings.With("--set", Sets().Matches(command).Select(set => set.Groups[1].Value)).Hardware;
        Assert.Contains("`door open`, `door close` and `exit press` move the simulated door", page, StringComparison.Ordinal);
        Assert.Superset(new HashSet<string> { "door open", "door close", "exit press" },
            ConsoleStep.Of(pins, null).Select(step => step.Example).ToHashSet());
    }

    private async Task<string> AnswerAsync(string typed, HardwareOptions pins, KeypadLayout? keypad = null)
    {
        using StringReader hands = new(typed);
        await DoorConsole.ListenAsync(hands, new DoorScene(_lines, pins, keypad, _time), _answers);
        return _answers.ToString();
    }

    [GeneratedRegex(@"--set (\S+)")]
    private static partial Regex Sets();
}
