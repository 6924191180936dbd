using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Operating.Metrics;
using DoorAgent.Running;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

public sealed class VisionLoopTests
{
    private static readonly string Picture = Path.Combine(Places.BuiltInPeople, "adam/door-1/03.jpg");
    private static readonly string Another = Path.Combine(Places.BuiltInPeople, "adam/door-1/04.jpg");

    [Fact]
    public async Task AFaultIsReportedOnceInTheWordsOfTheCameraAndSoIsItsEnd() => Assert.Equal(
        ["/dev/video0 is gone", "the camera is in use by another program", null],
        await HealthAsync(new ToldCamera()
            .Fails(CaptureStatus.Lost, "/dev/video0 is gone")
            .Fails(CaptureStatus.Lost, "/dev/video0 is gone")
            .Fails(CaptureStatus.Busy, null)
            .Shows(Picture, At(1))
            .Shows(Another, At(2))));

    [Fact]
    public async Task SilenceIsReportedAsSilenceAfterAnyFault() => Assert.Equal(
        ["/dev/video0 is gone", "no frame for 2 s"],
        await HealthAsync(new ToldCamera().Fails(CaptureStatus.Lost, "/dev/video0 is gone")
            .Fails(CaptureStatus.NoFrame, "/dev/video0 is gone")));

    [Fact]
    public async Task OnlyACameraThatIsGoneOrSendsNothingIsLostOrSilent() => Assert.Equal(
        [CameraFaultKind.Lost, CameraFaultKind.Silent, CameraFaultKind.Unusable, CameraFaultKind.Unusable, CameraFaultKind.Unusable,
            CameraFaultKind.Unusable],
        (await RunAsync(new ToldCamera()
            .Fails(CaptureStatus.Lost, "gone").Fails(CaptureStatus.NoFrame, null).Fails(CaptureStatus.Busy, null)
            .Fails(CaptureStatus.WrongFormat, null).Fails(CaptureStatus.Refused, null).Shows(Picture, At(0)).Shows(Picture, At(2)),
                wants: false))
            .OfType<DoorMessage.ForPolicy>().Select(message => message.Event).OfType<CameraChanged>()
            .Where(camera => camera.Fault is not null).Select(camera => camera.Kind));

    [Fact]
    public async Task AFrozenCameraIsOpenedAgainAndAWorkingOneIsNot()
    {
        ToldCamera camera = new ToldCamera().Shows(Picture, At(0)).Shows(Picture, At(1.9));
        await HealthAsync(camera);
        Assert.Equal(0, camera.Restarts);
        camera = new ToldCamera().Shows(Picture, At(0)).Shows(Picture, At(2)).Shows(Picture, At(3)).Shows(Another, At(4));
        Assert.Equal(["the picture is frozen: the same bytes for 2 s", null], await HealthAsync(camera));
        Assert.Equal(2, camera.Restarts);
    }

    [Fact]
    public async Task AWatcherThatThrowsIsReportedOnceAndTheLoopContinues()
    {
        int calls = 0;
        List<DoorMessage> posted =
            await RunAsync(new ToldCamera().Shows(Picture, At(1)).Shows(Another, At(2)).Shows(Picture, At(3)), wants: true, _ =>
        {
            calls++;
            throw new InvalidOperationException("the picture could not be drawn");
        });

        Assert.Equal(1, calls);
        Assert.EndsWith("the picture could not be drawn",
            Assert.Single(posted.OfType<DoorMessage.Failed>()).What, StringComparison.Ordinal);
        Assert.Equal(3, posted.OfType<DoorMessage.Seen>().Count());
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static async Task<List<string?>> HealthAsync(ToldCamera camera) =>
        [.. (await RunAsync(camera, wants: false)).OfType<DoorMessage.ForPolicy>()
            .Select(message => message.Event).OfType<CameraChanged>().Select(camera => camera.Fault)];

    /// <summary>Returns the messages of the loop while the camera performed its steps.</summary>
    private static async Task<List<DoorMessage>> RunAsync(ToldCamera camera, bool wants, Action<FaceReading>? looked = null)
    {
        using FacePipeline reader = TestNetworks.BuiltIn();
        Mailbox<DoorMessage> inbox = new(100);
        LivenessOptions liveness = new() { Mode = LivenessOptions.Off };
        LivenessChecking checking = new(new LivenessCheck(null, liveness), 5, null, inbox);
        AttemptPictures pictures = new(new AuditingOptions(), new DecisionOptions(), new KeptPictures("none"), inbox, TimeProvider.System);
        LoadedNetworks networks = new(reader, new Thresholds(new MatchingOptions { Distance = 1 }, null));
        LookRequests requests = new(keepsCrops: false, checking, isDeciding: () => true, TimeProvider.System);
        VisionLoop seeing = new(camera, () => networks, checking, pictures, requests, new FrameOptions(), (_, _) => wants, inbox,
            new DoorMetrics(AccessModes.BadgeAndFace), TimeProvider.System);
        seeing.Looked += looked;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task running = seeing.RunAsync(stop.Token);
        await await Task.WhenAny(camera.Done.Task, running);
        await stop.CancelAsync();
        await running;
        inbox.Close();
        return await inbox.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
