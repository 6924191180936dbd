using OpenCvSharp;

namespace DoorAgent.Liveness;

/// <summary>The cue of straight edges that enclose a face, as those of a sheet or a phone do: edges (Canny) and straight lines
/// (probabilistic Hough transform) around the face.</summary>
internal static class EnclosingEdges
{
    /// <summary>The score from which edges enclose the face.</summary>
    public const double Threshold = 2.0;

    /// <summary>The share of the body's place that a line must cover: what is behind a person ends at the shoulders.</summary>
    private const double LeastInFront = 0.3;

    /// <summary>The largest score of edges that may be behind a person.</summary>
    private const double MostBehind = 1.5;

    /// <summary>How far lines are looked for from the face's centre, in face sizes.</summary>
    private const double Reach = 2.1;

    private const double WeakGradient = 50, StrongGradient = 120;

    // In face sizes; the votes in pixels for each pixel of the face.
    private const double ShortestLine = 0.4, LargestGap = 0.07, Votes = 0.34;

    // At one size alone the score of a frame depends on noise: the mean of two sizes separates better than each of them.
    private static readonly double[] WorkingFaceSizes = [40, 56];

    /// <summary>Scores how far straight edges enclose the face: the sum over the four sides of the share of the side that the longest line
    /// covers, as the mean of two working sizes; 0 to 4. Edges that a person may hide, as of a door frame or a window behind, stay below
    /// <see cref="Threshold"/>.</summary>
    public static double Score(LivenessFrame frame)
    {
        if (FaceNeighbourhood.Of(frame, Reach) is not { } neighbourhood)
            return 0;
        using Mat grey = neighbourhood.Grey(frame.Frame, 1);
        EnclosingSides[] sides = [.. WorkingFaceSizes.Select(size => SidesIn(grey, neighbourhood, neighbourhood.ScaleTo(size)))];
        double covered = sides.Average(side => side.Covered);
        return sides.Average(side => side.InFront) >= LeastInFront ? covered : Math.Min(covered, MostBehind);
    }

    private static EnclosingSides SidesIn(Mat grey, FaceNeighbourhood neighbourhood, double scale)
    {
        using Mat small = FaceNeighbourhood.Scaled(grey, scale);
        using Mat smooth = small.GaussianBlur(new Size(3, 3), 0);
        using Mat edges = smooth.Canny(WeakGradient, StrongGradient);
        double size = neighbourhood.FaceSizeAt(scale);
        EnclosingSides sides = new();
        foreach (LineSegmentPoint line in Cv2.HoughLinesP(
            edges, 1, Math.PI / 180, Math.Max(1, (int)(Votes * size)), ShortestLine * size, LargestGap * size))
        {
            (double x1, double y1) = neighbourhood.PointOf(line.P1.X, line.P1.Y, scale);
            (double x2, double y2) = neighbourhood.PointOf(line.P2.X, line.P2.Y, scale);
            sides.Add(new FaceLine(x1, y1, x2, y2));
        }

        return sides;
    }
}
