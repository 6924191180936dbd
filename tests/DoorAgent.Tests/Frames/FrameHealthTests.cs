using DoorAgent.Frames;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Frames;

public sealed class FrameHealthTests
{
    private readonly FrameHealth _health = new(new FrameOptions());
    private readonly Frame _frame = SomeFrames.Random(63, 41, seed: 1);

    [Fact]
    public void TheSameBytesForTwoSecondsAreAFrozenPicture()
    {
        Assert.Null(JudgeAt(10));
        Assert.Null(JudgeAt(11.999));
        Assert.Contains("frozen", JudgeAt(12), StringComparison.Ordinal);
        // The same words as long as it lasts: a fault is told once.
        Assert.Equal(JudgeAt(12), JudgeAt(40));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4000)]
    [InlineData((3 * 63 * 41) - 1)]
    public void OneChangedByteBeginsAnew(int index)
    {
        Assert.Null(JudgeAt(10));
        Assert.NotNull(JudgeAt(12));
        _frame.Pixels[index] ^= 1;
        Assert.Null(JudgeAt(12.1));
        Assert.Null(JudgeAt(14));
        Assert.NotNull(JudgeAt(14.1));
    }

    [Fact]
    public void ADarkPictureMayBeTheSameForLong()
    {
        _frame.Pixels.Fill(9);
        Assert.Null(JudgeAt(10));
        Assert.Null(JudgeAt(1000));
        _frame.Pixels.Fill(10);
        Assert.Null(JudgeAt(1001));
        Assert.NotNull(JudgeAt(1003));
    }

    [Fact]
    public void BrightnessIsTheMeanOfABrightAndADarkPicture()
    {
        Assert.InRange(FrameHealth.Brightness(_frame), 100, 155);
        _frame.Pixels.Fill(9);
        Assert.Equal(9, FrameHealth.Brightness(_frame));
    }

    private string? JudgeAt(double seconds)
    {
        _frame.CapturedAt = TimeSpan.FromSeconds(seconds);
        return _health.Judge(_frame);
    }
}
