using OpenCvSharp;

namespace DoorAgent.Liveness;

/// <summary>
/// The cue of surroundings that move with a face, as those of a held picture do: dense optical flow (Farneback) from each frame to the
/// next, in a ring around the face against the face.
/// </summary>
/// <remarks>
/// The ratio of two frames is |f - r| / |f|, where f is the face's flow and r that flow in the ring which a quarter of the ring comes as
/// close to f. A person in front of a still background has r = 0 and a ratio of 1; a picture whose surroundings are part of it has r = f
/// and a ratio of 0. A camera that is shaken looks like a picture.
/// </remarks>
internal static class SurroundingMotion
{
    /// <summary>The ratio below which the surroundings move with the face.</summary>
    public const double Threshold = 0.3;

    /// <summary>The least flow of a face that moves, in face sizes: about three times what noise makes of a still one.</summary>
    private const double LeastMovement = 0.015;

    private const double WorkingFaceSize = 32;

    // A picture that moves by a fifth of a face in a frame is too fast for these; larger values cost more and hit no more clips.
    private const int Levels = 3, Window = 13, Iterations = 2;

    // In face sizes. The ring goes around hair and hats, and ends above the shoulders, which move with the head.
    private const double Reach = 1.75, RingFrom = 1, RingTo = 1.5, RingBottom = 0.5;
    private const double FaceHalfWidth = 0.375, FaceHalfHeight = 0.5;

    /// <summary>The part of the ring that must move with the face.</summary>
    private const double Part = 0.25;

    /// <summary>Between frames further apart everything may have moved, as between the pictures of an enrolment.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);

    /// <summary>The part of the ring that must be in the frame.</summary>
    private const double LeastVisible = 0.33;

    private const double RingArea = (2 * RingTo * (RingTo + RingBottom)) - (2 * RingFrom * (RingFrom + RingBottom));

    /// <summary>Returns the smallest ratio of two successive frames; null without evidence: the face does not move, one frame, frames of
    /// different sizes or more than a second apart, or too little around the face in the frame.</summary>
    /// <param name="frames">Frames of one face, oldest first.</param>
    public static double? Ratio(IReadOnlyList<LivenessFrame> frames) =>
        frames.Zip(frames.Skip(1), RatioOf).Min();

    private static double? RatioOf(LivenessFrame from, LivenessFrame to)
    {
        if (to.Frame.CapturedAt - from.Frame.CapturedAt > LongestStep
            || (from.Frame.Width, from.Frame.Height) != (to.Frame.Width, to.Frame.Height)
            || FaceNeighbourhood.Of(from, Reach) is not { } neighbourhood)
        {
            return null;
        }

        double scale = neighbourhood.ScaleTo(WorkingFaceSize), faceSize = neighbourhood.FaceSizeAt(scale);
        using Mat before = neighbourhood.Grey(from.Frame, scale);
        using Mat after = neighbourhood.Grey(to.Frame, scale);
        using Mat flow = new();
        Cv2.CalcOpticalFlowFarneback(before, after, flow, 0.5, Levels, Window, Iterations, 5, 1.1, OpticalFlowFlags.None);
        List<Vec2f> face = [], ring = [];
        int height = flow.Height;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<Vec2f> row = flow.RowSpan<Vec2f>(y);
            for (int x = 0; x < row.Length; x++)
            {
                (double across, double down) = neighbourhood.PointOf(x, y, scale);
                if (Math.Abs(across) <= FaceHalfWidth && Math.Abs(down) <= FaceHalfHeight)
                    face.Add(row[x]);
                else if (Math.Max(Math.Abs(across), Math.Abs(down)) is >= RingFrom and <= RingTo && down <= RingBottom)
                    ring.Add(row[x]);
            }
        }

        return face.Count > 0 && ring.Count >= LeastVisible * RingArea * faceSize * faceSize
            ? RatioOf(face, ring, LeastMovement * faceSize) : null;
    }

    private static double? RatioOf(List<Vec2f> face, List<Vec2f> ring, double leastMovement)
    {
        (float x, float y) = (AtPart(face.Select(flow => flow.Item0), 0.5), AtPart(face.Select(flow => flow.Item1), 0.5));
        float movement = float.Hypot(x, y);
        return movement >= leastMovement
            ? AtPart(ring.Select(flow => float.Hypot(flow.Item0 - x, flow.Item1 - y)), Part) / movement : null;
    }

    /// <summary>The value below which this part of the values lies.</summary>
    private static float AtPart(IEnumerable<float> values, double part)
    {
        float[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted[(int)(part * (sorted.Length - 1))];
    }
}
