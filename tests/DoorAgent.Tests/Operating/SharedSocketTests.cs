using DoorAgent.Auditing;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Doors;
using DoorAgent.Operating;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;
using Serilog.Core;

namespace DoorAgent.Tests.Operating;

/// <summary>Tests the second socket of a door, whose users the tests' own user stands for.</summary>
public sealed class SharedSocketTests : IOperable, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly WatchedTime _time = new();
    private readonly OperatorEvents _events;
    private int _asked;

    public SharedSocketTests() => _events = new OperatorEvents(Places.JournalFile, _time);

    private Places Places => new(_folder.Path, []) { SharedSocket = _folder.File("shared.sock") };

    private static OperatorAccess AsLink(bool mayUnlock = false) => new(Libc.UserId, null, mayUnlock);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheLinkMayNotUnlockUnlessTheDoorAllowsIt()
    {
        await using (OperatorSocket socket = Open(AsLink()))
            Assert.Contains("Mqtt:Unlock", (await AskAsync(new OperatorRequest(OperatorVerb.Unlock))).Refusal, StringComparison.Ordinal);
        Assert.Equal(0, _asked);
        await using OperatorSocket allowing = Open(AsLink(mayUnlock: true));
        Assert.Equal("done", (await AskAsync(new OperatorRequest(OperatorVerb.Unlock))).Done);
        Assert.NotNull((await AskAsync(new OperatorRequest(OperatorVerb.Acknowledge))).Refusal);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task TheStatusForTheLinkNamesNobody()
    {
        await using OperatorSocket socket = Open(AsLink());
        DoorStatus status = (await AskAsync(new OperatorRequest(OperatorVerb.Status))).Status!;
        string sent = System.Text.Json.JsonSerializer.Serialize(status, OperatorProtocol.Json);
        Assert.DoesNotContain("adam", sent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("somebody", status.LookingFor);
        Assert.Equal(["the seal of person 7 is broken"], status.Faults);
        Assert.Equal(7, status.Events[0].PersonId);
    }

    [Fact]
    public async Task AWaitForEventsEndsWithTheNextEventAndOtherwiseWithItsTime()
    {
        using Journal journal = WrittenJournal.With(Places.JournalFile, 2);
        await using OperatorSocket socket = Open(AsLink());
        JournalPosition end = (await AskAsync(new OperatorRequest(OperatorVerb.Events))).Batch!.Position;
        TimeSpan wait = TimeSpan.FromSeconds(30);
        Task<OperatorAnswer> waiting = AskAsync(new OperatorRequest(OperatorVerb.Events, wait.TotalSeconds) { After = end });
        await _time.WaitBeginsAsync(wait);
        journal.Append(SomeEvents.Number(3));
        _events.Publish(SomeEvents.Number(3));
        JournalBatch batch = (await waiting).Batch!;
        Assert.Equal(3, Assert.Single(batch.Events).Sequence);

        waiting = AskAsync(new OperatorRequest(OperatorVerb.Events, wait.TotalSeconds) { After = batch.Position });
        await _time.WaitBeginsAsync(wait);
        _time.Advance(wait);
        Assert.Empty((await waiting).Batch!.Events);
        Assert.Equal(batch.Position, (await waiting).Batch!.Position);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(31)]
    [InlineData(double.NaN)]
    public async Task AWaitForEventsIsZeroToThirtySeconds(double seconds)
    {
        Assert.Contains("0 to 30 s",
            (await _events.ReadAsync(new OperatorRequest(OperatorVerb.Events, seconds), hasNames: false,
                TestContext.Current.CancellationToken)).Refusal,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventsWithLongDetailsComeInSeveralAnswersEachOfWhichFitsIntoALine()
    {
        using Journal journal = Journal.Open(Places.JournalFile);
        for (int number = 1; number <= 40; number++)
            journal.Append(SomeEvents.Number(number, DoorEventKind.Warning) with { Detail = new string('\u0416', 10_000) });
        await using OperatorSocket socket = Open(AsLink());
        List<long> numbers = [];
        JournalPosition position = JournalPosition.Start;
        while (await AskAsync(new OperatorRequest(OperatorVerb.Events) { After = position }) is { Batch.Events.Count: > 0 } answer)
        {
            Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(answer, OperatorProtocol.Json).Length,
                1, OperatorProtocol.LongestLine - 1);
            numbers.AddRange(answer.Batch.Events.Select(made => made.Sequence));
            Assert.Equal(40 - numbers.Count, answer.Batch.Waiting);
            position = answer.Batch.Position;
        }

        Assert.Equal(Enumerable.Range(1, 40).Select(number => (long)number), numbers);
    }

    [Fact]
    public async Task OneUserThatTakesAllItsPlacesIsRefusedMoreAndTheOwnersSocketStillAnswers()
    {
        using Journal journal = WrittenJournal.With(Places.JournalFile, 1);
        await using OperatorSocket socket = Open(AsLink());
        JournalPosition end = (await AskAsync(new OperatorRequest(OperatorVerb.Events))).Batch!.Position;
        OperatorRequest wait = new(OperatorVerb.Events, 30) { After = end };
        Task<OperatorAnswer>[] waiting = [.. Enumerable.Range(0, OperatorQuota.OfOthers).Select(_ => AskAsync(wait))];
        OperatorAnswer next;
        do
            next = await AskAsync(new OperatorRequest(OperatorVerb.Status));
        while (next.Refusal is null);
        // The question itself may have had the last place for a moment.
        Assert.InRange(waiting.Count(task => !task.IsCompleted), OperatorQuota.OfOthers - 1, OperatorQuota.OfOthers);

        // The same user is the link here too; that the answer comes is what counts.
        Assert.NotNull((await OperatorClient.TryAskAsync(Places, new OperatorRequest(OperatorVerb.Status),
            TestContext.Current.CancellationToken)).Answer.Status);
        journal.Append(SomeEvents.Number(2));
        _events.Publish(SomeEvents.Number(2));
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task AClientThatEndsItsWaitForEventsGivesItsPlaceBack()
    {
        using Journal journal = WrittenJournal.With(Places.JournalFile, 1);
        await using OperatorSocket socket = Open(AsLink());
        OperatorRequest wait = new(OperatorVerb.Events, 30)
        {
            After = (await AskAsync(new OperatorRequest(OperatorVerb.Events))).Batch!.Position,
        };
        for (int i = 0; i < 3 * OperatorQuota.OfOthers; i++)
        {
            using CancellationTokenSource killed = new();
            Task<OperatorAnswer> waiting = AskUntilAsync(wait, killed.Token);
            await killed.CancelAsync();
            // Refused, where the places of killed clients are not free yet.
            await Task.WhenAny(waiting);
        }

        while ((await AskAsync(new OperatorRequest(OperatorVerb.Status))).Status is null)
            await Task.Yield();
    }

    [Fact]
    public async Task OnlyADoorWithASharedDirectoryHasTheSecondSocketAndItIsRemovedAtTheEnd()
    {
        await using (OperatorSocket without = OperatorSocket.Open(
            Places with { SharedSocket = _folder.File("missing/operator.sock") }, this, Logger.None, _time, AsLink())!)
            Assert.True(File.Exists(Places.OperatorSocket));
        await using (OperatorSocket socket = Open(AsLink()))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
                File.GetUnixFileMode(Places.SharedSocket!));
        }

        Assert.False(File.Exists(Places.SharedSocket));
        Assert.Null(new Places("/srv/door", []).SharedSocket);
        Assert.Equal("/run/dooragent/operator.sock", new Places("/var/lib/dooragent/", []).ForOtherUser().OperatorSocket);
    }

    void IOperable.Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer)
    {
        Interlocked.Increment(ref _asked);
        answer(request.Verb != OperatorVerb.Status ? new OperatorAnswer { Done = "done" } : new OperatorAnswer
        {
            Status = new DoorStatus
            {
                Running = "simulated", Since = SomeEvents.Morning, Now = SomeEvents.Morning, Door = DoorPhase.Locked,
                Lights = LightPattern.Off, LookingFor = "adam", Display = "Welcome, Adam",
                LockedOut = [new LockedOutPerson(7, "adam", SomeEvents.Morning)],
                Schedules = new Dictionary<string, string> { ["adam's hours"] = "Mon" },
                Faults = ["the seal of adam is broken"], NamelessFaults = ["the seal of person 7 is broken"],
                Notes = ["adam's pictures are old"],
                Events =
                [
                    SomeEvents.Granted() with { Detail = $"of {PersonReference.Of(7, "adam")}" },
                    SomeEvents.Number(2, DoorEventKind.ScheduleUnknown) with { Detail = "adam has the schedule nights" },
                ],
            },
        });
    }

    void IOperable.StopAwaiting(Action<OperatorAnswer> answer)
    {
    }

    Task<string?> IOperable.NextFrameAsync(Frame into, CancellationToken cancellation) => Task.FromResult<string?>(null);

    private OperatorSocket Open(OperatorAccess access) => OperatorSocket.Open(Places, this, Logger.None, _time, access, _events)!;

    private Task<OperatorAnswer> AskAsync(OperatorRequest request) => AskUntilAsync(request, TestContext.Current.CancellationToken);

    private async Task<OperatorAnswer> AskUntilAsync(OperatorRequest request, CancellationToken cancellation) =>
        (await OperatorClient.TryAskAsync(Places.ForOtherUser(), request, cancellation)).Answer;
}
