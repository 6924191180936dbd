using DoorAgent.Storage;

namespace DoorAgent.Liveness;

/// <summary>Judges whether the face of an attempt is a person or a picture: the networks on the first and the last frame, the cues on all
/// frames. Deny-only. Not thread-safe.</summary>
/// <param name="networks">The networks; null where they are missing or not wanted.</param>
/// <param name="options">Checked options.</param>
internal sealed class LivenessCheck(LivenessNetworks? networks, LivenessOptions options) : IDisposable
{
    /// <summary>What judges.</summary>
    public LivenessStrength Strength => !options.IsOn ? LivenessStrength.Off : networks?.Strength ?? LivenessStrength.Cues;

    /// <summary>The least width of a face that is judged, in pixels; 0 where none is.</summary>
    public int MinFaceWidth => options.IsOn ? options.MinFaceWidth : 0;

    /// <summary>The files from which the networks were read.</summary>
    public IReadOnlyList<LoadedFile> Files => networks?.Files ?? [];

    /// <summary>Judges the frames of one attempt.</summary>
    /// <param name="frames">At least one frame, oldest first, all of one face.</param>
    /// <exception cref="Networks.NetworkFaultException">A network is broken.</exception>
    public LivenessVerdict Judge(IReadOnlyList<LivenessFrame> frames)
    {
        double? score = networks is null ? null : (networks.Score(frames[0]) + networks.Score(frames[^1])) / 2;
        LivenessVerdict passed = new(SpoofSign.None, score, options.Threshold);
        // The condition is negated so that NaN denies.
        if (score is { } measured && !(measured >= options.Threshold))
            return passed with { Sign = SpoofSign.Score };
        if (options is { IsOn: true, EdgesCue: true } && EdgesOf(frames) is >= EnclosingEdges.Threshold and var edges)
            return passed with { Sign = SpoofSign.Edges, Cue = edges };
        if (options is { IsOn: true, MotionCue: true } && SurroundingMotion.Ratio(frames) is < SurroundingMotion.Threshold and var ratio)
            return passed with { Sign = SpoofSign.Motion, Cue = ratio };
        return passed;
    }

    /// <summary>Judges the frames of one attempt, and measures every part of the check, also those that do not decide.</summary>
    /// <param name="frames">At least one frame, oldest first, all of one face.</param>
    /// <exception cref="Networks.NetworkFaultException">A network is broken.</exception>
    public LivenessMeasures Measure(IReadOnlyList<LivenessFrame> frames) => new(
        Judge(frames), networks?.LogitsOf(frames[0], frames[^1]) ?? [],
        options is { IsOn: true, EdgesCue: true } ? EdgesOf(frames) : null,
        options is { IsOn: true, MotionCue: true } ? SurroundingMotion.Ratio(frames) : null);

    /// <summary>The lesser score of the first and the last frame: a held picture's edges stay around the face, while those of a room behind
    /// a person come and go as the person moves.</summary>
    private static double EdgesOf(IReadOnlyList<LivenessFrame> frames) =>
        Math.Min(EnclosingEdges.Score(frames[0]), EnclosingEdges.Score(frames[^1]));

    public void Dispose() => networks?.Dispose();
}
