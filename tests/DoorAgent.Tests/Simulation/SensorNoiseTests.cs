using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

public sealed class SensorNoiseTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(10)]
    public void TheNoiseHasTheRequestedDeviationAndNoBias(double deviation)
    {
        byte[] pixels = Wall(300_000);
        new SensorNoise((decimal)deviation, seed: 1).AddTo(pixels, frame: 1);
        double mean = pixels.Average(value => value - 128.0);
        double measured = Math.Sqrt(pixels.Average(value => Math.Pow(value - 128.0 - mean, 2)));
        Assert.InRange(mean, -0.1 * deviation, 0.1 * deviation);
        // Rounding to whole grey levels adds a variance of a twelfth.
        double expected = Math.Sqrt((deviation * deviation) + (1.0 / 12));
        Assert.InRange(measured, 0.93 * expected, 1.07 * expected);
    }

    [Fact]
    public void TheNoiseDependsOnlyOnSeedAndFrame()
    {
        Assert.Equal(Noisy(1, 5), Noisy(1, 5));
        Assert.NotEqual(Noisy(1, 5), Noisy(1, 6));
        Assert.NotEqual(Noisy(1, 5), Noisy(2, 5));
    }

    [Fact]
    public void StaysTheSameOnEveryMachine() => Assert.Equal([128, 127, 127, 128, 130], Noisy(1, 1)[..5]);

    [Fact]
    public void TheNoiseIsClippedAtBlackAndWhite()
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)0, 5000), .. Enumerable.Repeat((byte)255, 5000)];
        new SensorNoise(64, seed: 1).AddTo(pixels, frame: 1);
        Assert.True(pixels[..5000].All(value => value <= 127));
        Assert.True(pixels[5000..].All(value => value >= 128));
    }

    [Fact]
    public void TheNoiseEqualsANaiveAdditionWithClipping()
    {
        // On a grey wall nothing is clipped at this deviation, so a naive loop must give the same result.
        SensorNoise noise = new(20, seed: 3);
        byte[] wall = Wall(10_007);
        noise.AddTo(wall, frame: 9);
        byte[] pixels = [.. Enumerable.Range(0, wall.Length).Select(index => (byte)(index * 31))];
        byte[] expected = [.. pixels.Zip(wall, (pixel, noisy) => (byte)Math.Clamp(pixel + noisy - 128, 0, 255))];
        noise.AddTo(pixels, frame: 9);
        Assert.Equal(expected, pixels);
    }

    private static byte[] Noisy(ulong seed, long frame)
    {
        byte[] pixels = Wall(9000);
        new SensorNoise(2, seed).AddTo(pixels, frame);
        return pixels;
    }

    private static byte[] Wall(int length) => [.. Enumerable.Repeat((byte)128, length)];
}
