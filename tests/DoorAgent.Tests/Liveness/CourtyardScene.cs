using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Tests.Liveness;

/// <summary>Photographs, with a door's fixed camera, who or what is before it in a courtyard through which somebody walks.</summary>
internal static class CourtyardScene
{
    private const double Rate = 10, MoireContrast = 0.06, LensBlur = 0.8, NoiseDeviation = 2.5;

    /// <summary>Successive frames of a held thing, 640 x 480 pixels, ten a second.</summary>
    /// <param name="thing">The thing, with the hand that holds it.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="seed">Selects background, tremor and noise.</param>
    public static IEnumerable<Frame> Held(HeldThing thing, int frames, int seed)
    {
        HeldPose[] poses = [.. HandTremor.Around(thing.Rest, frames, Rate, seed)];
        return Frames(frames, seed, (picture, number) => Hold(thing, poses[number], picture));
    }

    /// <summary>Successive frames of a person who stands there and sways a little.</summary>
    /// <param name="pictures">Successive pictures of the person's head on a plain ground, 320 x 240 pixels; one for each frame.</param>
    /// <param name="x">Where the person stands, in pixels from the left.</param>
    /// <param name="seed">Selects background and noise.</param>
    public static IEnumerable<Frame> Standing(IReadOnlyList<Mat> pictures, int x, int seed) => Frames(pictures.Count, seed,
        (picture, number) => Stand(pictures[number], x + (int)(8 * Math.Sin(Math.Tau * 0.4 * number / Rate)), picture));

    private static IEnumerable<Frame> Frames(int count, int seed, Action<Mat, int> draw)
    {
        using Mat courtyard = Courtyard(seed);
        for (int number = 0; number < count; number++)
        {
            using Mat picture = courtyard.Clone();
            Walker(picture, 600 - (14 * number));
            draw(picture, number);
            yield return Captured(picture, number + 1, seed);
        }
    }

    /// <summary>A wall of pale bricks, a dark gateway with a bright yard behind it, and the ground; out of focus.</summary>
    private static Mat Courtyard(int seed)
    {
        Random random = new(seed);
        Mat wall = new(HeldPose.Height, HeldPose.Width, MatType.CV_8UC3, new Scalar(150, 158, 162));
        for (int y = 0; y < HeldPose.Height; y += 22)
        {
            for (int x = -(y % 44); x < HeldPose.Width; x += 58)
            {
                int shade = random.Next(-16, 17);
                wall.Rectangle(new Rect(x, y, 55, 19), new Scalar(112 + shade, 130 + shade, 148 + shade), -1);
            }
        }

        wall.Rectangle(new Rect(424, 96, 150, 290), new Scalar(58, 66, 70), -1);
        wall.Rectangle(new Rect(440, 112, 118, 274), new Scalar(196, 190, 178), -1);
        wall.Rectangle(new Rect(0, 386, 640, 94), new Scalar(92, 98, 104), -1);
        Cv2.GaussianBlur(wall, wall, default, 2.2);
        return wall;
    }

    private static void Walker(Mat picture, int x)
    {
        picture.Ellipse(new Point(x, 300), new Size(30, 92), 0, 0, 360, new Scalar(64, 48, 96), -1);
        picture.Circle(new Point(x, 190), 21, new Scalar(110, 134, 176), -1);
    }

