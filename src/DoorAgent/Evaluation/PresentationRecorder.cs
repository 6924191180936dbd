using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Evaluation;

/// <summary>Takes pictures of a presentation with the door's camera: every frame with a face, good or not, but no two within half a
/// second.</summary>
/// <param name="read">Reads a frame as the door does.</param>
/// <param name="time">The clock.</param>
internal sealed class PresentationRecorder(Func<Frame, FaceReading> read, TimeProvider time)
{
    /// <summary>The least time between two pictures.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), BlindAfter = TimeSpan.FromSeconds(10);

    private static readonly string[] PersonMoves =
        ["look into the camera", "step nearer", "step back", "move to the left", "move to the right", "turn the head a little", "smile"];

    private static readonly string[] AttackMoves =
        ["hold the picture straight", "hold the picture nearer", "hold the picture farther away", "tilt the picture a little",
            "move to the left", "move to the right", "bend the picture or change the screen's brightness"];

    /// <summary>Takes pictures until there are enough of them, the time is over, or the camera has given no frame for ten
    /// seconds.</summary>
    /// <param name="camera">The camera; the caller keeps ownership.</param>
    /// <param name="isLive">Whether a person is shown, for the advice.</param>
    /// <param name="count">Number of pictures to take.</param>
    /// <param name="within">Longest time to take.</param>
    /// <param name="keep">Receives each picture; the frame is valid during the call.</param>
    /// <param name="progress">Receives each finding and the remaining time.</param>
    /// <param name="cancellationToken">Ends the recording; pictures already taken are kept.</param>
    /// <returns>Number of pictures taken.</returns>
    public async Task<int> TakeAsync(ICamera camera, bool isLive, int count, TimeSpan within, Action<Frame> keep,
        IProgress<(LiveFinding Finding, TimeSpan Left)> progress, CancellationToken cancellationToken)
    {
        Frame frame = new();
        string[] moves = isLive ? PersonMoves : AttackMoves;
        TimeSpan until = time.Monotonic() + within, blindUntil = time.Monotonic() + BlindAfter, next = time.Monotonic();
        int taken = 0;
        while (taken < count && time.Monotonic() < until && time.Monotonic() < blindUntil)
        {
            CaptureStatus fault = await camera.ReadAsync(frame, Patience, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan now = time.Monotonic();
            if (fault != CaptureStatus.Captured)
            {
                Report(PictureVerdict.NotAPicture, camera.FaultDetail ?? "no picture from the camera",
                    "check the camera's cable, and whether another program uses the camera");
                continue;
            }

            blindUntil = now + BlindAfter;
            if (now < next)
                continue;
            FaceReading reading = read(frame);
            if (reading.Problem == UnusableReason.NoFace)
            {
                Report(PictureVerdict.Unusable, "no face", isLive ? "look into the camera" : "hold the picture in front of the camera");
                continue;
            }

            keep(frame);
            taken++;
            next = now + Interval;
            Report(PictureVerdict.Kept, reading.Problem == UnusableReason.None ? "taken" : $"taken ({PictureWords.Live(reading)})",
                moves[taken % moves.Length]);
        }

        return taken;

        void Report(PictureVerdict verdict, string words, string advice) => progress.Report((
            new LiveFinding(verdict, words, advice, taken) { Problem = UnusableReason.NoFace }, until - time.Monotonic()));
    }
}
