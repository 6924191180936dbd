using DoorAgent.Hardware.Cameras.Linux;

namespace DoorAgent.Hardware.Tests.Cameras.Linux;

public sealed class V4l2SourceTests
{
    private const string Pinned = "usb-0000:01:00.0-1.2 046d:0825";

    private static readonly VideoDevice Webcam = new("/dev/video0", "uvcvideo", "C270", Pinned, ["YUYV", "MJPG"], IsMadeByAProgram: false);

    [Fact]
    public void ThePinnedDeviceIsAccepted()
    {
        Assert.Null(Source(Pinned).WhyRefused(Webcam));
        Assert.Null(Source(null).WhyRefused(Webcam));
    }

    [Theory]
    [InlineData("usb-0000:01:00.0-1.3 046d:0825")]
    [InlineData("usb-0000:01:00.0-1.2 046d:0826")]
    [InlineData("usb-0000:01:00.0-1.2 046D:0825 ")]
    public void AnotherPlaceOrProductIsRefused(string identity) =>
        Assert.Contains($"names '{Pinned}': refused",
            Source(Pinned).WhyRefused(Webcam with { Identity = identity }), StringComparison.Ordinal);

    [Fact]
    public void OnlyASimulatedDoorAcceptsADeviceThatAProgramFeeds()
    {
        VideoDevice loopback = Webcam with { Driver = "v4l2 loopback", IsMadeByAProgram = true };
        Assert.Contains("could open the door: refused", Source(Pinned).WhyRefused(loopback), StringComparison.Ordinal);
        Assert.Null(new V4l2Source("/dev/video0", null, isReal: false, TimeProvider.System).WhyRefused(loopback));
    }

    [Theory]
    [InlineData("MJPG,YUYV", "YUYV")]
    [InlineData("H264,MJPG", "MJPG")]
    [InlineData("NV12,GREY", null)]
    public void TheBestSupportedFormatIsUsed(string formats, string? best) =>
        Assert.Equal(best, (Webcam with { Formats = formats.Split(',') }).BestFormat);

    private static V4l2Source Source(string? identity) => new("/dev/video0", identity, isReal: true, TimeProvider.System);
}
