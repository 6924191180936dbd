using DoorAgent.Frames;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Frames;

public sealed class FrameHealthTests
{
    private readonly FrameHealth _health = new(new FrameOptions());
    private readonly Frame _frame = SomeFrames.Random(63, 41, seed: 1);

    [Fact]
    public void IdenticalBytesForTwoSecondsAreAFrozenPicture()
    {
        Assert.Null(JudgeAt(10));
        Assert.Null(JudgeAt(11.999));
        Assert.Contains("frozen", JudgeAt(12), StringComparison.Ordinal);
        // The text does not change while the fault lasts, so that the fault is reported once.
        Assert.Equal(JudgeAt(12), JudgeAt(40));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4000)]
    [InlineData((3 * 63 * 41) - 1)]
    public void OneChangedByteRestartsTheTime(int index)
    {
        Assert.Null(JudgeAt(10));
        Assert.NotNull(JudgeAt(12));
        _frame.Pixels[index] ^= 1;
        Assert.Null(JudgeAt(12.1));
        Assert.Null(JudgeAt(14));
        Assert.NotNull(JudgeAt(14.1));
    }

    [Fact]
    public void ADarkPictureIsNeverFrozen()
    {
        _frame.Pixels.Fill(9);
        Assert.Null(JudgeAt(10));
        Assert.Null(JudgeAt(1000));
        _frame.Pixels.Fill(10);
        Assert.Null(JudgeAt(1001));
        Assert.NotNull(JudgeAt(1003));
    }

    [Fact]
    public void BrightnessIsTheMeanOfAllBytes()
    {
        Assert.InRange(FrameHealth.Brightness(_frame), 100, 155);
        _frame.Pixels.Fill(9);
        Assert.Equal(9, FrameHealth.Brightness(_frame));
    }

    // The mean uses every 61st byte. 61 pixels of 3 bytes are 3 times 61 bytes, and the last byte used is at index 122.
    [Theory]
    [InlineData(61)]
    [InlineData(122)]
    public void AFrameOfAMultipleOf61BytesIsMeasuredToTheEnd(int width)
    {
        _frame.Resize(width, 1);
        _frame.Pixels.Clear();
        (_frame.Pixels[0], _frame.Pixels[61], _frame.Pixels[3 * width - 61]) = (40, 60, 80);
        Assert.Equal(width == 61 ? 60.0 : 30.0, FrameHealth.Brightness(_frame));
    }

    [Fact]
    public void TheBytesAfterTheLastWholeWordAreHashedToo()
    {
        for (int width = 1; width <= 17; width++)
        {
            FrameHealth health = new(new FrameOptions());
            Frame frame = new();
            frame.Resize(width, 1);
            frame.Pixels.Fill(100);
            for (int at = 0; at < frame.Pixels.Length; at++)
            {
                frame.CapturedAt = TimeSpan.FromDays(40 + (2 * at));
                Assert.Null(health.Judge(frame));
                frame.CapturedAt += TimeSpan.FromDays(1);
                Assert.NotNull(health.Judge(frame));
                frame.Pixels[at] ^= 0x80;
            }
        }
    }

    private string? JudgeAt(double seconds)
    {
        _frame.CapturedAt = TimeSpan.FromDays(40) + TimeSpan.FromSeconds(seconds);
        return _health.Judge(_frame);
    }
}
