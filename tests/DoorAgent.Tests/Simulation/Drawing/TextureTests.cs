using System.Numerics;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Simulation.Drawing;

namespace DoorAgent.Tests.Simulation.Drawing;

public sealed class TextureTests
{
    [Theory]
    [InlineData(0, 0, 10)]
    [InlineData(1, 1, 40)]
    [InlineData(0.5f, 0, 15)]
    [InlineData(0.5f, 0.5f, 25)]
    [InlineData(-3, 0.25f, 15)]
    [InlineData(9, 9, 40)]
    public void AColourBetweenPixelsIsTheirMeanAndOutsideThatOfTheEdge(float x, float y, float expected)
    {
        Frame picture = new();
        picture.Resize(2, 2);
        byte[] levels = [10, 20, 30, 40];
        for (int i = 0; i < 4; i++)
            picture.Pixels.Slice(3 * i, 3).Fill(levels[i]);
        Assert.Equal(new Vector3(expected), new Texture(picture).At(x, y));
    }
}
