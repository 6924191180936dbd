using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class VideoFileCameraTests : CameraContract
{
    private readonly VideoFileCamera _camera;

    public VideoFileCameraTests()
    {
        SomePictures.WriteVideo(Folder.File("greys.avi"), 3, rate: 10);
        _camera = new VideoFileCamera(Folder.File("greys.avi"), Time);
    }

    private protected override ICamera Camera => _camera;

    [Fact]
    public void AFileThatIsNotAVideoIsRefusedWithTheReason()
    {
        string path = Folder.Write("letter.avi", "no video");
        Assert.Contains("not a readable video",
            Assert.Throws<IOException>(() => new VideoFileCamera(path, Time)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => new VideoFileCamera(Folder.File("gone.avi"), Time));
    }

    /// <summary>The file is still open: the camera shows the rest of the file, and then the file cannot be opened again.</summary>
    private protected override void Lose()
    {
        File.Delete(Folder.File("greys.avi"));
        for (int left = 0; left < 2; left++)
        {
            Due();
            Assert.Equal(CaptureStatus.Captured, _camera.ReadAsync(new Frame(), AtMost, Token).AsTask().GetAwaiter().GetResult());
        }
    }
}
