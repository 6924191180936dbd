using System.Text.Json;
using DoorAgent.Diagnostics;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Setup;

[Collection(nameof(WholeConsole))]
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Slow]
    [Fact]
    public async Task ASimulatedDoorHasNoFaultAndEveryCheckReportsAFinding()
    {
        using WholeConsole console = new();
        Assert.Equal(0, await Program.Main([.. Door("doctor", "--json")]));
        using JsonDocument report = JsonDocument.Parse(console.Out);
        Assert.NotEqual("fault", report.RootElement.GetProperty("result").GetString());
        Assert.Equal(
            Doctor.Checks.Select(check => check.Name),
            report.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("check").GetString())
                .Distinct());
        Assert.True(File.Exists(_data.File("doctor.jpg")));
    }

    [Slow]
    [Fact]
    public async Task AFaultEndsWithOneAndAppearsInTheTable()
    {
        using WholeConsole console = new();
        Assert.Equal(1, await Program.Main([.. Door("doctor", "--set", "Doors:AccessTime=1h")]));
        Assert.Contains("FAULT", console.Out, StringComparison.Ordinal);
        Assert.Contains("1 fault", console.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--listen", "0", "from 1 to 300")]
    [InlineData("--picture", "door.txt", "does not have the extension of a picture")]
    public async Task WrongOptionsAreRefused(string option, string value, string words)
    {
        using WholeConsole console = new();
        Assert.Equal(2, await Program.Main([.. Door("doctor", option, value)]));
        Assert.Contains(words, console.Error, StringComparison.Ordinal);
    }

    private IEnumerable<string> Door(params string[] words) =>
    [
        .. words, "--data", _data.Path, "--set", "Hardware:Kind=simulated", "--set", "Hardware:Contact=none",
        "--set", $"Hardware:Camera={Path.Combine(Places.BuiltInPeople, "adam", "door-1")}",
    ];
}
