using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Enrolment;

/// <summary>Takes pictures of the person before a camera until there are enough or the time is over.</summary>
/// <param name="read">Reads a frame; throws <see cref="NetworkFaultException"/> for a broken network.</param>
/// <param name="time">The clock.</param>
internal sealed class LivePictures(Func<Frame, FaceReading> read, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // A camera that has shown nothing for so long is not waited for until the deadline.
    private static readonly TimeSpan BlindAfter = TimeSpan.FromSeconds(10);

    // So that the last blink before the deadline is one wait and not a thousand.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    // In a frame whose mean is darker than this, 0 to 255, no face is to be found: the light is what is wrong.
    private const double NightBelow = 30;

    private readonly Dictionary<string, PictureReading> _taken = [];

    /// <summary>The pictures taken, by names to show.</summary>
    public IReadOnlyList<string> Names => [.. _taken.Keys];

    /// <summary>What was taken under a name.</summary>
    public PictureReading Read(string name) => _taken[name];

    /// <summary>Takes them; a camera that gives no picture at all is given up earlier.</summary>
    /// <param name="camera">Whose frames are looked at; stays the caller's.</param>
    /// <param name="selection">Judges each.</param>
    /// <param name="wanted">How many end it.</param>
    /// <param name="within">How long at most.</param>
    /// <param name="progress">Told each finding, and the time that is left.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task TakeAsync(ICamera camera, LiveSelection selection, int wanted, TimeSpan within,
        IProgress<(LiveFinding Finding, TimeSpan Left)> progress, CancellationToken cancellationToken)
    {
        Frame frame = new();
        TimeSpan until = time.Monotonic() + within, blindUntil = time.Monotonic() + BlindAfter;
        for (TimeSpan left = within; left > TimeSpan.Zero && _taken.Count < wanted && time.Monotonic() < blindUntil; left = until - time.Monotonic())
        {
            TimeSpan wait = TimeSpan.FromTicks(Math.Clamp(left.Ticks, ShortestWait.Ticks, Patience.Ticks));
            CaptureStatus fault = await camera.ReadAsync(frame, wait, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (fault == CaptureStatus.Captured)
                blindUntil = time.Monotonic() + BlindAfter;
            else if (fault == CaptureStatus.NoFrame && wait < Patience)
                continue; // The wait that the deadline cut short says nothing about the camera.
            progress.Report((fault == CaptureStatus.Captured ? Look(frame, selection) : selection.Miss(WordsOf(camera, fault)), until - time.Monotonic()));
        }
    }

    private LiveFinding Look(Frame frame, LiveSelection selection)
    {
        FaceReading reading = read(frame);
        if (reading.Problem == UnusableReason.NoFace && FrameHealth.Brightness(frame) < NightBelow)
            reading = reading with { Problem = UnusableReason.TooDark };
        LiveFinding finding = selection.Judge(reading);
        if (finding.Verdict == PictureVerdict.Kept)
            _taken.Add($"picture {finding.Taken}", new PictureReading(SHA256.HashData(frame.Pixels), reading));
        return finding;
    }

    private static string WordsOf(ICamera camera, CaptureStatus fault) => fault switch
    {
        CaptureStatus.NoFrame => "no picture from the camera",
        _ when camera.FaultDetail is { } detail => detail,
        CaptureStatus.Lost => "the camera is not there",
        _ => "what the camera sends is not a picture",
    };
}
