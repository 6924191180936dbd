using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Encodings;

/// <summary>Finds the rotation in which a picture's face is upright. Not thread-safe.</summary>
internal sealed class RotationSearch
{
    /// <summary>Minimum score of a face that is found only after rotation, because four attempts find false faces more often than
    /// one.</summary>
    private const float MinScore = 0.8f;

    private readonly Frame _rotated = new();

    /// <summary>Reads a picture that may lie on its side or upside down in the other three rotations. Returns the best usable reading; if
    /// the unrotated picture shows no upright face, also a reading with another problem. Null if no rotation gives such a
    /// reading.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="unrotated">Reading of the unrotated picture, which has a problem; on a lying picture false faces are found too.</param>
    /// <param name="read">Function that reads a picture.</param>
    public FaceReading? Read(Frame picture, FaceReading unrotated, Func<Frame, FaceReading> read)
    {
        bool isNotUpright = unrotated.Problem is UnusableReason.NoFace or UnusableReason.NotUpright;
        FaceReading? best = null;
        foreach (int degrees in FrameTurning.Degrees.Skip(1))
        {
            FrameTurning.Turn(picture, degrees, _rotated);
            FaceReading reading = read(_rotated) with { TurnedBy = degrees };
            if (IsUpright(reading) && (isNotUpright || IsUsable(reading)) && IsBetter(reading, best))
                best = reading;
        }

        return best;
    }

    private static bool IsUsable(FaceReading reading) => reading.Problem == UnusableReason.None;

    private static bool IsUpright(FaceReading reading) => reading.Problem != UnusableReason.NotUpright
        && reading.Face is { Score: >= MinScore } face && MathF.Abs(FacePose.Of(face.Landmarks).Roll) <= FaceQuality.MaxRoll;

    private static bool IsBetter(FaceReading reading, FaceReading? than) =>
        than is null || (IsUsable(reading), reading.Face!.Value.Score).CompareTo((IsUsable(than), than.Face!.Value.Score)) > 0;
}
