using System.Globalization;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Cameras.Linux;

namespace DoorAgent.Hardware.Tests.Cameras.Linux;

/// <summary>
/// Shell scripts stand in for rpicam-vid. No other test may start a program at the same time: for a moment that program would
/// have the script open for writing, and the system does not run such a file.
/// </summary>
[Collection(nameof(ChildProgram))]
public sealed class RpicamSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Frame _frame = new();

    public RpicamSourceTests()
    {
        for (int i = 1; i <= 3; i++)
        {
            _frame.Resize(64, 48);
            _frame.Pixels.Fill((byte)(10 * i));
            File.WriteAllBytes(_folder.File($"{i}.jpg"), FrameDrawing.Encode(_frame, ".jpg"));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PicturesAreFoundBetweenGarbageAndTruncatedOnes()
    {
        using ICapture capture = Open("cat 1.jpg; echo rubbish; head -c -20 3.jpg; cat 2.jpg; printf '\\377'; cat 3.jpg; exec tail -f /dev/null");
        foreach (int grey in new[] { 10, 20, 30 })
        {
            capture.Read(_frame);
            Assert.Equal((64, 48), (_frame.Width, _frame.Height));
            Assert.InRange(_frame.Pixels[0], grey - 2, grey + 2);
        }
    }

    [Fact]
    public void TheProgramGetsArgumentsForMotionJpegOfTheCamera()
    {
        using ICapture capture = Open($"echo \"$*\" > {_folder.File("asked")}; cat 1.jpg; exec tail -f /dev/null", number: 1);
        capture.Read(_frame);
        Assert.Equal("-t 0 --codec mjpeg --width 640 --height 480 --framerate 15 --nopreview --flush -o - --camera 1",
            File.ReadAllText(_folder.File("asked")).Trim());
    }

    [Fact]
    public void TheFaultHasTheProgramsLastLine()
    {
        using ICapture capture = Open("cat 1.jpg; echo 'Preview disabled' >&2; echo 'ERROR: *** no cameras available ***' >&2; exit 255");
        capture.Read(_frame);
        CaptureFaultException end = Assert.Throws<CaptureFaultException>(() => capture.Read(_frame));
        Assert.Equal((CaptureStatus.Lost, "rpicam-vid ended with 255: ERROR: *** no cameras available ***"), (end.Fault, end.Message));
    }

    [Fact]
    public void AFloodOfErrorOutputBlocksNothing()
    {
        using ICapture capture = Open("head -c 3000000 /dev/zero | tr '\\000' x >&2; cat 2.jpg; exec tail -f /dev/null");
        capture.Read(_frame);
        Assert.InRange(_frame.Pixels[0], 18, 22);
    }

    [Fact]
    public async Task ADeadlineKillsAHangingProgramWithItsChildren()
    {
        using ICapture capture =
            Open($"cat 1.jpg; tail -f /dev/null & echo $! > {_folder.File("child")}; mv {_folder.File("child")} {_folder.File("child.id")}; "
            + "cat 2.jpg; wait");
        capture.Read(_frame);
        capture.Read(_frame);
        int child = int.Parse(File.ReadAllText(_folder.File("child.id")), CultureInfo.InvariantCulture);
        Assert.True(Lives(child));
        Task reading = Task.Run(() => capture.Read(_frame), TestContext.Current.CancellationToken);
        capture.Abandon();
        await Assert.ThrowsAsync<CaptureFaultException>(() => reading);
        AssertDies(child);
    }

    [Fact]
    public void DisposeKillsTheProgram()
    {
        ICapture capture = Open($"echo $$ > {_folder.File("id")}; cat 1.jpg; exec tail -f /dev/null");
        capture.Read(_frame);
        capture.Dispose();
        AssertDies(int.Parse(File.ReadAllText(_folder.File("id")), CultureInfo.InvariantCulture));
    }

    [Fact]
    public void AnAbsentProgramSaysHowToInstallIt()
    {
        CaptureFaultException fault = Assert.Throws<CaptureFaultException>(() => new RpicamSource(_folder.File("nowhere"), 0).Open());
        Assert.Contains("apt-get install rpicam-apps", fault.Message, StringComparison.Ordinal);
    }

    private ICapture Open(string script, int number = 0)
    {
        string program = _folder.Write("rpicam-vid", $"#!/bin/sh\ncd {_folder.Path}\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new RpicamSource(program, number).Open();
    }

    /// <summary>Waits until a killed process has ended, which needs processor time.</summary>
    private static void AssertDies(int id) => Assert.True(SpinWait.SpinUntil(() => !Lives(id), TimeSpan.FromMinutes(2)));

    /// <summary>Whether a process is running, which a zombie is not.</summary>
    private static bool Lives(int id)
    {
        try
        {
            return !File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"))
                .Split(')')[^1].StartsWith(" Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
