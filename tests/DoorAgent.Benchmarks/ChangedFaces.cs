using DoorAgent.Faces;
using OpenCvSharp;

namespace DoorAgent.Benchmarks;

/// <summary>The changes of pictures that typicality tests are fitted to; the tests of the program try others.</summary>
internal static class ChangedFaces
{
    private static readonly Scalar[] Masks = [new(220, 200, 160), Scalar.All(30), Scalar.All(240), new(60, 60, 160), new(120, 150, 110)];

    /// <summary>The changes, with what is wrong then, in the order of the tables.</summary>
    public static IReadOnlyList<(string Unlike, UnusableReason Reason, Func<Mat, Face, int, Mat> Make)> All { get; } =
    [
        ("upside down", UnusableReason.NotUpright, (picture, _, _) => Into(to => Cv2.Rotate(picture, to, RotateFlags.Rotate180))),
        ("turned to the right", UnusableReason.NotUpright,
            (picture, _, _) => Into(to => Cv2.Rotate(picture, to, RotateFlags.Rotate90Clockwise))),
        ("turned to the left", UnusableReason.NotUpright,
            (picture, _, _) => Into(to => Cv2.Rotate(picture, to, RotateFlags.Rotate90Counterclockwise))),
        ("tilted to the right", UnusableReason.NotUpright, (picture, _, number) => Tilted(picture, 45 + (number % 3 * 10))),
        ("tilted to the left", UnusableReason.NotUpright, (picture, _, number) => Tilted(picture, -45 - (number % 3 * 10))),
        ("negative", UnusableReason.UnlikeAFace, (picture, _, _) => Into(to => Cv2.BitwiseNot(picture, to))),
        ("drawn", UnusableReason.UnlikeAFace, (picture, _, number) => number % 2 == 0 ? Pencil(picture) : FewColours(picture)),
        ("stretched", UnusableReason.OutOfProportion,
            (picture, _, number) => Into(to => Cv2.Resize(picture, to, default, 0.55 + (number % 3 * 0.05), 1, InterpolationFlags.Area))),
        ("squeezed", UnusableReason.OutOfProportion,
            (picture, _, number) => Into(to => Cv2.Resize(picture, to, default, 1, 0.55 + (number % 3 * 0.05), InterpolationFlags.Area))),
        ("covered", UnusableReason.FaceCovered, Covered),
    ];

    private static Mat Into(Action<Mat> make)
    {
        Mat made = new();
        make(made);
        return made;
    }

    private static Mat Tilted(Mat picture, double degrees)
    {
        using Mat turn = Cv2.GetRotationMatrix2D(new Point2f(picture.Width / 2f, picture.Height / 2f), -degrees, 1);
        return Into(to => Cv2.WarpAffine(picture, to, turn, picture.Size(), InterpolationFlags.Linear, BorderTypes.Reflect101));
    }

    /// <summary>Divides a picture by a soft copy of itself, which leaves lines as of a pencil.</summary>
    private static Mat Pencil(Mat picture)
    {
        using Mat grey = new(), soft = new(), lines = new();
        Cv2.CvtColor(picture, grey, ColorConversionCodes.BGR2GRAY);
        Cv2.GaussianBlur(grey, soft, new Size(15, 15), 0);
        Cv2.Divide(grey, soft, lines, 250);
        return Into(to => Cv2.CvtColor(lines, to, ColorConversionCodes.GRAY2BGR));
    }

    /// <summary>Leaves four values a channel, in flat areas.</summary>
    private static Mat FewColours(Mat picture)
    {
        using Mat flat = new();
        Cv2.MedianBlur(picture, flat, 7);
        byte[] levels = [.. Enumerable.Range(0, 256).Select(value => (byte)((value / 64 * 64) + 32))];
        return Into(to => Cv2.LUT(flat, levels, to));
    }

    /// <summary>Covers the face from the nose to the chin in one colour.</summary>
    private static Mat Covered(Mat picture, Face face, int number)
    {
        FaceBox box = face.Box;
        Landmarks points = face.Landmarks;
        float eyes = (points[0].Y + points[1].Y) / 2, top = eyes + ((points[2].Y - eyes) * (0.4f + (0.1f * (number % 3)))), middle = box.Centre.X;
        Mat covered = picture.Clone();
        covered.FillConvexPoly(
        [
            At(middle - (0.46f * box.Width), top + (0.04f * box.Height)),
            At(points[2].X, top),
            At(middle + (0.46f * box.Width), top + (0.04f * box.Height)),
            At(middle + (0.4f * box.Width), points[4].Y),
            At(middle + (0.22f * box.Width), box.Y + (1.02f * box.Height)),
            At(middle - (0.22f * box.Width), box.Y + (1.02f * box.Height)),
            At(middle - (0.4f * box.Width), points[3].Y),
        ], Masks[number % Masks.Length], LineTypes.AntiAlias);
        return covered;

        static Point At(float x, float y) => new((int)x, (int)y);
    }
}
