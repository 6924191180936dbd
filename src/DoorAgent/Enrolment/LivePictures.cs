using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Networks;

namespace DoorAgent.Enrolment;

/// <summary>Takes pictures of the person in front of a camera until there are enough of them or the time is over.</summary>
/// <param name="read">Reads a frame; throws <see cref="NetworkFaultException"/> for a broken network.</param>
/// <param name="time">The clock.</param>
internal sealed class LivePictures(Func<Frame, FaceReading> read, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // A camera without a picture for this long is given up before the deadline.
    private static readonly TimeSpan BlindAfter = TimeSpan.FromSeconds(10);

    // The last wait before the deadline is one wait, and not a thousand very short ones.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    // A frame with a mean brightness below this, 0 to 255, cannot show a face: the light is the problem.
    private const double NightBelow = 30;

    private const int LongestShown = 640;

    private static readonly (byte B, byte G, byte R) Outline = (80, 220, 80);

    private readonly Dictionary<string, PictureReading> _taken = [];
    private readonly Dictionary<string, Frame> _shown = [];
    private LivenessFrame[] _judged = [];
    private LivenessFrame? _previous;

    /// <summary>The names of the pictures taken, for display.</summary>
    public IReadOnlyList<string> Names => [.. _taken.Keys];

    /// <summary>The frame of the last finding, which is valid until the next; null before the first.</summary>
    public Frame? Latest { get; private set; }

    /// <summary>The face in <see cref="Latest"/>; null without one.</summary>
    public FaceBox? LatestFace { get; private set; }

    /// <summary>Returns a small copy of the picture with a name, with its face outlined, to look at.</summary>
    public Frame Shown(string name) => _shown[name];

    /// <summary>Returns the picture with a name.</summary>
    public PictureReading Read(string name) => _taken[name];

    /// <summary>Checks that a person, and not their picture, was in front of the camera when the first and the last picture were
    /// taken. What moved is seen from the person's frame before the last picture.</summary>
    /// <param name="check">The check that the door makes.</param>
    /// <returns>The verdict; null where liveness is not checked, or no picture was taken.</returns>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public LivenessVerdict? JudgeLiveness(LivenessCheck check) =>
        check.Strength == LivenessStrength.Off || _judged.Length == 0 ? null : check.Judge(_judged);

    /// <summary>Takes the pictures. A camera without any picture is given up before the deadline.</summary>
    /// <param name="camera">The camera; the caller keeps ownership.</param>
    /// <param name="selection">Judges the frames.</param>
    /// <param name="wanted">Number of pictures after which the method returns.</param>
    /// <param name="within">Longest time to take.</param>
    /// <param name="progress">Receives each finding and the remaining time.</param>
    /// <param name="cancellationToken">Cancels the method.</param>
    public async Task TakeAsync(ICamera camera, LiveSelection selection, int wanted, TimeSpan within,
        IProgress<(LiveFinding Finding, TimeSpan Left)> progress, CancellationToken cancellationToken)
    {
        Frame frame = new();
        TimeSpan until = time.Monotonic() + within, blindUntil = time.Monotonic() + BlindAfter;
        for (TimeSpan left = within; left > TimeSpan.Zero && _taken.Count < wanted && time.Monotonic() < blindUntil;
            left = until - time.Monotonic())
        {
            TimeSpan wait = TimeSpan.FromTicks(Math.Clamp(left.Ticks, ShortestWait.Ticks, Patience.Ticks));
            CaptureStatus fault = await camera.ReadAsync(frame, wait, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (fault == CaptureStatus.Captured)
                blindUntil = time.Monotonic() + BlindAfter;
            else if (fault == CaptureStatus.NoFrame && wait < Patience)
                continue; // The deadline cut this wait short, so a missing frame says nothing about the camera.
            progress.Report((fault == CaptureStatus.Captured ? Judge(frame, selection) : selection.Miss(WordsOf(camera, fault)),
                until - time.Monotonic()));
        }
    }

    private LiveFinding Judge(Frame frame, LiveSelection selection)
    {
        FaceReading reading = read(frame);
        if (reading.Problem == UnusableReason.NoFace && FrameHealth.Brightness(frame) < NightBelow)
            reading = reading with { Problem = UnusableReason.TooDark };
        LiveFinding finding = selection.Judge(reading);
        if (finding.Verdict == PictureVerdict.Kept)
            Take($"picture {finding.Taken}", frame, reading);
        (Latest, LatestFace) = (frame, reading.Face?.Box);
        if (finding.Verdict is not (PictureVerdict.Kept or PictureVerdict.TooSimilar) || reading.Face is not { } face)
            return finding;
        Keep(frame, face, isTaken: finding.Verdict == PictureVerdict.Kept);
        return FramingAdvice.Of(face.Box, frame.Width, frame.Height, FaceQuality.Of(frame, face).Brightness) is { } framing
            ? finding with { Advice = framing } : finding;
    }

    private void Take(string name, Frame frame, FaceReading reading)
    {
        _taken.Add(name, new PictureReading(SHA256.HashData(frame.Pixels), reading));
        Frame small = new();
        small.CopyFrom(frame);
        if (reading.Face is { Box: var box })
            FrameDrawing.Box(small, box.X, box.Y, box.Width, box.Height, Outline);
        while (Math.Max(small.Width, small.Height) > LongestShown && Math.Min(small.Width, small.Height) >= 2)
        {
            Frame half = new();
            FrameHalver.Halve(small, half);
            small = half;
        }

        _shown[name] = small;
    }

    /// <summary>Keeps few whole frames, because they are large: that of the first picture, that of the last, and that of the same person
    /// before it.</summary>
    private void Keep(Frame frame, Face face, bool isTaken)
    {
        Frame copy = new();
        copy.CopyFrom(frame);
        LivenessFrame kept = new(copy, face);
        if (isTaken)
        {
            _judged = _judged is not [var first, ..] || _previous is not { } previous ? [kept]
                : ReferenceEquals(previous, first) ? [first, kept]
                : [first, previous, kept];
        }

        _previous = kept;
    }

    private static string WordsOf(ICamera camera, CaptureStatus fault) => fault switch
    {
        CaptureStatus.NoFrame => "no picture from the camera",
        _ when camera.FaultDetail is { } detail => detail,
        CaptureStatus.Lost => "the camera is not there",
        _ => "the camera sends data that is not a picture",
    };
}
