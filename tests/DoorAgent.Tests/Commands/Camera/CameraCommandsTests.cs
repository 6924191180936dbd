using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Camera;

/// <summary>The camera's verbs as a technician types them; the camera is a folder of pictures, or not there.</summary>
[Collection(nameof(WholeConsole))]
public sealed class CameraCommandsTests : IDisposable
{
    private static readonly string Adam = Path.Combine(Places.BuiltInPeople, "adam/door-1");

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Slow]
    [Fact]
    public async Task ASnapIsDrawnOrRawAndSaysWhatItSees()
    {
        await Says(0, "usable, quality", "camera", "snap", _data.File("drawn.png"), "--set", $"Hardware:Camera={Adam}");
        await Says(0, "320 x 240, face", "camera", "snap", _data.File("raw.png"), "--raw", "--set", $"Hardware:Camera={Adam}");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_data.File("raw.png")));
        Frame raw = new();
        PictureFile.Read(_data.File("raw.png"), raw);
        Assert.Contains(Directory.GetFiles(Adam), file => Same(file, raw));
        Frame drawn = new();
        PictureFile.Read(_data.File("drawn.png"), drawn);
        Assert.DoesNotContain(Directory.GetFiles(Adam), file => Same(file, drawn));
    }

    [Slow]
    [Fact]
    public async Task WithoutAFaceTheAnswerIsNo()
    {
        string empty = _data.File("empty");
        Directory.CreateDirectory(empty);
        Frame black = new();
        black.Resize(320, 240);
        black.Pixels.Clear();
        File.WriteAllBytes(Path.Combine(empty, "1.png"), FrameDrawing.Encode(black, ".png"));
        await Says(1, "no face", "camera", "snap", _data.File("black.jpg"), "--set", $"Hardware:Camera={empty}");
    }

    [Fact]
    public async Task WhatCannotBeTakenSaysWhyAndLeavesNoFile()
    {
        await Says(2, "Hardware:Camera is not set", "camera", "snap", _data.File("a.jpg"));
        await Says(2, "/dev/video63 does not exist (unplugged?). 'dooragent camera list'", "camera", "snap", _data.File("a.jpg"), "--set",
            "Hardware:Camera=63");
        await Says(2, "does not have the extension of a picture", "camera", "snap", _data.File("a.txt"), "--set",
            $"Hardware:Camera={Adam}");
        string address = await Says(2, "network camera rtsp://127.0.0.1:9 ", "camera", "snap", _data.File("a.jpg"), "--set",
            "Hardware:Camera=rtsp://door:secret@127.0.0.1:9/");
        Assert.DoesNotContain("secret", address, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_data.Path, "a.*"));
    }

    [Fact]
    public async Task TheListNamesTheConfiguredCameraWithoutItsPassword()
    {
        using WholeConsole console = new();
        await Program.Main(["camera", "list", "--data", _data.Path, "--set", "Hardware:Camera=rtsp://door:secret@127.0.0.1/"]);
        Assert.Contains("Hardware:Camera is rtsp://...@127.0.0.1/.", console.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", console.Out, StringComparison.Ordinal);
    }

    private Task<string> Says(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, [.. arguments, "--data", _data.Path]);

    private static bool Same(string file, Frame frame)
    {
        Frame read = new();
        PictureFile.Read(file, read);
        return read.Pixels.SequenceEqual(frame.Pixels);
    }
}
