using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class FolderCameraTests : CameraContract
{
    private readonly FolderCamera _camera;

    public FolderCameraTests()
    {
        SomePictures.WriteGreys(Folder.Path, 3);
        Folder.Write("notes.txt", "no picture");
        _camera = new FolderCamera(Folder.Path, Time);
    }

    private protected override ICamera Camera => _camera;

    [Fact]
    public async Task AFileThatIsNotAPictureIsAFaultAndTheNextIsShown()
    {
        Folder.Write("01.png", "no picture");
        Frame frame = new();
        Assert.Equal(CaptureStatus.WrongFormat, await _camera.ReadAsync(frame, AtMost, Token));
        Task<CaptureStatus> next = _camera.ReadAsync(frame, AtMost, Token).AsTask();
        Time.Advance(AtMost);
        Assert.Equal(CaptureStatus.Captured, await next);
        Assert.Equal(20, frame.Pixels[0]);
    }

    [Fact]
    public void AFolderWithoutPicturesIsRefused()
    {
        using TempFolder empty = new();
        empty.Write("notes.txt", "no picture");
        Assert.Contains(".jpg", Assert.Throws<IOException>(() => new FolderCamera(empty.Path, Time)).Message, StringComparison.Ordinal);
    }

    private protected override void Lose()
    {
        foreach (string picture in PictureFile.In(Folder.Path))
            File.Delete(picture);
    }
}
