using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Cameras.Linux;

namespace DoorAgent.Hardware.Tests.Cameras;

[Collection(nameof(ChildProgram))]
public sealed class RtspSourceTests
{
    private readonly Frame _frame = new();

    public RtspSourceTests() => Assert.SkipUnless(OpenCvNetwork.IsThere || ChildProgram.Find("ffmpeg") is not null,
        "needs a network in OpenCV's library, or the program ffmpeg: apt-get install ffmpeg");

    [Fact]
    public void ANetworkCameraIsReadWithItsPasswordAndLostWhenUnplugged()
    {
        SmallRtspServer server = new("door:secret", 80);
        using ICapture capture = new RtspSource($"rtsp://door:secret@{server.Host}/live", TimeProvider.System).Open();
        capture.Read(_frame);
        Assert.Equal((64, 48), (_frame.Width, _frame.Height));
        Assert.InRange(_frame.Pixels[0], 77, 83);
        Assert.DoesNotContain("secret", CommandLines(), StringComparison.Ordinal);
        server.Dispose();
        CaptureFaultException lost = Assert.Throws<CaptureFaultException>(() => ReadForEver(capture));
        Assert.Equal((CaptureStatus.Lost, $"network camera rtsp://{server.Host} sends no more pictures"), (lost.Fault, lost.Message));
    }

    [Fact]
    public void AWrongPasswordGivesNothingAndIsNotRepeated()
    {
        using SmallRtspServer server = new("door:secret", 80);
        CaptureFaultException refused = Assert.Throws<CaptureFaultException>(() =>
        {
            using ICapture capture = new RtspSource($"rtsp://door:other@{server.Host}/live", TimeProvider.System).Open();
            ReadForEver(capture);
        });
        Assert.Contains("password are wrong", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("other", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The command lines, which every user of the machine can read.</summary>
    private static string CommandLines() => string.Concat(System.Diagnostics.Process.GetProcesses().Select(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }));

    private void ReadForEver(ICapture capture)
    {
        while (true)
            capture.Read(_frame);
    }
}
