using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Evaluation;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Evaluation;

public sealed class PresentationRecorderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<LiveFinding> _told = [];
    private readonly List<TimeSpan> _kept = [];
    private readonly TempFolder _set = new();

    public void Dispose() => _set.Dispose();

    /// <summary>The camera gives ten frames a second; grey 0 is no face, 1 a small one.</summary>
    [Fact]
    public async Task AFrameWithAFaceIsTakenEveryHalfSecondGoodOrNot()
    {
        int taken = await TakeAsync(4, (i, frame) => Show(frame, i < 3 ? (byte)0 : (byte)(i % 2)));
        Assert.Equal(4, taken);
        Assert.All(_kept.Zip(_kept.Skip(1)), pair => Assert.True(pair.Second - pair.First >= PresentationRecorder.Interval));
        Assert.Equal(
            ["no face", "taken (face too small (50 pixels wide))"], _told.Select(finding => finding.Words).Distinct().Take(2));
        Assert.Equal(4, _told.Count(finding => finding.Verdict == PictureVerdict.Kept));
    }

    [Fact]
    public async Task WithoutAFaceTheTimeEndsTheRecording()
    {
        Assert.Equal(0, await TakeAsync(3, (_, frame) => Show(frame, 0), seconds: 5));
        Assert.InRange(_time.GetUtcNow() - _time.Start, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task ACameraWithoutFramesIsGivenUpBeforeTheDeadline()
    {
        Assert.Equal(0, await TakeAsync(3, (_, _) => CaptureStatus.Lost, seconds: 100));
        Assert.InRange(_time.GetUtcNow() - _time.Start, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(12));
    }

    [Fact]
    public void PicturesAreNumberedAfterEarlierOnesAndWrittenIntoTheIndex()
    {
        RecordingFolder first = RecordingFolder.Open(_set.File("pad"), "anna-1", "print", "laser print");
        first.Add(path => File.WriteAllText(path, "1"));
        first.Add(path => File.WriteAllText(path, "2"));
        RecordingFolder.Open(_set.File("pad"), "anna-1", "print", "").Add(path => File.WriteAllText(path, "3"));
        RecordingFolder.Open(_set.File("pad"), "anna", "print", "").Add(path => File.WriteAllText(path, "4"));
        Assert.Equal(["anna-001.jpg", "anna-1-001.jpg", "anna-1-002.jpg", "anna-1-003.jpg"],
            Directory.GetFiles(_set.File("pad/print")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Presentation[] found = [.. PresentationFolder.Open(_set.File("pad")).Presentations];
        Assert.Equal(["anna", "anna-1", "anna-1", "anna-1"], found.Select(one => one.Group));
        Assert.Equal("laser print", found[1].Medium);
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_set.File("pad/print")));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a\tb")]
    [InlineData("a.b")]
    public void ANameThatCouldLeaveTheFolderIsRefused(string name) => Assert.Contains("cannot be the name of a group",
        Assert.Throws<UserErrorException>(() => RecordingFolder.Open(_set.File("pad"), name, "live", "")).Message, StringComparison.Ordinal);

    private async Task<int> TakeAsync(int count, Func<int, Frame, CaptureStatus> fill, double seconds = 60)
    {
        PresentationRecorder recorder = new(Read, _time);
        using ListedCamera camera = new(_time, fill);
        return await recorder.TakeAsync(camera, isLive: true, count, TimeSpan.FromSeconds(seconds),
            _ => _kept.Add(_time.GetUtcNow() - _time.Start), new Teller(_told), TestContext.Current.CancellationToken);
    }

    private static FaceReading Read(Frame frame) => frame.Pixels[0] == 0
        ? new FaceReading(UnusableReason.NoFace, null, 0, null, 0)
        : new FaceReading(UnusableReason.TooSmall, new Face(new FaceBox(0, 0, 50, 60), 1, default), 1, null, 0.5f);

    private static CaptureStatus Show(Frame frame, byte grey)
    {
        frame.Resize(8, 8);
        frame.Pixels.Fill(grey);
        return CaptureStatus.Captured;
    }

    private sealed class Teller(List<LiveFinding> told) : IProgress<(LiveFinding Finding, TimeSpan Left)>
    {
        public void Report((LiveFinding Finding, TimeSpan Left) value) => told.Add(value.Finding);
    }
}
