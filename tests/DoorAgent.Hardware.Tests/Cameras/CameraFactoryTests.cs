using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class CameraFactoryTests
{
    [Fact]
    public void AFolderAFileAndANumberAreCameras()
    {
        using TempFolder folder = new();
        SomePictures.WriteGreys(folder.Path, 2);
        using ICamera pictures = CameraFactory.Open(folder.Path, TimeProvider.System);
        Assert.IsType<FolderCamera>(pictures);
        SomePictures.WriteVideo(folder.File("greys.avi"), 2, rate: 10);
        using ICamera video = CameraFactory.Open(folder.File("greys.avi"), TimeProvider.System);
        Assert.IsType<VideoFileCamera>(video);
        using ICamera webcam = CameraFactory.Open("63", TimeProvider.System);
        Assert.False(webcam.IsSimulated);
        Assert.Equal("webcam 63", webcam.Description);
    }

    [Theory]
    [InlineData(null, "not set")]
    [InlineData(" ", "not set")]
    [InlineData("nowhere/at-all", "no such folder or file")]
    [InlineData("-1", "no such folder or file")]
    [InlineData("/dev/zero", "a pipe or a device")]
    public void WhatIsNoneIsRefusedWithTheChoices(string? what, string words)
    {
        string message = Assert.Throws<IOException>(() => CameraFactory.Open(what, TimeProvider.System)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.Contains("number of a webcam", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWebcamThatIsNotThereIsLost()
    {
        using ICamera webcam = CameraFactory.Open("63", TimeProvider.System);
        Assert.Equal(CameraFault.Lost, await webcam.ReadAsync(new Frame(), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        webcam.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
            await webcam.ReadAsync(new Frame(), TimeSpan.Zero, TestContext.Current.CancellationToken));
    }
}
