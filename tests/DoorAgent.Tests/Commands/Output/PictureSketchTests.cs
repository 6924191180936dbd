using DoorAgent.Commands.Output;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Tests.Commands.Output;

public sealed class PictureSketchTests
{
    private readonly Frame _frame = new();

    public PictureSketchTests()
    {
        // Dark on the left, bright on the right.
        _frame.Resize(40, 40);
        for (int y = 0; y < 40; y++)
        {
            for (int x = 0; x < 40; x++)
                _frame.Pixels.Slice(3 * ((y * 40) + x), 3).Fill((byte)(x < 20 ? 0 : 255));
        }
    }

    [Fact]
    public void ARowHasLettersOfTheBrightness()
    {
        Assert.Equal("    @@@@", new PictureSketch(_frame, 8).Letters(0));
        Assert.Equal("@@@@    ", new PictureSketch(_frame, 8, isMirrored: true).Letters(3));
    }

    [Fact]
    public void AFaceIsOutlined()
    {
        PictureSketch sketch = new(_frame, 8, new FaceBox(5, 5, 20, 20));
        // The outline is green: neither as dark as the left nor as bright as the right.
        Assert.Equal(" =  @=@@", sketch.Letters(1).Replace('+', '=').Replace('-', '=').Replace('*', '='));
    }
}
