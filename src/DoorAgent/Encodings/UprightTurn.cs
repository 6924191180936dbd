using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Encodings;

/// <summary>Finds out which way up a picture belongs, by the faces on it. One caller at a time.</summary>
internal sealed class UprightTurn
{
    /// <summary>A face that is found only after turning scores at least this: of four tries one finds a false face more often.</summary>
    private const float LeastScore = 0.8f;

    private readonly Frame _turned = new();

    /// <summary>The reading of a picture on its side or upside down, turned upright: a usable one, and where the picture as it is shows
    /// no upright face at all, also one that says what else is wrong. Null when no turn gives any.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="asItIs">Its reading, which has a problem: on a picture that lies false faces are found as well.</param>
    /// <param name="read">Reads a picture.</param>
    public FaceReading? Read(Frame picture, FaceReading asItIs, Func<Frame, FaceReading> read)
    {
        bool isLying = asItIs.Problem is UnusableReason.NoFace or UnusableReason.NotUpright;
        FaceReading? best = null;
        foreach (int degrees in FrameTurning.Degrees.Skip(1))
        {
            FrameTurning.Turn(picture, degrees, _turned);
            FaceReading reading = read(_turned) with { TurnedBy = degrees };
            if (IsUpright(reading) && (isLying || IsUsable(reading)) && IsBetter(reading, best))
                best = reading;
        }

        return best;
    }

    private static bool IsUsable(FaceReading reading) => reading.Problem == UnusableReason.None;

    private static bool IsUpright(FaceReading reading) => reading.Problem != UnusableReason.NotUpright
        && reading.Face is { Score: >= LeastScore } face && MathF.Abs(FacePose.Of(face.Landmarks).Roll) <= FaceQuality.MaxRoll;

    private static bool IsBetter(FaceReading reading, FaceReading? than) =>
        than is null || (IsUsable(reading), reading.Face!.Value.Score).CompareTo((IsUsable(than), than.Face!.Value.Score)) > 0;
}
