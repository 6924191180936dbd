using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;

namespace DoorAgent.Evaluation;

/// <summary>
/// Judges presentations as the door judges attempts: detector, quality, the least width of a face, then liveness. A still is one attempt. A
/// clip is judged in successive windows of as many usable frames as must agree at the door. Not thread-safe.
/// </summary>
/// <param name="read">Reads a frame as the door does, the least width included.</param>
/// <param name="find">Finds the main face of a picture that the door cannot use, whatever its quality; null without a face.</param>
/// <param name="judge">Judges the frames of an attempt at a threshold that passes every score.</param>
/// <param name="faces">The limits of quality, for stills without a check of proportion.</param>
/// <param name="framesToAgree">Number of usable frames of an attempt on a clip, at least 1.</param>
internal sealed class PresentationJudge(
    Func<Frame, FaceReading> read, Func<Frame, Face?> find, Func<IReadOnlyList<LivenessFrame>, LivenessVerdict> judge, FaceOptions faces,
    int framesToAgree)
{
    private readonly PresentationFrames _frames = new();
    private readonly List<Frame> _kept = [];

    /// <summary>Judges a presentation.</summary>
    /// <exception cref="InvalidDataException">A file is not a picture, or a clip has too few frames; the message may start with the
    /// path.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user has no permission to read a file.</exception>
    public PresentationResult Judge(Presentation presentation)
    {
        int needed = presentation.IsClip ? framesToAgree : 1, seen = 0;
        List<LivenessFrame> window = [], anyFaces = [];
        List<JudgedAttempt> attempts = [];
        Dictionary<UnusableReason, int> problems = [];
        FaceBox? face = null;
        foreach (Frame frame in _frames.Of(presentation))
        {
            seen++;
            (UnusableReason problem, Face? found) = Read(frame, presentation.IsStretched);
            if (problem != UnusableReason.None || found is not { } usable)
            {
                problems[problem] = problems.GetValueOrDefault(problem) + 1;
                if (attempts.Count == 0 && anyFaces.Count < needed && find(frame) is { } any)
                    anyFaces.Add(new LivenessFrame(Copy(frame), any));
                continue;
            }

            face ??= usable.Box;
            window.Add(new LivenessFrame(needed == 1 ? frame : Keep(frame, window.Count), usable));
            if (window.Count < needed)
                continue;
            attempts.Add(Attempt(window));
            window.Clear();
        }

        if (attempts.Count > 0)
            return new PresentationResult(presentation, UnusableReason.None, attempts) { Face = face };
        return problems.Count > 0
            ? new PresentationResult(presentation, problems.MaxBy(one => one.Value).Key, [])
            {
                Unusable = anyFaces.Count > 0 ? Attempt(anyFaces) : null,
            }
            : throw new InvalidDataException($"{seen} frames are too few for a clip: the door needs {needed} (Decisions:FramesToAgree).");
    }

    private JudgedAttempt Attempt(List<LivenessFrame> window)
    {
        LivenessVerdict verdict = judge(window);
        return new JudgedAttempt(verdict.Sign, verdict.Score is { } score && double.IsFinite(score) ? score : null);
    }

    private (UnusableReason Problem, Face? Face) Read(Frame frame, bool isStretched)
    {
        FaceReading reading = read(frame);
        // The door reports the first problem only, so the checks behind the one of proportion are made here.
        return reading is { Problem: UnusableReason.OutOfProportion, Face: { } face } && isStretched
            ? ((FaceQuality.Of(frame, face) with { Proportion = FaceQuality.LeastProportion }).Judge(faces), face)
            : (reading.Problem, reading.Face);
    }

    private static Frame Copy(Frame frame)
    {
        Frame copy = new();
        copy.CopyFrom(frame);
        return copy;
    }

    private Frame Keep(Frame frame, int index)
    {
        if (index == _kept.Count)
            _kept.Add(new Frame());
        _kept[index].CopyFrom(frame);
        return _kept[index];
    }
}
