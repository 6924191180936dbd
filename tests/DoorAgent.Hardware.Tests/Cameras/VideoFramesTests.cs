using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class VideoFramesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachFrameIsReadOnceWithoutWaiting()
    {
        SomePictures.WriteVideo(_folder.File("greys.avi"), 3, rate: 20);
        using VideoFrames video = new(_folder.File("greys.avi"));
        Assert.Equal(TimeSpan.FromMilliseconds(50), video.Interval);
        Frame frame = new();
        for (int i = 1; i <= 3; i++)
        {
            Assert.True(video.Read(frame));
            Assert.InRange(frame.Pixels[0], (10 * i) - 3, (10 * i) + 3);
        }

        Assert.False(video.Read(frame));
    }

    [Fact]
    public void AFileThatIsNotAVideoIsRefused() =>
        Assert.Throws<IOException>(() => new VideoFrames(_folder.Write("letter.avi", "no video")));
}
