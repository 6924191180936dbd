using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class RunningCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task ADoorThatIsNotRunningIsOk() => (await _door.FindAsync<RunningCheck>()).Has(FindingLevel.Ok, "no door runs");

    [Fact]
    public async Task ARunningDoorReportsItsFaults()
    {
        _door.Running = _door.Status() with { Faults = ["the relay does not obey"] };
        IReadOnlyList<Finding> found = await _door.FindAsync<RunningCheck>();
        found.Has(FindingLevel.Ok, "running since 2030-03-04 07:00, locked: real hardware");
        found.Has(FindingLevel.Fault, "the relay does not obey", "log --alarms");
    }

    [Fact]
    public async Task ADoorThatRefusesTheQuestionIsAWarning()
    {
        _door.Refusal = "The socket is another user's. Try it with sudo.";
        (await _door.FindAsync<RunningCheck>()).Has(FindingLevel.Warning, "another user's", "sudo");
    }
}
