using CsCheck;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Faces;

public sealed class FrameHalverTests
{
    [Fact]
    public void EachPixelIsTheMeanOfFour() => SomeFrames.Of(30).Where(frame => frame.Width > 1 && frame.Height > 1).Sample(frame =>
    {
        Frame half = new();
        FrameHalver.Halve(frame, half);
        Assert.Equal((frame.Width / 2, frame.Height / 2), (half.Width, half.Height));
        for (int i = 0; i < half.Pixels.Length; i++)
        {
            int channel = i % 3, x = i / 3 % half.Width, y = i / 3 / half.Width;
            int sum = At(2 * x, 2 * y) + At((2 * x) + 1, 2 * y) + At(2 * x, (2 * y) + 1) + At((2 * x) + 1, (2 * y) + 1);
            Assert.Equal((int)Math.Floor((sum / 4.0) + 0.5), half.Pixels[i]);

            int At(int column, int row) => frame.Pixels[(3 * ((row * frame.Width) + column)) + channel];
        }
    });
}
