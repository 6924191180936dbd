using OpenCvSharp;

namespace DoorAgent.Tests.Liveness;

/// <summary>A drawing of something flat and of the hand that holds it, to be photographed in front of a background.</summary>
/// <param name="Drawing">Four channels: B, G, R and opacity; black where nothing is. The thing's centre is in the middle.</param>
/// <param name="Scale">Pixels of the drawing per mm.</param>
/// <param name="Rest">The pose that the hand aims at.</param>
/// <param name="PixelPitch">Distance of a screen's pixels in mm; 0 for paper.</param>
internal sealed record HeldThing(Mat Drawing, double Scale, HeldPose Rest, double PixelPitch) : IDisposable
{
    private static readonly Scalar Skin = new(118, 148, 196, 255), Nail = new(150, 170, 214, 255), Sleeve = new(92, 58, 40, 255);

    /// <summary>An A4 sheet of matt paper with a picture of 180 x 180 mm and a line of print below it, held at its lower right corner,
    /// 45 cm from the camera, leaning to the left.</summary>
    /// <param name="picture">A square picture.</param>
    public static HeldThing Sheet(Mat picture)
    {
        const int scale = 2;
        Mat drawing = new(1000, 800, MatType.CV_8UC4, Scalar.All(0));
        Rect paper = Around(drawing, 0, 0, 210 * scale, 297 * scale);
        Arm(drawing, new Point(paper.Right - 10, paper.Bottom - 40), 34);
        drawing.Rectangle(paper, new Scalar(226, 232, 234, 255), -1);
        // Ink on paper has less contrast than the file that was printed.
        Place(picture, drawing, new Rect(paper.X + (15 * scale), paper.Y + (22 * scale), 180 * scale, 180 * scale), 0.72, 38);
        for (int line = 0; line < 3; line++)
        {
            Rect text = new(paper.X + (15 * scale), paper.Y + ((225 + (14 * line)) * scale), (150 - (40 * line)) * scale, 3 * scale);
            drawing.Rectangle(text, new Scalar(96, 92, 90, 255), -1);
        }

        Thumb(drawing, new Point(paper.Right - 36, paper.Bottom - 52), 17, 40, -52);
        return new HeldThing(drawing, scale, new HeldPose(14, 52, 450, 0.16, -0.12, -0.09), 0);
    }

    /// <summary>A phone of 74 x 152 mm with the middle of a picture across its screen and black above and below, held at its left edge,
    /// 20 cm from the camera, leaning to the right.</summary>
    /// <param name="picture">A square picture.</param>
    public static HeldThing Phone(Mat picture)
    {
        const int scale = 5;
        Mat drawing = new(1200, 1000, MatType.CV_8UC4, Scalar.All(0));
        Rect body = Around(drawing, 0, 0, 74 * scale, 152 * scale);
        Arm(drawing, new Point(body.X + 20, body.Bottom - 150), 62);
        Rounded(drawing, body, 9 * scale, new Scalar(44, 40, 38, 255));
        Rect screen = Around(drawing, 0, 0, 69 * scale, 147 * scale);
        Rounded(drawing, screen, 7 * scale, new Scalar(14, 12, 12, 255));
        // A screen shines: the picture is brighter and bluer than the room.
        using Mat middle = new(picture, new Rect(picture.Width / 12, picture.Height / 12, picture.Width * 5 / 6, picture.Height * 5 / 6));
        Place(middle, drawing, new Rect(screen.X, screen.Y + (30 * scale), 69 * scale, 69 * scale), 1.12, 14);
        drawing.Rectangle(new Rect(screen.X + (5 * scale), screen.Y + (4 * scale), 9 * scale, 2 * scale), new Scalar(200, 200, 200, 255), -1);
        for (int button = 0; button < 4; button++)
        {
            Point centre = new(screen.X + ((12 + (15 * button)) * scale), screen.Bottom - (10 * scale));
            drawing.Circle(centre, 2 * scale, new Scalar(188, 186, 184, 255), -1);
        }

        Thumb(drawing, new Point(body.X + 14, body.Y + 470), 30, 78, 64);
        return new HeldThing(drawing, scale, new HeldPose(-11, 6, 200, -0.1, 0.14, 0.12), 0.0635);
    }

    public void Dispose() => Drawing.Dispose();

    private static Rect Around(Mat drawing, int x, int y, int width, int height) =>
        new(((drawing.Width - width) / 2) + x, ((drawing.Height - height) / 2) + y, width, height);

    private static void Place(Mat picture, Mat drawing, Rect place, double contrast, double brightness)
    {
        using Mat large = new(), toned = new(), opaque = new();
        Cv2.Resize(picture, large, place.Size, 0, 0, InterpolationFlags.Cubic);
        large.ConvertTo(toned, -1, contrast, brightness);
        Cv2.CvtColor(toned, opaque, ColorConversionCodes.BGR2BGRA);
        using Mat part = new(drawing, place);
        opaque.CopyTo(part);
    }

    private static void Rounded(Mat drawing, Rect place, int radius, Scalar colour)
    {
        drawing.Rectangle(new Rect(place.X + radius, place.Y, place.Width - (2 * radius), place.Height), colour, -1);
        drawing.Rectangle(new Rect(place.X, place.Y + radius, place.Width, place.Height - (2 * radius)), colour, -1);
        foreach (int x in new[] { place.X + radius, place.Right - radius })
        {
            foreach (int y in new[] { place.Y + radius, place.Bottom - radius })
                drawing.Circle(new Point(x, y), radius, colour, -1);
        }
    }

    /// <summary>Draws the fingers behind the thing, and a sleeve that leaves the drawing below.</summary>
    private static void Arm(Mat drawing, Point hand, int finger)
    {
        drawing.Line(hand, new Point(hand.X + 40, drawing.Height), Sleeve, 4 * finger);
        drawing.Circle(hand, 2 * finger, Skin, -1);
        for (int number = -1; number <= 2; number++)
            drawing.Ellipse(new Point(hand.X, hand.Y - (number * finger)), new Size(3 * finger, finger / 2), 8 * number, 0, 360, Skin, -1);
    }

    private static void Thumb(Mat drawing, Point centre, int width, int length, double degrees)
    {
        drawing.Ellipse(centre, new Size(length, width), degrees, 0, 360, Skin, -1);
        double radians = degrees * Math.PI / 180;
        Point tip = new(centre.X + (int)(0.55 * length * Math.Cos(radians)), centre.Y + (int)(0.55 * length * Math.Sin(radians)));
        drawing.Ellipse(tip, new Size(length / 3, width * 2 / 3), degrees, 0, 360, Nail, -1);
    }
}
