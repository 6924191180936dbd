using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class FrameDrawingTests
{
    private readonly Frame _frame = new();

    public FrameDrawingTests() => _frame.Resize(64, 48);

    [Fact]
    public void ABoxIsDrawnAsAnOutlineInItsColour()
    {
        FrameDrawing.Box(_frame, 10, 12, 20, 16, (1, 2, 3));
        Assert.Equal([1, 2, 3], At(10, 20).ToArray());
        Assert.Equal([0, 0, 0], At(20, 20).ToArray());
    }

    [Fact]
    public void DrawingBeyondTheFrameIsClipped()
    {
        FrameDrawing.Box(_frame, -30, -30, 200, 200, (9, 9, 9));
        FrameDrawing.Dot(_frame, 500, -500, (9, 9, 9));
        FrameDrawing.Text(_frame, 60, 2, "much too long for such a small frame", (9, 9, 9));
        Assert.Equal((64, 48), (_frame.Width, _frame.Height));
    }

    [Fact]
    public void APictureFileShowsWhatWasDrawn()
    {
        FrameDrawing.Dot(_frame, 30, 30, (10, 20, 30));
        Frame read = new();
        PictureFile.Decode(FrameDrawing.Encode(_frame, ".png"), "drawn.png", read);
        Assert.Equal(_frame.Pixels.ToArray(), read.Pixels.ToArray());
        Assert.Throws<InvalidDataException>(() => FrameDrawing.Encode(_frame, ".txt"));
    }

    private Span<byte> At(int x, int y) => _frame.Pixels.Slice(3 * ((y * _frame.Width) + x), 3);
}
