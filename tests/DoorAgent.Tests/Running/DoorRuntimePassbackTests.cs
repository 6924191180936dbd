using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Operating;
using DoorAgent.Simulation;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Tests the worker at a door with an exit reader.</summary>
public sealed class DoorRuntimePassbackTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private static readonly string[] TwoReaders =
        ["Badges:ExitReader=wiegand", "Hardware:ExitD0=12", "Hardware:ExitD1=13", "Decisions:Passback=hard"];

    [Fact]
    public async Task WhoIsInsideIsDeniedUntilSeenAtTheExit()
    {
        await using DoorAtWork door = await AdamIsInsideAsync();
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(1);
        Assert.Equal("Denied Passback", door.Decision);

        door.Do(new LeaveWithBadge(DoorAtWork.AdamsBadge));
        await door.PassAsync(1);
        Assert.True(door.IsRelayOn);
        door.Do(new MoveDoor(Open: true));
        await door.PassAsync(1);
        door.Do(new MoveDoor(Open: false));
        Assert.Equal("adam", door.Events.Single(e => e.Kind == DoorEventKind.ExitTaken).PersonName);
        await door.PassAsync(3);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("ADAM")]
    [InlineData(null)]
    public async Task AnOperatorForgivesOnePersonOrEverybodyOnRecord(string? name)
    {
        await using DoorAtWork door = await AdamIsInsideAsync();
        OperatorAnswer answer = await door.AskAsync(new OperatorRequest(OperatorVerb.Forgive) { Called = name });
        Assert.Contains(name is null ? "everybody" : "adam", answer.Done, StringComparison.Ordinal);
        DoorEvent forgiven = door.Events.Single(e => e.Kind == DoorEventKind.PassbackForgiven);
        Assert.Equal((name is null ? null : "adam", true), (forgiven.PersonName, forgiven.Detail!.Contains("the test", StringComparison.Ordinal)));

        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
    }

    [Fact]
    public async Task NobodyIsForgivenWithoutARecordOrWithoutBeingKnown()
    {
        await using DoorAtWork door = await AdamIsInsideAsync();
        Assert.Contains("nobody called 'eve'", (await door.AskAsync(new OperatorRequest(OperatorVerb.Forgive) { Called = "eve" })).Refusal,
            StringComparison.Ordinal);
        door.FailJournal();
        Assert.StartsWith("Nothing was changed", (await door.AskAsync(new OperatorRequest(OperatorVerb.Forgive))).Refusal,
            StringComparison.Ordinal);
        door.RepairJournal();
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(1);
        Assert.Equal("Denied Passback", door.Decision);
    }

    [Fact]
    public async Task AJournalThatCannotBeWrittenLocksNobodyIn()
    {
        await using DoorAtWork door = await AdamIsInsideAsync();
        door.FailJournal();
        door.Do(new LeaveWithBadge(DoorAtWork.AdamsBadge));
        await door.PassAsync(1);
        Assert.True(door.IsRelayOn);
        Assert.Contains(door.Events, e => e.Kind == DoorEventKind.Warning && e.Detail!.Contains("nobody is locked in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AGrantThatCouldNotBeRecordedLeavesThePersonOutside()
    {
        await using DoorAtWork door = new(people, settings: TwoReaders);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.FailJournal();
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Denied AuditFailed", door.Decision);
        door.RepairJournal();
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
    }

    /// <summary>Two people are let in together: the first one's record must not open the door for that person alone.</summary>
    [Fact]
    public async Task WhereTheSecondOfTwoCannotBeRecordedNeitherIsLetIn()
    {
        await using DoorAtWork door = new(people, settings: ["Decisions:Mode=badge-only", "Decisions:IKnowBadgesCanBeCopied=true",
            "Decisions:TwoPersonHours=always"]);
        await door.PassAsync(0.5);
        WrittenJournal.Change(door.JournalFile, "CREATE TRIGGER test_second BEFORE INSERT ON event WHEN NEW.kind = 'Granted' "
            + "AND EXISTS (SELECT 1 FROM event WHERE kind = 'Granted') BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END");
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(2);
        Assert.Equal(1, door.Count(DoorEventKind.SecondPersonAwaited));
        door.Present(Badge.Parse("H10301:123:4568"));
        await door.PassAsync(2);
        Assert.Equal(2, door.Events.Count(e => e.Reason == DenyReason.AuditFailed));
        Assert.Equal(0, door.Count(DoorEventKind.RelayOn));
    }

    [Fact]
    public async Task TheStatusShowsBothReaders()
    {
        await using DoorAtWork door = await AdamIsInsideAsync();
        DoorStatus status = (await door.AskAsync(OperatorVerb.Status)).Status!;
        Assert.Equal("Wiegand reader on lines 17 and 18 (H10301)", status.Reader);
        Assert.Equal("Wiegand reader on lines 12 and 13 (H10301)", status.ExitReader);
        Assert.Contains("at the exit: Wiegand reader on lines 12 and 13", status.Running, StringComparison.Ordinal);
        Assert.True(door.HasMoved());
    }

    [Theory]
    [InlineData("Decisions:Passback is hard and Badges:ExitReader is none", "Decisions:Passback=hard")]
    [InlineData("Decisions:Passback is soft and Badges:ExitReader is none", "Decisions:Passback=soft")]
    [InlineData("Hardware:ExitD0 is not set and Badges:ExitReader is wiegand", "Badges:ExitReader=wiegand")]
    public void ADoorWhoseExitReaderIsMissingDoesNotStart(string why, string setting) =>
        Assert.StartsWith(why, Assert.Throws<UserErrorException>(() => new DoorAtWork(people, settings: [setting])).Message,
            StringComparison.Ordinal);

    private async Task<DoorAtWork> AdamIsInsideAsync()
    {
        DoorAtWork door = new(people, settings: TwoReaders);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(2);
        Assert.Equal("Granted adam", door.Decision);
        door.Do(new MoveDoor(Open: true));
        await door.PassAsync(2);
        door.Do(new MoveDoor(Open: false));
        await door.PassAsync(10);
        return door;
    }
}
