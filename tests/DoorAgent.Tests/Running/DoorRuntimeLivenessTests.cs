using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>The worker with liveness networks whose answer the test sets.</summary>
public sealed class DoorRuntimeLivenessTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private readonly MadeLiveness _networks = new();

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task ALiveFaceEntersAndAPictureDoesNotAtEveryFrameRate(int framesPerSecond)
    {
        await using DoorAtWork door = Door();
        door.Show("adam/door-1", framesPerSecond);
        Assert.Equal("Granted adam", await VisitAsync(door));
        Assert.Equal(2, _networks.Crops.Count);
        await door.PassAsync(10);

        _networks.Score = -3.2f;
        Assert.Equal("Denied SpoofSuspected", await VisitAsync(door));
        Assert.Equal(4, _networks.Crops.Count);
        Assert.Equal("liveness score -3.2, at least 0.0 is live", door.Events.Last(e => e.Kind == DoorEventKind.Denied).Detail);
        // The person still stands there, but the attempt has ended.
        _networks.Score = 5;
        await door.PassAsync(20);
        Assert.Equal((1, 1, 4),
            (door.Count(DoorEventKind.Granted), door.Count(DoorEventKind.Denied), _networks.Crops.Count));
        Assert.False(door.IsRelayOn);
    }

    [Fact]
    public async Task AVisitWithoutAgreementRunsNoLivenessNetwork()
    {
        await using DoorAtWork door = Door();
        door.Show("stranger-2/door-1");
        Assert.Equal("Denied FaceNotMatched", await VisitAsync(door, 11));
        Assert.Empty(_networks.Crops);
    }

    [Fact]
    public async Task ThreePicturesLockThePersonOut()
    {
        _networks.Score = -1;
        await using DoorAtWork door = Door();
        door.Show("adam/door-1");
        for (int i = 0; i < 3; i++)
            Assert.Equal("Denied SpoofSuspected", await VisitAsync(door, 5));
        Assert.Equal(1, door.Count(DoorEventKind.LockoutStarted));
        _networks.Score = 5;
        Assert.Equal("Denied LockedOut", await VisitAsync(door));
        Assert.Equal(6, _networks.Crops.Count);
    }

    [Fact]
    public async Task ABrokenLivenessNetworkDeniesAndIsReportedUntilAJudgementSucceeds()
    {
        _networks.Score = float.NaN;
        await using DoorAtWork door = Door();
        door.Show("adam/door-1");
        Assert.Equal("Denied Fault", await VisitAsync(door));
        Assert.False(door.IsRelayOn);
        await door.PassAsync(20);
        Assert.Equal(1, door.Count(DoorEventKind.Fault));
        Assert.Contains("minifasnet-v2 returned values that are not finite",
            door.Events.Single(e => e.Kind == DoorEventKind.Fault).Detail, StringComparison.Ordinal);
        Assert.Equal(1, await FaultsAsync(door));

        door.Show("stranger-2/door-1");
        Assert.Equal("Denied FaceNotMatched", await VisitAsync(door, 20));
        Assert.Equal(1, await FaultsAsync(door));

        _networks.Score = 5;
        door.Show("adam/door-1");
        Assert.Equal("Granted adam", await VisitAsync(door));
        Assert.Equal(0, await FaultsAsync(door));
        Assert.Equal(1, door.Count(DoorEventKind.Fault));
    }

    [Fact]
    public async Task FaceOnlyDeniesAPictureAndAdmitsAPersonLater()
    {
        _networks.Score = -1;
        await using DoorAtWork door = Door("Decisions:Mode=face-only");
        door.Show("adam/door-1");
        await door.PassAsync(4);
        Assert.Equal("Denied SpoofSuspected", door.Decision);
        Assert.Equal("adam", door.Events.Last(e => e.Kind == DoorEventKind.Denied).PersonName);
        door.Unplug();
        await door.PassAsync(15);
        _networks.Score = 5;
        door.Show("adam/door-1");
        await door.PassAsync(6);
        Assert.Equal("Granted adam", door.Decision);
    }

    /// <summary>The camera is read while the disk is slow: the frames that agree must still be there when they are decided.</summary>
    [Fact]
    public async Task ADiskThatIsSlowForSecondsDeniesNobody()
    {
        TaskCompletionSource stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim goOn = new();
        await using DoorAtWork door = Door(recorded: e =>
        {
            if (e.Kind != DoorEventKind.AttemptOpened)
                return;
            stuck.TrySetResult();
            goOn.Wait(TestContext.Current.CancellationToken);
        });
        try
        {
            door.Show("adam/door-1", 10);
            await door.PassAsync(0.5);
            door.Present(DoorAtWork.AdamsBadge);
            await door.PassUntilAsync(stuck.Task, within: 3);
            await door.PassStuckAsync(2);
        }
        finally
        {
            // Whatever failed: the end of the door waits for the decision loop.
            goOn.Set();
        }

        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
        Assert.Equal(0, door.Count(DoorEventKind.Fault));
    }

    private DoorAtWork Door(params string[] settings) => Door(null, settings);

    private DoorAtWork Door(Action<DoorEvent>? recorded, params string[] settings) =>
        new(people, recorded: recorded, liveness: _networks.Check(), settings: [.. MadeLiveness.Settings, .. settings]);

    private static async Task<string?> VisitAsync(DoorAtWork door, double seconds = 3)
    {
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(seconds);
        return door.Decision;
    }

    private static async Task<int> FaultsAsync(DoorAtWork door) =>
        (await door.AskAsync(OperatorVerb.Status)).Status!.Faults.Count;
}
