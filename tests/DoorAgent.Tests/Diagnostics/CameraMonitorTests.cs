using DoorAgent.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Frames;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Diagnostics;

public sealed class CameraMonitorTests
{
    private static readonly string[] Pictures = Directory.GetFiles(Path.Combine(Places.BuiltInPeople, "adam/door-1"));

    [Fact]
    public async Task FacesAreReportedOnceASecondAndEachFaultOnce()
    {
        ToldCamera camera = new ToldCamera().Shows(Pictures[0], TimeSpan.Zero).Shows(Pictures[1], TimeSpan.FromSeconds(0.1))
            .Fails(CaptureStatus.Lost, "/dev/video0 is gone").Fails(CaptureStatus.Lost, "/dev/video0 is gone");
        List<string> told = await WatchAsync(camera);
        Assert.Equal(2, told.Count);
        Assert.Matches(@"^first frame  320 x 240  face \d+ x \d+ at .*: usable", told[0]);
        Assert.Equal("/dev/video0 is gone, explained", told[1]);
    }

    [Fact]
    public async Task AFrozenCameraIsReportedAndReopened()
    {
        ToldCamera camera = new ToldCamera().Shows(Pictures[0], TimeSpan.Zero).Shows(Pictures[0], TimeSpan.FromSeconds(2));
        List<string> told = await WatchAsync(camera);
        Assert.StartsWith("the picture is frozen", told[1], StringComparison.Ordinal);
        Assert.Equal(1, camera.Restarts);
    }

    [Fact]
    public async Task TheNameIsPrintedBeforeTheFace()
    {
        List<string> told = await WatchAsync(new ToldCamera().Shows(Pictures[0], TimeSpan.Zero),
            name: _ => "adam, distance 0.564 below 0.883");
        Assert.StartsWith("first frame  320 x 240  adam, distance 0.564 below 0.883  face ", told[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(180, 0, "upside down: set Hardware:CameraRotation to 180")]
    [InlineData(90, 0, "turned by 90 degrees: set Hardware:CameraRotation to 270")]
    [InlineData(90, 180, "turned by 90 degrees: set Hardware:CameraRotation to 90")]
    public async Task ATurnedCameraIsReportedWithTheSettingThatCorrectsThePicture(int mounted, int rotation, string words)
    {
        ToldCamera camera = new ToldCamera().Shows(Pictures[0], TimeSpan.Zero);
        using ICamera turned = TurnedCamera.Of(camera, mounted);
        string told = (await WatchAsync(camera, turned, rotation))[0];
        Assert.EndsWith($"; the picture seems to be {words}", told, StringComparison.Ordinal);
    }

    private static async Task<List<string>> WatchAsync(ToldCamera camera, ICamera? mounted = null, int rotation = 0, Func<FaceEncoding,
        string?>? name = null)
    {
        using FacePipeline pipeline = TestNetworks.BuiltIn();
        List<string> told = [];
        CameraMonitor watch = new(mounted ?? camera, pipeline, new FrameOptions(), told.Add, new FakeTimeProvider())
        {
            Rotation = rotation,
            Explain = fault => Task.FromResult($"{fault}, explained"),
            Name = name ?? (_ => null),
        };
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task running = watch.RunAsync(stop.Token);
        await await Task.WhenAny(camera.Done.Task, running);
        await stop.CancelAsync();
        await running;
        return told;
    }
}
