using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Operating;
using DoorAgent.Settings;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Operating;

/// <summary>Tests the worker with requests of an operator.</summary>
public sealed class OperatedRuntimeTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    [Fact]
    public async Task AnUnlockIsRecordedWithItsOperatorBeforeTheRelayMovesAndALockEndsTheUnlock()
    {
        await using DoorAtWork door = await StartedAsync();

        Assert.Equal("Unlocked for 5 s.", (await door.AskAsync(OperatorVerb.Unlock)).Done);
        Assert.Equal(["OperatorUnlock", "relay on", "RelayOn"], door.Order.SkipWhile(what => what != "OperatorUnlock").Take(3));
        Assert.Equal("the test", door.Events.Single(e => e.Kind == DoorEventKind.OperatorUnlock).Detail);
        await door.PassAsync(1);
        Assert.Equal("The door is locked.", (await door.AskAsync(OperatorVerb.Lock)).Done);
        Assert.False(door.IsRelayOn);
    }

    [Fact]
    public async Task WithoutARecordTheDoorDoesNotUnlock()
    {
        await using DoorAtWork door = await StartedAsync();
        door.FailJournal();

        Assert.StartsWith("Not unlocked", (await door.AskAsync(OperatorVerb.Unlock)).Refusal, StringComparison.Ordinal);
        Assert.False(door.IsRelayOn);
        Assert.Equal("Denied AuditFailed", door.Decision);
    }

    [Fact]
    public async Task AChangeOfTheGalleryIsRecordedWithItsOperatorAndWithoutARecordNobodyIsLetInAgain()
    {
        await using DoorAtWork door = await StartedAsync();
        OperatorRequest block = ChangeOf(GalleryChangeKind.Block), unblock = ChangeOf(GalleryChangeKind.Unblock);
        Assert.Null((await door.AskAsync(block)).Refusal);
        Assert.Equal("badge H10301 ...67 blocked, the test", door.Events.Single(e => e.Kind == DoorEventKind.GalleryChanged).Detail);
        door.FailJournal();
        Assert.Null((await door.AskAsync(block)).Refusal);
        Assert.StartsWith("Nothing was changed", (await door.AskAsync(unblock)).Refusal, StringComparison.Ordinal);

        static OperatorRequest ChangeOf(GalleryChangeKind kind) =>
            new(OperatorVerb.ChangeGallery) { Change = new GalleryChangeOrder(kind, "H10301:123:4567") };
    }

    [Fact]
    public async Task AStuckRelayIsNotReportedAsUnlocked()
    {
        await using DoorAtWork door = await StartedAsync();
        door.FailRelay(true);

        Assert.Contains("does not obey", (await door.AskAsync(OperatorVerb.Unlock)).Refusal, StringComparison.Ordinal);
        Assert.Contains("the relay does not obey", (await StatusAsync(door)).Faults);
        // A relay that is known to be stuck is not reported as unlocked.
        Assert.Contains("does not obey", (await door.AskAsync(OperatorVerb.Unlock)).Refusal, StringComparison.Ordinal);
        Assert.Equal(1, door.Count(DoorEventKind.OperatorUnlock));
        Assert.Equal("unlock by an operator, the test", door.Events.Last(e => e.Kind == DoorEventKind.Denied).Detail);
    }

    [Fact]
    public async Task TheStatusContainsTheStateOfEachDevice()
    {
        await using DoorAtWork door = await StartedAsync();
        DoorStatus status = await StatusAsync(door);
        Assert.Equal(("closed", "released", BuildInfo.Version), (status.Contact, status.ExitButton, status.Version));
        Assert.False(string.IsNullOrEmpty(status.Reader));

        door.Show("adam/door-1");
        door.Do(new MoveDoor(Open: true));
        door.Do(new PressExit(TimeSpan.FromSeconds(60)));
        await door.PassAsync(3);
        status = await StatusAsync(door);
        Assert.Equal(("open", "pressed", 10.0), (status.Contact, status.ExitButton, status.FramesASecond));
    }

    [Fact]
    public async Task ACameraThatIsTooSlowIsAFaultUntilItIsFastAgain()
    {
        await using DoorAtWork door = await StartedAsync();
        door.Show("adam/door-1", rate: 0.9m);
        await door.PassAsync(15);
        Assert.Equal(["the camera gives too few frames a second to compare a face"], (await StatusAsync(door)).Faults);
        door.Show("adam/door-1");
        await door.PassAsync(15);
        Assert.Empty((await StatusAsync(door)).Faults);
    }

    [Fact]
    public async Task TheNextNewBadgeGoesToTheLastOperatorToWait()
    {
        await using DoorAtWork door = await StartedAsync();
        Task<OperatorAnswer> first = door.AskAsync(OperatorVerb.NextBadge, 60);
        Task<OperatorAnswer> second = door.AskAsync(OperatorVerb.NextBadge, 60);
        Assert.Contains("Another operator", (await first).Refusal, StringComparison.Ordinal);

        door.Present(Badge.Parse("H10301:9:9"));
        await door.PassAsync(1);
        Assert.Equal("H10301:9:9", (await second).Badge);
        Assert.Equal(0, door.Count(DoorEventKind.Denied));
    }

    [Fact]
    public async Task AnOperatorWhoWaitsForABadgeLearnsTheOwnerOfAKnownCardAndContinuesToWait()
    {
        await using DoorAtWork door = await StartedAsync();
        List<string> notices = [];
        Task<OperatorAnswer> waiting = door.AskAsync(OperatorVerb.NextBadge, 60, notices.Add);
        await door.PassAsync(0.1);
        Assert.Equal(["Present the new badge at the door within 60 s (Ctrl-C ends the wait)."], notices);

        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal(
            [
                "The badge H10301 ...67 already belongs to adam and is not accepted. "
                + "Present another badge, or remove this one first ('dooragent badges remove').",
            ],
            notices.Skip(1));
        Assert.False(waiting.IsCompleted);

        door.Present(Badge.Parse("H10301:9:9"));
        await door.PassAsync(1);
        Assert.Equal("H10301:9:9", (await waiting).Badge);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(1);
        Assert.Equal(2, notices.Count);
    }

    [Fact]
    public async Task AnOperatorReceivesTheFramesOfTheDoorAndTheAccessIsRecorded()
    {
        await using DoorAtWork door = await StartedAsync();
        Assert.StartsWith("the running door's camera", (await door.AskAsync(OperatorVerb.Frames, 60)).Done, StringComparison.Ordinal);
        Assert.Equal("the test", door.Events.Single(e => e.Kind == DoorEventKind.CameraLent).Detail);

        Frame frame = new();
        Task<string?> next = door.Operable.NextFrameAsync(frame, TestContext.Current.CancellationToken);
        await door.PassAsync(0.5);
        Assert.Null(await next);
        Frame shown = new();
        PictureFile.Read(System.IO.Path.Combine(Places.BuiltInPeople, "stranger-1", "door-1", "01.jpg"), shown);
        Assert.Equal((shown.Width, shown.Height), (frame.Width, frame.Height));

        Task<string?> first = door.Operable.NextFrameAsync(new Frame(), TestContext.Current.CancellationToken);
        Task<string?> second = door.Operable.NextFrameAsync(frame, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        door.Unplug();
        await door.PassAsync(3);
        _ = await second;
        Task<string?> gone = door.Operable.NextFrameAsync(frame, TestContext.Current.CancellationToken);
        await door.PassAsync(3);
        Assert.NotNull(await gone);
    }

    [Fact]
    public async Task StatusSaysOnWhichPicturesTheErrorRatesWereMeasured()
    {
        await using DoorAtWork door = new(people);
        await door.PassAsync(1);
        Assert.StartsWith("Matching:Fmr 1e-5, as measured on LFW without its known wrong names", (await StatusAsync(door)).Rates,
            StringComparison.Ordinal);
        await using DoorAtWork raw = new(people, settings: ["Matching:Distance=0.7"]);
        await raw.PassAsync(1);
        Assert.Null((await StatusAsync(raw)).Rates);
    }

    [Fact]
    public async Task StartAndStatusSayWhatJudgesLivenessAndHowTheCheckBecomesStronger()
    {
        await using DoorAtWork door = new(people, settings: ["Liveness:Mode=on", "Decisions:Mode=face-only", "Liveness:Challenge=off"]);
        await door.PassAsync(1);
        DoorStatus status = await StatusAsync(door);
        Assert.Equal(LivenessStrength.Cues, status.LivenessStrength);
        Assert.Contains("by cues alone (weaker: 'dooragent models pull", status.Liveness, StringComparison.Ordinal);
        Assert.Contains($"liveness {status.Liveness}", door.Events.Single(e => e.Kind == DoorEventKind.Started).Detail,
            StringComparison.Ordinal);
        Assert.Contains("Liveness:Challenge is off", door.Events.Single(e => e.Kind == DoorEventKind.Warning).Detail,
            StringComparison.Ordinal);
        await using DoorAtWork without = new(people, settings: ["Liveness:Mode=off"]);
        await without.PassAsync(1);
        Assert.Equal(LivenessStrength.Off, (await StatusAsync(without)).LivenessStrength);
    }

    [Fact]
    public async Task TheStatusContainsTheStateAndTheFaults()
    {
        await using DoorAtWork door = await StartedAsync();
        DoorStatus well = await StatusAsync(door);
        Assert.Equal((DoorPhase.Locked, null, null), (well.Door, well.RelaySecondsLeft, well.LookingFor));
        Assert.Contains("people 2", well.Gallery, StringComparison.Ordinal);
        Assert.Contains("SIMULATED", well.Running, StringComparison.Ordinal);
        Assert.Empty(well.Faults);

        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.1);
        Assert.Equal("adam", (await StatusAsync(door)).LookingFor);
        door.Unplug();
        await door.PassAsync(3);
        Assert.Equal(["the camera gives no usable picture"], (await StatusAsync(door)).Faults);
        Assert.Equal(DoorEventKind.Denied, (await StatusAsync(door)).Events[^1].Kind);
    }

    [Fact]
    [Slow]
    public async Task TheStatusNamesThePersonLockedOutAndTheEndOfTheLockout()
    {
        await using DoorAtWork door = await StartedAsync();
        Assert.Empty((await StatusAsync(door)).LockedOut);
        for (int i = 0; i < 3; i++)
        {
            door.Present(DoorAtWork.AdamsBadge);
            await door.PassAsync(15);
        }

        DoorStatus status = await StatusAsync(door);
        LockedOutPerson adam = Assert.Single(status.LockedOut);
        Assert.Equal("adam", adam.Person);
        Assert.InRange((adam.Until - status.Now).TotalSeconds, 1, 30);
        await door.PassAsync(30);
        Assert.Empty((await StatusAsync(door)).LockedOut);
    }

    [Fact]
    public async Task TheStatusNamesTheHoursThatTheDoorReadAtItsStart()
    {
        await using DoorAtWork door = new(people, settings: ["Schedules:office=Mon-Fri 07:00-19:00"]);
        await door.PassAsync(0.5);
        Assert.Equal([new KeyValuePair<string, string>("office", "Mon-Fri 07:00-19:00")], (await StatusAsync(door)).Schedules);
    }

    [Slow]
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task AnEnrolmentAtAFaceOnlyDoorDoesNotPauseTheDoor(bool isLent, int pauses)
    {
        await using DoorAtWork door = new(people, settings: "Decisions:Mode=face-only");
        await door.PassAsync(0.5);
        if (isLent)
            await door.AskAsync(OperatorVerb.Frames, 60);
        door.Show("stranger-1/door-1");
        await door.PassAsync(30);

        Assert.InRange(door.Events.Count(e => e is { Kind: DoorEventKind.Denied, Reason: DenyReason.NotRecognised }), 3, 10);
        Assert.Equal(pauses, door.Count(DoorEventKind.LockoutStarted));
    }

    private async Task<DoorAtWork> StartedAsync()
    {
        DoorAtWork door = new(people);
        door.Show("stranger-1/door-1");
        await door.PassAsync(0.5);
        return door;
    }

    /// <summary>The door erases the names once its gallery no longer has the person: in the journal, in the status, and in the log's
    /// counts.</summary>
    [Fact]
    public async Task ErasedNamesAreGoneFromJournalAndStatusOfTheRunningDoor()
    {
        await using DoorAtWork door = await StartedAsync();
        door.Show("adam/door-1");
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        long adam = door.Events.First(e => e.PersonName == "adam").PersonId!.Value;
        OperatorRequest erase = new(OperatorVerb.EraseNames) { Person = adam };
        Assert.Contains("still uses a gallery", (await door.AskAsync(erase)).Refusal, StringComparison.Ordinal);

        door.ChangeGallery(gallery => gallery.Remove("adam"));
        await door.PassAsync(2);
        Assert.Equal("Erased and recorded.", (await door.AskAsync(erase)).Done);
        DoorStatus status = await StatusAsync(door);
        Assert.DoesNotContain(status.Events, made => made.PersonName == "adam");
        Assert.Contains(status.Events, made => made.PersonId == adam && made.IsErased);
        DoorEvent erased = status.Events.Single(made => made.Kind == DoorEventKind.PersonErased);
        Assert.Equal((adam, null, "the test"), (erased.PersonId, erased.PersonName, erased.Detail));
        IReadOnlyList<DoorEvent> records = Auditing.WrittenJournal.Entries(door.JournalFile);
        Assert.DoesNotContain(records, entry => entry.PersonName == "adam");
        Assert.Contains(records, entry => entry.PersonId == adam && entry.IsErased && entry.Kind == DoorEventKind.Granted);
    }

    [Fact]
    public async Task AnUnconfiguredScheduleIsNamedToPeopleAndNumberedInTheJournal()
    {
        await using DoorAtWork door = await StartedAsync();
        door.ChangeGallery(gallery => gallery.SetSchedule("adam", "ofice"));
        await door.PassAsync(2);
        Assert.StartsWith("'ofice' of adam.", door.Events.Single(e => e.Kind == DoorEventKind.ScheduleUnknown).Detail,
            StringComparison.Ordinal);
        Auditing.WrittenJournal.Change(door.JournalFile, "PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.StartsWith("'ofice' of adam.", Auditing.WrittenJournal.Entries(door.JournalFile)
            .Single(e => e.Kind == DoorEventKind.ScheduleUnknown).Detail, StringComparison.Ordinal);
        byte[] bytes = await File.ReadAllBytesAsync(door.JournalFile, TestContext.Current.CancellationToken);
        Assert.True(bytes.AsSpan().IndexOf("of adam"u8) < 0);
    }

    [Fact]
    public async Task AGalleryRefusedForAPersonsDateNamesThemToPeopleAndNumbersThemInTheJournal()
    {
        await using DoorAtWork door = await StartedAsync();
        door.ChangeGallery(gallery => gallery.Change((connection, _) =>
            Sqlite.Run(connection, "UPDATE person SET valid_until = 'soon' WHERE name = 'adam'")));
        await door.PassAsync(2);
        Assert.StartsWith("adam has an invalid date", door.Events.Single(e => e.Kind == DoorEventKind.GalleryRefused).Detail,
            StringComparison.Ordinal);
        DoorStatus status = await StatusAsync(door);
        Assert.Contains(status.Faults, fault => fault.Contains("adam has an invalid date", StringComparison.Ordinal));
        // The link carries the faults out of the house, in the summary of the day.
        Assert.DoesNotContain(NamelessStatus.Of(status).Faults, fault => fault.Contains("adam", StringComparison.Ordinal));
        Assert.Contains(NamelessStatus.Of(status).Faults, fault => fault.Contains("has an invalid date", StringComparison.Ordinal));
        Auditing.WrittenJournal.Change(door.JournalFile, "PRAGMA wal_checkpoint(TRUNCATE)");
        byte[] bytes = await File.ReadAllBytesAsync(door.JournalFile, TestContext.Current.CancellationToken);
        Assert.True(bytes.AsSpan().IndexOf("adam has"u8) < 0);
    }

    private static async Task<DoorStatus> StatusAsync(DoorAtWork door) => (await door.AskAsync(OperatorVerb.Status)).Status!;
}
