using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class FrameTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    [InlineData(Frame.MaxSide + 1, 1)]
    [InlineData(1, Frame.MaxSide + 1)]
    public void ASideOutsideItsRangeIsRefused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Frame().Resize(width, height));

    [Fact]
    public void ShrinkingAndGrowingBackKeepsTheBuffer()
    {
        Frame frame = new();
        frame.Resize(64, 48);
        frame.Pixels.Fill(7);
        long before = GC.GetAllocatedBytesForCurrentThread();
        frame.Resize(8, 8);
        int small = frame.Pixels.Length;
        frame.Resize(48, 64);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((3 * 8 * 8, 0), (small, allocated));
        Assert.Equal(7, frame.Pixels[^1]);
    }

    [Fact]
    public void ACopyIsIndependent()
    {
        Frame one = new() { CapturedAt = TimeSpan.FromSeconds(3), Sequence = 5 };
        one.Resize(2, 1);
        one.Pixels.Fill(9);
        Frame other = new();
        other.CopyFrom(one);
        one.Pixels.Clear();
        Assert.Equal((2, 1, TimeSpan.FromSeconds(3), 5L), (other.Width, other.Height, other.CapturedAt, other.Sequence));
        Assert.Equal([9, 9, 9, 9, 9, 9], other.Pixels.ToArray());
    }

    [Fact]
    public void AnEmptyFrameHasNoPixels() => Assert.True(new Frame().Pixels.IsEmpty);
}
