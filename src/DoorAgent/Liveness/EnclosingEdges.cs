using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
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
    private const double Reach = 2.5;

    private const double WeakGradient = 50, StrongGradient = 120;

    // In face sizes, the votes in pixels for each pixel of the face.
    private const double ShortestLine = 0.4, LargestGap = 0.07, Votes = 0.34;

    // At one size alone the score of a frame depends on noise: the mean of three sizes separates better than each of them.
    private static readonly int[] WorkingFaceSizes = [40, 64, 80];

    /// <summary>Scores how far straight edges enclose the face: the sum over the four sides of the share of the side that the longest line
    /// covers, as the mean of three working sizes; 0 to 4. Edges that a person may hide, as of a door frame or a window behind, stay below
    /// <see cref="Threshold"/>.</summary>
    public static double Score(LivenessFrame frame)
    {
        FaceBox box = frame.Face.Box;
        double size = Math.Sqrt(box.Area);
        (float x, float y) = box.Centre;
        if (!(size >= 1) || !float.IsFinite(x) || !float.IsFinite(y))
            return 0;
        int left = (int)Math.Clamp(x - (Reach * size), 0, frame.Frame.Width);
        int top = (int)Math.Clamp(y - (Reach * size), 0, frame.Frame.Height);
        int right = (int)Math.Clamp(x + (Reach * size), 0, frame.Frame.Width);
        int bottom = (int)Math.Clamp(y + (Reach * size), 0, frame.Frame.Height);
        if (right <= left || bottom <= top)
            return 0;

        using Mat whole = new(frame.Frame.Height, frame.Frame.Width, MatType.CV_8UC3);
        MatFrame.Copy(frame.Frame, whole);
        using Mat around = new(whole, new Rect(left, top, right - left, bottom - top));
        using Mat grey = around.CvtColor(ColorConversionCodes.BGR2GRAY);
        EnclosingSides[] sides = [.. WorkingFaceSizes.Select(SidesAt)];
        double covered = sides.Average(side => side.Covered);
        return sides.Average(side => side.InFront) >= LeastInFront ? covered : Math.Min(covered, MostBehind);

        EnclosingSides SidesAt(int workingSize)
        {
            double scale = Math.Min(1, workingSize / size);
            EnclosingSides sides = new();
            foreach (LineSegmentPoint line in LinesOf(grey, scale, size * scale))
                sides.Add(new FaceLine(Across(line.P1.X), Down(line.P1.Y), Across(line.P2.X), Down(line.P2.Y)));
            return sides;

            double Across(int pixel) => ((pixel / scale) + left - x) / size;
            double Down(int pixel) => ((pixel / scale) + top - y) / size;
        }
    }

    private static LineSegmentPoint[] LinesOf(Mat grey, double scale, double faceSize)
    {
        Size size = new(Math.Max(1, (int)(grey.Width * scale)), Math.Max(1, (int)(grey.Height * scale)));
        using Mat small = grey.Resize(size, 0, 0, InterpolationFlags.Area);
        using Mat smooth = small.GaussianBlur(new Size(3, 3), 0);
        using Mat edges = smooth.Canny(WeakGradient, StrongGradient);
        return Cv2.HoughLinesP(
            edges, 1, Math.PI / 180, Math.Max(1, (int)(Votes * faceSize)), ShortestLine * faceSize, LargestGap * faceSize);
    }
}
