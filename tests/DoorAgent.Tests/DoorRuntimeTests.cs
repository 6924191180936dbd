using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Models;
using DoorAgent.Settings;
using DoorAgent.Simulation;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace DoorAgent.Tests;

public sealed class DoorRuntimeTests
{
    [Fact]
    public async Task TheRightFaceOpens()
    {
        await using RuntimeDoor door = new(Networks.BuiltIn());
        await door.GoOnAsync(0.5);
        door.Badge();
        await door.GoOnAsync(1);
        Assert.True(door.Has(DoorEventKind.Granted));
        Assert.True(door.IsUnlocked);
    }

    [Fact]
    public async Task WithoutARecordNobodyIsLetIn()
    {
        await using RuntimeDoor door = new(Networks.BuiltIn());
        await door.GoOnAsync(0.5);
        BreakJournal(door);
        door.Badge();
        await door.GoOnAsync(2);
        Assert.True(door.Has(DoorEventKind.StorageFailed));
        Assert.True(door.HasDenied(DenyReason.AuditFailed));
        Assert.DoesNotContain(door.Lines.Timeline, change => change.Line == RuntimeDoor.RelayLine && change.IsHigh);
    }

    [Fact]
    public async Task WhereTheOperatorSaysSoTheDoorGoesOnWithoutARecord()
    {
        await using RuntimeDoor door = new(Networks.BuiltIn(), "Auditing:OnFailure=allow");
        await door.GoOnAsync(0.5);
        BreakJournal(door);
        door.Badge();
        await door.GoOnAsync(1);
        Assert.True(door.Has(DoorEventKind.StorageFailed));
        Assert.True(door.IsUnlocked);
    }

    [Fact]
    public async Task AFailingJournalDoesNotKeepTheRelayOn()
    {
        await using RuntimeDoor door = new(Networks.BuiltIn());
        await door.GoOnAsync(0.5);
        door.Badge();
        await door.GoOnAsync(1);
        Assert.True(door.IsUnlocked);
        BreakJournal(door);
        await door.GoOnAsync(6);
        Assert.False(door.IsUnlocked);
    }

    [Fact]
    public async Task AJournalThatCanBeWrittenAgainIsUsedAgain()
    {
        await using RuntimeDoor door = new(Networks.BuiltIn());
        await door.GoOnAsync(0.5);
        BreakJournal(door);
        door.Badge();
        await door.GoOnAsync(2);
        Directory.Delete(door.Places.JournalFile);
        await door.GoOnAsync(2);
        door.Badge();
        await door.GoOnAsync(1);
        Assert.True(door.Has(DoorEventKind.StorageRestored));
        Assert.True(door.IsUnlocked);
    }

    [Fact]
    public async Task ARelayThatDoesNotObeyIsAnAlarmUntilItDoes()
    {
        await using RuntimeDoor door = new(Networks.BuiltIn());
        await door.GoOnAsync(0.5);
        door.Lines.FailOutput(RuntimeDoor.RelayLine, true);
        door.Badge();
        await door.GoOnAsync(2);
        Assert.True(door.Has(DoorEventKind.RelayFault));
        Assert.True(door.HasDenied(DenyReason.RelayFault));
        Assert.False(door.Has(DoorEventKind.RelayRestored));
        door.Lines.FailOutput(RuntimeDoor.RelayLine, false);
        await door.GoOnAsync(2);
        Assert.True(door.Has(DoorEventKind.RelayRestored));
        Assert.False(door.IsUnlocked);
    }

    [Fact]
    public async Task ARelayThatStaysOnIsToldEverySecondToLetGo()
    {
        await using RuntimeDoor door = new(Networks.BuiltIn());
        await door.GoOnAsync(0.5);
        door.Badge();
        await door.GoOnAsync(1);
        door.Lines.FailOutput(RuntimeDoor.RelayLine, true);
        await door.GoOnAsync(6);
        Assert.True(door.Has(DoorEventKind.RelayFault));
        door.Lines.FailOutput(RuntimeDoor.RelayLine, false);
        await door.GoOnAsync(2);
        Assert.False(door.IsUnlocked);
        Assert.True(door.Has(DoorEventKind.RelayRestored));
    }

    [Fact]
    public async Task ACameraUnpluggedInAnAttemptEndsIt()
    {
        await using RuntimeDoor door = new(Networks.BuiltIn());
        await door.GoOnAsync(0.5);
        door.Badge();
        await door.GoOnAsync(0.2);
        door.Life.Camera.SetLost(true);
        await door.GoOnAsync(1);
        Assert.True(door.Has(DoorEventKind.CameraFault));
        Assert.True(door.HasDenied(DenyReason.CameraFault));
    }

