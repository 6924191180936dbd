using DoorAgent.Faces;
using OpenCvSharp;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Changes pictures of faces in ways that no calibration used. Each method takes an upright picture and its face, and makes a new
/// one.</summary>
internal static class ChangedPictures
{
    public static IReadOnlyDictionary<string, Func<Mat, Face, Mat>> All { get; } = new Dictionary<string, Func<Mat, Face, Mat>>
    {
        ["turned by 90 degrees"] = (picture, _) => Into(to => Cv2.Rotate(picture, to, RotateFlags.Rotate90Clockwise)),
        ["turned by 180 degrees"] = (picture, _) => Into(to => Cv2.Rotate(picture, to, RotateFlags.Rotate180)),
        ["turned by 270 degrees"] = (picture, _) => Into(to => Cv2.Rotate(picture, to, RotateFlags.Rotate90Counterclockwise)),
        ["tilted to the right"] = (picture, _) => Tilted(picture, 60),
        ["tilted to the left"] = (picture, _) => Tilted(picture, -60),
        ["negative"] = (picture, _) => Into(to => Cv2.BitwiseNot(picture, to)),
        ["squeezed"] = (picture, _) => Into(to => Cv2.Resize(picture, to, default, 1, 0.6, InterpolationFlags.Area)),
        ["stretched"] = (picture, _) => Into(to => Cv2.Resize(picture, to, default, 1, 1 / 0.6, InterpolationFlags.Cubic)),
        ["very dark"] = (picture, _) => Into(to => picture.ConvertTo(to, -1, 0.1)),
        ["posterised"] = (picture, _) => Into(to => Cv2.Threshold(picture, to, 128, 255, ThresholdTypes.Binary)),
        ["cartoon"] = (picture, _) => Cartoon(picture),
        ["sketch"] = (picture, _) => Into(to => Cv2.CvtColor(Lines(picture), to, ColorConversionCodes.GRAY2BGR)),
        ["no face"] = (picture, face) => Painted(picture, to => to.Rectangle(Around(face.Box), Scalar.All(110), -1)),
        ["blue mask"] = (picture, face) => Painted(picture, to => Mask(to, face, new Scalar(215, 190, 150))),
        ["black mask"] = (picture, face) => Painted(picture, to => Mask(to, face, Scalar.All(25))),
    };

    private static Mat Into(Action<Mat> make)
    {
        Mat made = new();
        make(made);
        return made;
    }

    private static Mat Painted(Mat picture, Action<Mat> paint)
    {
        Mat painted = picture.Clone();
        paint(painted);
        return painted;
    }

    private static Mat Tilted(Mat picture, double degrees)
    {
        using Mat turn = Cv2.GetRotationMatrix2D(new Point2f(picture.Width / 2f, picture.Height / 2f), -degrees, 1);
        return Into(to => Cv2.WarpAffine(picture, to, turn, picture.Size(), InterpolationFlags.Linear, BorderTypes.Reflect101));
    }

    /// <summary>Draws the face in flat colours with black lines.</summary>
    private static Mat Cartoon(Mat picture)
    {
        using Mat flat = new(), lines = new();
        Cv2.BilateralFilter(picture, flat, 9, 75, 75);
        Cv2.CvtColor(Lines(picture), lines, ColorConversionCodes.GRAY2BGR);
        byte[] levels = [.. Enumerable.Range(0, 256).Select(value => (byte)((value / 48 * 48) + 24))];
        using Mat few = Into(to => Cv2.LUT(flat, levels, to));
        return Into(to => Cv2.BitwiseAnd(few, lines, to));
    }

    private static Mat Lines(Mat picture)
    {
        using Mat grey = new(), calm = new();
        Cv2.CvtColor(picture, grey, ColorConversionCodes.BGR2GRAY);
        Cv2.MedianBlur(grey, calm, 3);
        return Into(to => Cv2.AdaptiveThreshold(calm, to, 255, AdaptiveThresholdTypes.MeanC, ThresholdTypes.Binary, 9, 5));
    }

    /// <summary>Covers the face from below the eyes to the chin, as a surgical mask does.</summary>
    private static void Mask(Mat picture, Face face, Scalar colour)
    {
        Landmarks points = face.Landmarks;
        FaceBox box = face.Box;
        float eyes = (points[0].Y + points[1].Y) / 2, middle = box.Centre.X;
        Point[] outline =
        [
            At(middle - (0.47f * box.Width), eyes + ((points[3].Y - eyes) / 4)),
            At(points[2].X, eyes + (0.55f * (points[2].Y - eyes))),
            At(middle + (0.47f * box.Width), eyes + ((points[4].Y - eyes) / 4)),
            At(middle + (0.42f * box.Width), points[4].Y),
            At(middle + (0.25f * box.Width), box.Y + box.Height),
            At(middle - (0.25f * box.Width), box.Y + box.Height),
            At(middle - (0.42f * box.Width), points[3].Y),
        ];
        picture.FillConvexPoly(outline, colour, LineTypes.AntiAlias);

        static Point At(float x, float y) => new((int)x, (int)y);
    }

    private static Rect Around(FaceBox box) => new((int)box.X - 10, (int)box.Y - 10, (int)box.Width + 20, (int)box.Height + 20);
}
