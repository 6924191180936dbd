using DoorAgent.Simulation.Drawing;

namespace DoorAgent.Tests.Simulation.Drawing;

public sealed class TremorTests
{
    [Fact]
    public void TheMovementStaysWithinItsBoundsAndUsesThem()
    {
        Tremor tremor = new(seed: 7);
        for (int coordinate = 0; coordinate < 7; coordinate++)
        {
            float[] places = [.. Enumerable.Range(0, 3000).Select(i => tremor.At(coordinate, i * 0.01))];
            Assert.All(places, place => Assert.InRange(place, -1, 1));
            Assert.True(places.Max() - places.Min() > 0.8f, $"coordinate {coordinate} hardly moves");
        }
    }

    [Fact]
    public void TheMovementIsSmooth()
    {
        Tremor tremor = new(seed: 7);
        for (int i = 0; i < 3000; i++)
            Assert.InRange(Math.Abs(tremor.At(0, i * 0.01) - tremor.At(0, (i + 1) * 0.01)), 0, 0.08f);
    }

    [Fact]
    public void EachCoordinateAndEachSeedMovesDifferently()
    {
        Assert.NotEqual(new Tremor(1).At(0, 1.5), new Tremor(1).At(1, 1.5));
        Assert.NotEqual(new Tremor(1).At(0, 1.5), new Tremor(2).At(0, 1.5));
        Assert.Equal(new Tremor(1).At(3, 1.5), new Tremor(1).At(3, 1.5));
    }
}
