using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Doors;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Operating;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class RelayCheckTests : IDisposable
{
    private const int Relay = 22, Contact = 23;

    private readonly SomeDoor _door = new();
    private readonly SimulatedGpioLines _lines;

    public RelayCheckTests()
    {
        _door.Chip = _lines = new SimulatedGpioLines(_door.Time, 32);
        _lines.Drive(Contact, high: false);
    }

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task TheRelayNeverMovesWithoutTheOption()
    {
        IReadOnlyList<Finding> found = await _door.FindRealAsync<RelayCheck>();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "says the door is closed");
        found.Has(FindingLevel.Ok, "--move-relay");
        Assert.DoesNotContain(_lines.Timeline, change => change.Line == Relay);
    }

    [Theory]
    [InlineData(null, "there is no terminal")]
    [InlineData(false, "did not say yes")]
    public async Task TheRelayNeverMovesWithoutAYes(bool? answer, string what)
    {
        (_door.MovesRelay, _door.Answer) = (true, answer);
        (await _door.FindRealAsync<RelayCheck>()).Has(FindingLevel.Warning, what, "--move-relay");
        Assert.DoesNotContain(_lines.Timeline, change => change.Line == Relay);
    }

    [Fact]
    public async Task WithAYesTheRelayIsOnForASecondAndTheContactMoves()
    {
        IReadOnlyList<Finding> found = await MoveAsync(opens: true, closes: true);
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "line 22 followed");
        found.Has(FindingLevel.Ok, "saw the door open and close");
        LevelChange[] moves = [.. _lines.Timeline.Where(change => change.Line == Relay)];
        Assert.Equal([true, false], moves.Select(move => move.IsHigh));
        Assert.Equal(TimeSpan.FromSeconds(1), moves[1].At - moves[0].At);
    }

    [Fact]
    public async Task AContactThatNeverMovesIsAFault() =>
        (await MoveAsync(opens: false, closes: false)).Has(FindingLevel.Fault, "never saw the door open", "wires");

    [Fact]
    public async Task AContactThatStaysOpenIsAFault() =>
        (await MoveAsync(opens: true, closes: false)).Has(FindingLevel.Fault, "open and not close", "magnet");

    [Fact]
    public async Task AContactThatReportsTheOppositeIsAFault()
    {
        _lines.Drive(Contact, high: true);
        (await MoveAsync(opens: false, closes: false))
            .Has(FindingLevel.Fault, "says open while the door is closed", "Hardware:ContactOpenIsLow to true");
    }

    [Fact]
    public async Task ARelayThatCannotBeSetIsAFaultAndStaysReleased()
    {
        _lines.FailOutput(Relay, fails: true);
        (_door.MovesRelay, _door.Answer) = (true, true);
        (await _door.FindRealAsync<RelayCheck>()).Has(FindingLevel.Fault, "could not be set");
        Assert.DoesNotContain(_lines.Timeline, change => change.Line == Relay);
    }

    [Fact]
    public async Task ARunningDoorIsAskedToUnlockAndLock()
    {
        (_door.MovesRelay, _door.Answer, _door.Running) = (true, true, _door.Status());
        List<OperatorVerb> asked = [];
        Queue<DoorPhase> phases = new([DoorPhase.Unlocked, DoorPhase.Open, DoorPhase.Locked]);
        _door.Asked = verb =>
        {
            asked.Add(verb);
            return verb == OperatorVerb.Status ? new OperatorAnswer { Status = _door.Status(phases.Dequeue()) }
                : new OperatorAnswer { Done = "done" };
        };
        Task<IReadOnlyList<Finding>> finding = _door.FindRealAsync<RelayCheck>();
        _door.Time.Advance(TimeSpan.FromMilliseconds(250));
        IReadOnlyList<Finding> found = await finding;
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "unlocked");
        Assert.Equal([OperatorVerb.Unlock, OperatorVerb.Lock], asked.Where(verb => verb != OperatorVerb.Status));
        Assert.DoesNotContain(_lines.Timeline, change => change.Line == Relay);
    }

    private async Task<IReadOnlyList<Finding>> MoveAsync(bool opens, bool closes)
    {
        (_door.MovesRelay, _door.Answer) = (true, true);
        Task<IReadOnlyList<Finding>> finding = _door.FindRealAsync<RelayCheck>();
        _door.Time.Advance(TimeSpan.FromSeconds(1));
        // Code that waits for the clock continues within Advance, on this thread, so the clock cannot run ahead of that code.
        for (int step = 0; !finding.IsCompleted; step++)
        {
            if (step == 4 && opens)
                _lines.Drive(Contact, high: true);
            if (step == 12 && closes)
                _lines.Drive(Contact, high: false);
            await _lines.WhenIdleAsync();
            _door.Time.Advance(TimeSpan.FromMilliseconds(250));
        }

        return await finding;
    }
}
