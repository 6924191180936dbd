using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Tests.Support;
using OpenCvSharp;

namespace DoorAgent.Tests.Liveness;

/// <summary>
/// A drawn frame for the cues: a plastered wall, what is on the wall, and a person or a picture of one before it. Lengths are in face
/// sizes from where the face is when it has not moved, x to the right and y down; movements are in pixels.
/// </summary>
internal sealed class DrawnScene : IDisposable
{
    private const int Margin = 200;

    private static readonly Scalar Wall = new(150, 160, 165), Skin = new(130, 165, 215), Hair = new(30, 35, 45), Cloth = new(110, 70, 60);
    private static readonly Scalar Shirt = new(190, 200, 150), Wood = new(40, 60, 90), Paper = new(235, 235, 235);

    private readonly Mat _picture;
    private readonly double _size;
    private readonly Point2d _home;
    private Point _moved;

    /// <summary>Makes an empty scene of a width and a height, with the face's place and size, in pixels.</summary>
    public DrawnScene(int width = 640, int height = 480, double x = 320, double y = 200, double size = 120)
    {
        (_picture, _home, _size) = (new Mat(height, width, MatType.CV_8UC3), new Point2d(x, y), size);
        Fill(_picture, Wall, 1, mask => mask.SetTo(Scalar.White));
    }

    /// <summary>Draws an outline on the wall, as a door frame, a window or a board has.</summary>
    public DrawnScene Outline(double left, double top, double right, double bottom, int thickness = 8)
    {
        Cv2.Rectangle(_picture, At(left, top), At(right, bottom), Wood, thickness);
        return this;
    }

    /// <summary>Draws boards with books on the wall.</summary>
    public DrawnScene Bookcase()
    {
        Random random = new(3);
        for (double y = -3; y < 3; y += 0.8)
        {
            for (double x = -3; x < 3; x += 0.2)
            {
                Scalar back = new(random.Next(256), random.Next(256), random.Next(256));
                Cv2.Rectangle(_picture, At(x, y - 0.4 - (0.3 * random.NextDouble())), At(x + 0.18, y), back, -1);
            }

            Cv2.Line(_picture, At(-3, y), At(3, y), Wood, 6);
        }

        return this;
    }

    /// <summary>Draws a blotch behind the face's place, as of a passer-by, moved by pixels.</summary>
    public DrawnScene PasserBy(double x, int dx, int seed)
    {
        (Point before, _moved) = (_moved, new Point(dx, 0));
        Fill(_picture, Cloth, seed, mask => Cv2.Ellipse(mask, At(x, 0.5), Radii(0.8, 3), 0, 0, 360, Scalar.White, -1));
        _moved = before;
        return this;
    }

    /// <summary>Draws a person, moved by pixels.</summary>
    public DrawnScene Person(int dx = 0, int dy = 0)
    {
        _moved = new Point(dx, dy);
        DrawPerson(_picture, Cloth);
        return this;
    }

    /// <summary>Draws a sheet with the picture of a person, turned by degrees and moved by pixels; the sheet encloses the face.</summary>
    public DrawnScene Sheet(double halfWidth = 1, double top = -1.3, double bottom = 1.3, double tilt = 0, int dx = 0, int dy = 0)
    {
        _moved = new Point(dx, dy);
        double cosine = Math.Cos(tilt * Math.PI / 180), sine = Math.Sin(tilt * Math.PI / 180);
        Point[] corners = [Turned(-halfWidth, top), Turned(halfWidth, top), Turned(halfWidth, bottom), Turned(-halfWidth, bottom)];
        using Mat sheet = new(_picture.Size(), MatType.CV_8UC3), within = new(_picture.Size(), MatType.CV_8UC1, Scalar.Black);
        Fill(sheet, Paper, 5, mask => mask.SetTo(Scalar.White));
        DrawPerson(sheet, Shirt);
        Cv2.FillConvexPoly(within, corners, Scalar.White);
        sheet.CopyTo(_picture, within);
        return this;

        Point Turned(double x, double y) => At((x * cosine) - (y * sine), (x * sine) + (y * cosine));
    }

    /// <summary>The frame, with the face where it was drawn last.</summary>
    public LivenessFrame Frame()
    {
        Frame frame = new();
        MatFrame.Copy(_picture, frame);
        double width = 0.88 * _size, height = _size * _size / width;
        double left = _home.X + _moved.X - (width / 2), top = _home.Y + _moved.Y - (height / 2);
        FaceBox box = new((float)left, (float)top, (float)width, (float)height);
        return new LivenessFrame(frame, new Face(box, 1, default));
    }

    public void Dispose() => _picture.Dispose();

    private void DrawPerson(Mat on, Scalar cloth)
    {
        Fill(on, cloth, 2, mask => Cv2.Ellipse(mask, At(0, 2.1), Radii(1.5, 1.3), 0, 0, 360, Scalar.White, -1));
        Fill(on, Skin, 3, mask => Cv2.Ellipse(mask, At(0, 0.7), Radii(0.3, 0.4), 0, 0, 360, Scalar.White, -1));
        Fill(on, Hair, 4, mask => Cv2.Ellipse(mask, At(0, -0.2), Radii(0.6, 0.75), 0, 0, 360, Scalar.White, -1));
        Fill(on, Skin, 6, mask => Cv2.Ellipse(mask, At(0, 0.05), Radii(0.45, 0.6), 0, 0, 360, Scalar.White, -1));
        foreach (double x in new[] { -0.2, 0.2 })
            Cv2.Ellipse(on, At(x, -0.15), Radii(0.08, 0.05), 0, 0, 360, Hair, -1);
        Cv2.Ellipse(on, At(0, 0.35), Radii(0.18, 0.05), 0, 0, 360, Hair, -1);
    }

    /// <summary>Fills a shape with a colour and blotches of a few pixels, which move with the shape.</summary>
    private void Fill(Mat on, Scalar colour, int seed, Action<Mat> drawMask)
    {
        Frame noise = SomeFrames.Random((on.Width / 4) + Margin, (on.Height / 4) + Margin, seed);
        using Mat grains = new(noise.Height, noise.Width, MatType.CV_8UC3);
        MatFrame.Copy(noise, grains);
        using Mat blotches = grains.Resize(new Size(4 * grains.Width, 4 * grains.Height), 0, 0, InterpolationFlags.Cubic);
        using Mat cloth = new(blotches.Size(), MatType.CV_8UC3, colour);
        Cv2.AddWeighted(cloth, 0.9, blotches, 0.1, 0, cloth);
        using Mat moved = new(cloth, new Rect((2 * Margin) - _moved.X, (2 * Margin) - _moved.Y, on.Width, on.Height));
        using Mat mask = new(on.Size(), MatType.CV_8UC1, Scalar.Black);
        drawMask(mask);
        moved.CopyTo(on, mask);
    }

    private Point At(double x, double y) => new(_home.X + _moved.X + (x * _size), _home.Y + _moved.Y + (y * _size));

    private Size Radii(double x, double y) => new(x * _size, y * _size);
}