    [Fact]
    public async Task ANetworkThatTurnsToNonsenseEndsTheAttemptAndTheDoorStaysLocked()
    {
        await using RuntimeDoor door = new(WithoutNumbers());
        await door.GoOnAsync(0.5);
        door.Badge();
        await door.GoOnAsync(2);
        Assert.True(door.Has(DoorEventKind.Fault));
        Assert.True(door.HasDenied(DenyReason.Fault));
        Assert.False(door.IsUnlocked);
    }

    [Fact]
    public async Task AStopInTheMiddleOfAnUnlockLocksAndSaysSo()
    {
        await using RuntimeDoor door = new(Networks.BuiltIn());
        await door.GoOnAsync(0.5);
        door.Badge();
        await door.GoOnAsync(1);
        Assert.True(door.IsUnlocked);
        await door.StopAsync();
        Assert.False(door.IsUnlocked);
        Assert.True(door.Has(DoorEventKind.UnlockCutShort));
    }

    [Fact]
    public async Task ALoopThatFailsTakesTheOthersWithItAndIsThrown()
    {
        using TemporaryFolder folder = new();
        SimulatedTime time = new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
        using SimulatedGpioLines lines = new(time, 32);
        IConfigurationRoot settings = SimulatedSettings.With([]);
        using FaceReader reader = Networks.BuiltIn();
        using DoorDevices devices = new(lines, new ThrowingCamera(), OptionsRegistration.Bind<HardwareOptions>(settings), new BadgeOptions(), TimeSpan.FromMilliseconds(50), time);
        using DoorRuntime runtime = new(settings, new Places(folder.Path, []), reader, devices, _ => { }, time);
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => runtime.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal("a bug", failure.Message);
        Assert.False(devices.Relay.IsEnergised);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public Task TheSameVisitIsDecidedTheSameAtEveryRate(int rate) => PlayAsync($$"""
        1      camera builtin:adam/door-1/*.jpg rate {{rate}} noise 1
        +0.2   badge H10301:123:4567
               expect granted adam within 2
               expect relay on for 5 within 2
        +10    camera builtin:stranger-1/door-1/*.jpg rate {{rate}} noise 1
        +0.2   badge H10301:123:4567
               expect denied FaceNotMatched adam within 5
        +10    end
        """);

    [Fact]
    public Task SomebodyRemovedInTheMiddleOfTheirAttemptIsNoLongerEnrolled() => PlayAsync("""
        1      camera builtin:adam/door-1/*.jpg rate 5
        +0.2   badge H10301:123:4567
               expect denied NoLongerEnrolled within 2
        +0.15  people remove adam
        +10    end
        """);

    private static async Task PlayAsync(string steps)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "visit.door");
        await File.WriteAllTextAsync(file, $"""
            start 2026-03-02 07:55:00 Europe/Berlin
            enrol adam badge H10301:123:4567 from builtin:adam/enrol-*.jpg
            enrol nora badge H10301:123:4568 from builtin:nora/enrol-*.jpg
            {steps}
            """, TestContext.Current.CancellationToken);
        (ScenarioReport report, _) = await ScenarioRun.PlayAsync(
            file, ScenarioFiles.Roots([]), [Places.BuiltInModels], isLogged: false, TestContext.Current.CancellationToken);
        Assert.True(report.IsAsExpected, string.Join('\n', report.Rows));
    }

    private sealed class ThrowingCamera : ICamera
    {
        public string Description => "a camera with a bug";

        public bool IsSimulated => true;

        public ValueTask<CameraFault> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("a bug");

        public void Dispose()
        {
        }
    }

    /// <summary>A directory in its place: no file can be opened or made there.</summary>
    private static void BreakJournal(RuntimeDoor door)
    {
        foreach (string file in Directory.EnumerateFiles(door.Places.Data, "journal.db*"))
            File.Delete(file);
        Directory.CreateDirectory(door.Places.JournalFile);
    }

    /// <summary>The built-in pair with an encoder that gives no numbers; it could not pass the proof, as a chip that breaks at noon did in the morning.</summary>
    private static FaceReader WithoutNumbers()
    {
        CatalogueEntry detector = Catalogue.Embedded.Find(Catalogue.BuiltInDetector), encoder = Catalogue.Embedded.Find(Catalogue.BuiltInEncoder);
        ModelStore store = new([Places.BuiltInModels]);
        byte[] broken = store.Open(encoder).Content;
        foreach (OnnxArray array in OnnxFile.ReadInitializers(broken).Where(array => array.Name == "dense_b"))
            OnnxWeights.Change(broken, array, (_, values) => values.Fill(float.NaN));
        return new FaceReader(new FaceDetector(detector, new Network(detector.Id, store.Open(detector).Content)),
            new FaceEncoder(encoder, new Network(encoder.Id, broken)), new FaceOptions());
    }
}
