using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class CameraFactoryTests
{
    [Fact]
    public void AFolderAFileAndADeviceAreCameras()
    {
        using TempFolder folder = new();
        SomePictures.WriteGreys(folder.Path, 2);
        using ICamera pictures = Open(folder.Path);
        Assert.IsType<FolderCamera>(pictures);
        SomePictures.WriteVideo(folder.File("greys.avi"), 2, rate: 10);
        using ICamera video = Open(folder.File("greys.avi"));
        Assert.IsType<VideoFileCamera>(video);
    }

    [Theory]
    [InlineData("63", "camera /dev/video63")]
    [InlineData("/dev/v4l/by-id/usb-none", "camera /dev/v4l/by-id/usb-none")]
    [InlineData("rtsp://door:secret@127.0.0.1:9/live?password=secret", "network camera rtsp://127.0.0.1:9")]
    [InlineData("RTSPS://127.0.0.1/", "network camera rtsps://127.0.0.1")]
    [InlineData("csi", "CSI camera 0")]
    [InlineData("csi:1", "CSI camera 1")]
    public void TheDescriptionOfARealCameraHasNoSecrets(string what, string description)
    {
        using ICamera camera = Open(what);
        Assert.False(camera.IsSimulated);
        Assert.Equal(description, camera.Description);
    }

    [Theory]
    [InlineData(null, "not set")]
    [InlineData(" ", "not set")]
    [InlineData("nowhere/at-all", "does not exist as a folder or file")]
    [InlineData("-1", "does not exist as a folder or file")]
    [InlineData("/dev/zero", "a pipe or a device")]
    [InlineData("csi:x", "does not exist as a folder or file")]
    [InlineData("http://door:secret@127.0.0.1/", "an unsupported scheme (http)")]
    [InlineData("rtsp://door:secret@:9/", "not a valid address")]
    public void AnInvalidCameraIsRefusedWithTheChoicesAndWithoutSecrets(string? what, string words)
    {
        string message = Assert.Throws<IOException>(() => Open(what)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.Contains("rtsp://", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csi")]
    [InlineData("rtsp://127.0.0.1/")]
    public void AnIdentityIsRefusedForACameraWithoutOne(string what)
    {
        HardwareOptions options = new() { Camera = what, CameraIdentity = "usb-1 046d:0825" };
        Assert.Contains("CameraIdentity",
            Assert.Throws<IOException>(() => CameraFactory.Open(options, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("63", "/dev/video63 does not exist")]
    [InlineData("rtsp://door:secret@127.0.0.1:9/live", "network camera rtsp://127.0.0.1:9 ")]
    [InlineData("csi", "no-rpicam-vid-here is not installed")]
    public async Task AnAbsentCameraSaysWhatIsWrong(string what, string words)
    {
        using ICamera camera = Open(what);
        CaptureStatus fault = await camera.ReadAsync(new Frame(), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(CaptureStatus.Lost, fault);
        Assert.StartsWith(words, camera.FaultDetail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", camera.FaultDetail, StringComparison.Ordinal);
        camera.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
            await camera.ReadAsync(new Frame(), TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AMountedCamerasPictureIsTurned()
    {
        using TempFolder folder = new();
        using (OpenCvSharp.Mat picture = SomePictures.Flagged(64, 48, new OpenCvSharp.Scalar(200, 40, 20)))
            Assert.True(OpenCvSharp.Cv2.ImWrite(folder.File("a.png"), picture));
        using ICamera camera = CameraFactory.Open(new HardwareOptions { Camera = folder.Path, CameraRotation = 90 }, TimeProvider.System);
        Frame frame = new();
        Assert.Equal(CaptureStatus.Captured,
            await camera.ReadAsync(frame, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        // The white quarter was at the upper left.
        Assert.Equal((48, 64, 200, 255), (frame.Width, frame.Height, frame.Pixels[0], frame.Pixels[3 * 47]));
        Assert.True(camera.IsSimulated);
    }

    [Fact]
    public void AnInvalidRotationIsRefused() => Assert.Contains("Hardware:CameraRotation is 45; valid values: 0, 90, 180, 270",
        Assert.Throws<IOException>(() => CameraFactory.Open(new HardwareOptions { Camera = "0", CameraRotation = 45 },
            TimeProvider.System)).Message, StringComparison.Ordinal);

    private static ICamera Open(string? what) =>
        CameraFactory.Open(new HardwareOptions { Camera = what, RpicamVid = "no-rpicam-vid-here" }, TimeProvider.System);
}