    /// <summary>Draws shoulders, a neck and the head, whose outline fades into the ground as the built-in people's does.</summary>
    private static void Stand(Mat person, int x, Mat picture)
    {
        picture.Ellipse(new Point(x, 520), new Size(170, 150), 0, 0, 360, new Scalar(110, 84, 60), -1);
        picture.Ellipse(new Point(x, 350), new Size(46, 60), 0, 0, 360, new Scalar(120, 140, 176), -1);
        using Mat head = new();
        const int width = 416, height = 312, left = width / 2, top = height / 2, above = 230;
        Cv2.Resize(person, head, new Size(width, height), 0, 0, InterpolationFlags.Cubic);
        for (int v = 0; v < height; v++)
        {
            for (int u = 0; u < width; u++)
            {
                (int across, int down) = (x + u - left, above + v - top);
                double radius = Math.Sqrt(Math.Pow((u - left) / 92.0, 2) + Math.Pow((v - top) / 130.0, 2));
                double part = Math.Clamp((1.06 - radius) / 0.12, 0, 1);
                if (part == 0 || across < 0 || across >= HeldPose.Width || down < 0 || down >= HeldPose.Height)
                    continue;
                (Vec3b over, Vec3b under) = (head.At<Vec3b>(v, u), picture.At<Vec3b>(down, across));
                picture.Set(down, across, new Vec3b(
                    Mix(over.Item0, under.Item0, part), Mix(over.Item1, under.Item1, part), Mix(over.Item2, under.Item2, part)));
            }
        }
    }

    private static byte Mix(byte over, byte under, double part) => (byte)((part * over) + ((1 - part) * under));

    private static void Hold(HeldThing thing, HeldPose pose, Mat picture)
    {
        using Mat projection = pose.Projection(thing.Drawing.Size(), thing.Scale), held = new(), back = new();
        Cv2.WarpPerspective(thing.Drawing, held, projection, picture.Size());
        Cv2.Invert(projection, back);
        double[] toDrawing = [.. back.AsSpan<double>()];
        Span<Vec4b> over = held.AsSpan<Vec4b>();
        Span<Vec3b> under = picture.AsSpan<Vec3b>();
        for (int pixel = 0; pixel < under.Length; pixel++)
        {
            if (over[pixel].Item3 == 0)
                continue;
            (int y, int x) = Math.DivRem(pixel, HeldPose.Width);
            for (int channel = 0; channel < 3; channel++)
            {
                double seen = thing.PixelPitch > 0
                    ? (Moire(thing, toDrawing, x, y, channel) * over[pixel][channel]) + Glare(x, y)
                    : Daylight(x) * over[pixel][channel];
                double behind = (1 - (over[pixel].Item3 / 255.0)) * under[pixel][channel];
                under[pixel][channel] = (byte)Math.Clamp(seen + behind, 0, 255);
            }
        }
    }

    /// <summary>The screen's grid, sampled by the camera's grid: the two beat. The stripes of the three colours lie a third of a pixel
    /// apart.</summary>
    private static double Moire(HeldThing thing, double[] toDrawing, int x, int y, int channel)
    {
        double depth = (toDrawing[6] * x) + (toDrawing[7] * y) + toDrawing[8];
        double across = ((toDrawing[0] * x) + (toDrawing[1] * y) + toDrawing[2]) / depth / thing.Scale / thing.PixelPitch;
        double down = ((toDrawing[3] * x) + (toDrawing[4] * y) + toDrawing[5]) / depth / thing.Scale / thing.PixelPitch;
        return 1 + (MoireContrast * (Math.Cos(Math.Tau * (across + (channel / 3.0))) + Math.Cos(Math.Tau * down)));
    }

    /// <summary>A lamp's reflection on the glass: an oblique streak that stays where it is while the phone moves.</summary>
    private static double Glare(int x, int y)
    {
        double along = ((x - 330) - (y - 190)) / 60.0, aside = ((x - 330) + (y - 190)) / 22.0;
        return 80 * Math.Exp(-(along * along) - (aside * aside));
    }

    /// <summary>The light on paper comes from the right.</summary>
    private static double Daylight(int x) => 0.86 + (0.14 * x / HeldPose.Width);

    private static Frame Captured(Mat picture, int number, int seed)
    {
        Cv2.GaussianBlur(picture, picture, default, LensBlur);
        Frame frame = new();
        MatFrame.Copy(picture, frame);
        Random random = new((1000 * seed) + number);
        foreach (ref byte value in frame.Pixels)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
            value = (byte)Math.Clamp(value + (NoiseDeviation * normal), 0, 255);
        }

        (frame.Sequence, frame.CapturedAt) = (number, TimeSpan.FromSeconds(number / Rate));
        return frame;
    }
}
