using CsCheck;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Faces;

public sealed class FramePackerTests
{
    private static readonly Gen<(Frame Frame, int Border, int Width, int Height)> SomeWork =
        from frame in SomeFrames.Of(40)
        from border in Gen.Int[0, 50]
        from width in Gen.Int[1, 160]
        from height in Gen.Int[1, 160]
        select (frame, border, width, height);

    [Fact]
    public void PackingAgreesWithANaiveImplementationForAllSizes() => SomeWork.Sample(it =>
    {
        float[] planes = new float[3 * it.Width * it.Height];
        Array.Fill(planes, float.NaN);
        FramePacker.Pack(it.Frame, it.Border, planes, it.Width, it.Height);
        Assert.Equal(Naive(it.Frame, it.Border, it.Width, it.Height), planes);
    });

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(-3, 3)]
    [InlineData(-4, 2)]
    [InlineData(4, 2)]
    [InlineData(6, 0)]
    [InlineData(7, 1)]
    public void TheEdgePixelIsNotRepeated(int index, int expected) => Assert.Equal(expected, FramePacker.Reflect(index, 4));

    private static float[] Naive(Frame frame, int border, int width, int height)
    {
        float[] planes = new float[3 * width * height];
        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = 0; y < Math.Min(height, frame.Height + (2 * border)); y++)
            {
                for (int x = 0; x < Math.Min(width, frame.Width + (2 * border)); x++)
                {
                    int from = (Walk(y - border, frame.Height) * frame.Width) + Walk(x - border, frame.Width);
                    planes[(((channel * height) + y) * width) + x] = frame.Pixels[(3 * from) + channel];
                }
            }
        }

        return planes;
    }

    /// <summary>Reflects an index at the edges by counting from 0 and turning back at each edge.</summary>
    private static int Walk(int index, int count)
    {
        int at = 0, step = 1;
        for (int i = 0; i < Math.Abs(index) && count > 1; i++)
        {
            if (at + step < 0 || at + step >= count)
                step = -step;
            at += step;
        }

        return at;
    }
}
