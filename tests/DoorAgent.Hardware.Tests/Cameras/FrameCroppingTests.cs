using CsCheck;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class FrameCroppingTests
{
    private const int Target = 12;

    /// <summary>OpenCV computes bytes in fixed point and rounds between the two directions.</summary>
    private const double Rounding = 1.51;

    private static readonly Gen<Frame> Frames = Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[0, 1000]).Select((width, height, seed) =>
    {
        Frame frame = new();
        frame.Resize(width, height);
        new Random(seed).NextBytes(frame.Pixels);
        return frame;
    });

    [Fact]
    public void AnAreaInsideIsResizedAsANaiveBilinearTwinDoes() => (
        from frame in Frames
        from left in Gen.Int[0, frame.Width - 1]
        from top in Gen.Int[0, frame.Height - 1]
        from width in Gen.Int[1, frame.Width - left]
        from height in Gen.Int[1, frame.Height - top]
        select (frame, area: new PixelArea(left, top, width, height))).Sample(made =>
    {
        Frame target = New(Target, Target);
        FrameCropping.ResizeBilinear(made.frame, made.area, target);
        return IsNear(target, Resized(made.frame, made.area, Bilinear));
    }, iter: 500);

    [Fact]
    public void AnAreaBeyondTheFrameIsReflectedAndResizedAsANaiveTwinDoes() => (
        from frame in Frames
        from side in Gen.Int[1, 90]
        from left in Gen.Int[1 - side, frame.Width - 1]
        from top in Gen.Int[1 - side, frame.Height - 1]
        select (frame, area: new PixelArea(left, top, side, side))).Sample(made =>
    {
        Frame target = New(Target, Target);
        FrameCropping.ResizeReflected(made.frame, made.area, target);
        return IsNear(target, Resized(made.frame, made.area, made.area.Width > Target ? Area : Lanczos));
    }, iter: 500);

    [Theory]
    [InlineData(0, 0, 12, "0 1 2 3 4 5 6 7 8 9 10 11")]
    [InlineData(-3, 0, 12, "3 2 1 0 1 2 3 4 5 6 7 8")]
    [InlineData(14, 0, 12, "14 15 16 17 18 19 18 17 16 15 14 15")]
    public void TheOutermostPixelIsNotRepeated(int left, int top, int side, string columns)
    {
        Frame frame = New(20, 20), target = New(Target, Target);
        for (int i = 0; i < frame.Pixels.Length; i++)
            frame.Pixels[i] = (byte)(i / 3 % 20);
        FrameCropping.ResizeReflected(frame, new PixelArea(left, top, side, side), target);
        Assert.Equal(columns, string.Join(' ', Enumerable.Range(0, Target).Select(x => target.Pixels[3 * x])));
    }

    [Fact]
    public void PixelsBesideTheAreaHaveNoInfluence()
    {
        Frame frame = New(40, 40), target = New(Target, Target);
        frame.Pixels.Fill(255);
        PixelArea area = new(10, 10, 7, 7);
        for (int y = 10; y < 17; y++)
            frame.Pixels.Slice(3 * ((y * 40) + 10), 21).Clear();
        FrameCropping.ResizeReflected(frame, area, target);
        Assert.Equal(0, target.Pixels.ToArray().Max());
        FrameCropping.ResizeBilinear(frame, area, target);
        Assert.Equal(0, target.Pixels.ToArray().Max());
    }

    private static Frame New(int width, int height)
    {
        Frame frame = new();
        frame.Resize(width, height);
        return frame;
    }

    private static bool IsNear(Frame found, double[] expected) =>
        expected.Zip(found.Pixels.ToArray()).All(pair => Math.Abs(Math.Clamp(pair.First, 0, 255) - pair.Second) <= Rounding);

    /// <summary>Resizes an area by the weights of each of its pixels in each target pixel, row and column alike.</summary>
    private static double[] Resized(Frame frame, PixelArea area, Func<int, int, double[]> weightsOf)
    {
        PixelArea inside = area.Inside(frame.Width, frame.Height);
        double[] result = new double[3 * Target * Target];
        for (int y = 0; y < Target; y++)
        {
            double[] rows = weightsOf(y, area.Height);
            for (int x = 0; x < Target; x++)
            {
                double[] columns = weightsOf(x, area.Width);
                for (int v = 0; v < area.Height; v++)
                {
                    for (int u = 0; u < area.Width; u++)
                    {
                        int from = (Bounced(area.Y + v, inside.Y, inside.Height) * frame.Width)
                            + Bounced(area.X + u, inside.X, inside.Width);
                        for (int c = 0; c < 3; c++)
                            result[(3 * ((y * Target) + x)) + c] += rows[v] * columns[u] * frame.Pixels[(3 * from) + c];
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Walks from an index back into a range, and turns round at its first and last pixel.</summary>
    private static int Bounced(int i, int first, int count)
    {
        int last = first + count - 1;
        while (count > 1 && (i < first || i > last))
            i = i < first ? (2 * first) - i : (2 * last) - i;
        return count == 1 ? first : i;
    }

    private static double[] Bilinear(int to, int size) =>
        Taps(to, size, distance => Math.Max(0, 1 - Math.Abs(distance)), reach: 1);

    private static double[] Lanczos(int to, int size) =>
        Taps(to, size, distance => Math.Abs(distance) < 4 ? Sinc(distance) * Sinc(distance / 4) : 0, reach: 4);

    /// <summary>Weights by the distance to the pixel centres; pixels beyond the area count as the area's outermost.</summary>
    private static double[] Taps(int to, int size, Func<double, double> kernel, int reach)
    {
        double[] weights = new double[size];
        double at = ((to + 0.5) * size / Target) - 0.5;
        for (int i = (int)Math.Floor(at) - reach; i <= (int)Math.Floor(at) + reach + 1; i++)
            weights[Math.Clamp(i, 0, size - 1)] += kernel(at - i);
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static double[] Area(int to, int size)
    {
        double from = to * (double)size / Target, end = (to + 1) * (double)size / Target;
        return [.. Enumerable.Range(0, size).Select(i => Math.Max(0, Math.Min(end, i + 1) - Math.Max(from, i)) * Target / size)];
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
