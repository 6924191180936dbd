using CsCheck;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Liveness;

public sealed class FaceCropTests
{
    private static readonly ModelCrop
        Shifted = new(2.7, CropEdge.Shifted, CropResize.Bilinear), Reflected = new(1.5, CropEdge.Reflected, CropResize.AreaOrLanczos);

    private static readonly Gen<FaceBox> Boxes =
        from x in Gen.Float[-200, 400]
        from y in Gen.Float[-200, 400]
        from width in Gen.Float[0.1f, 400]
        from height in Gen.Float[0.1f, 400]
        select new FaceBox(x, y, width, height);

    [Fact]
    public void TheShiftedAreaIsThatOfANaiveTwin() =>
        Gen.Select(Boxes, Gen.Int[1, 300], Gen.Int[1, 300], Gen.Int[0, 2].Select(i => new[] { 1.0, 2.7, 4.0 }[i]))
            .Sample((box, width, height, scale) =>
    {
        PixelArea area = FaceCrop.Shifted(box, scale, width, height);
        return area == NaiveShifted(box, scale, width, height) && area.Width > 0 && area.Height > 0
            && area == area.Inside(width, height);
    }, iter: 2000);

    [Theory]
    // In the middle: 2.7 times the box about its centre, both ends included.
    [InlineData(300, 200, 100, 100, "215 115 271 271")]
    // At the left and at the lower edge: as large, shifted inside.
    [InlineData(0, 200, 100, 100, "0 115 271 271")]
    [InlineData(300, 400, 100, 100, "215 209 271 271")]
    // Partly outside.
    [InlineData(-60, -60, 100, 100, "0 0 271 271")]
    // Too large for the picture: shrunk to its height.
    [InlineData(200, 100, 240, 300, "128 0 384 480")]
    public void AShiftedCropStaysInside(float x, float y, float width, float height, string expected)
    {
        PixelArea area = FaceCrop.Shifted(new FaceBox(x, y, width, height), 2.7, 640, 480);
        Assert.Equal(expected, $"{area.X} {area.Y} {area.Width} {area.Height}");
    }

    [Theory]
    [InlineData(300, 200, 100, 140, "245 165 210")]
    [InlineData(-20.5f, 2, 100, 100, "-45 -23 150")]
    [InlineData(0, 0, 0.3f, 0.3f, "0 0 1")]
    public void AReflectedCropIsASquareThatStaysWhereTheFaceIs(float x, float y, float width, float height, string expected)
    {
        PixelArea area = FaceCrop.Square(new FaceBox(x, y, width, height), 1.5);
        Assert.Equal(area.Width, area.Height);
        Assert.Equal(expected, $"{area.X} {area.Y} {area.Width}");
    }

    [Fact]
    public void EveryBoxThatTouchesTheFrameGivesACropAndNoOther() =>
        Gen.Select(Boxes, SomeFrames.Of(120), Gen.Bool).Sample((box, frame, isShifted) =>
    {
        bool touches = box.X < frame.Width && box.Y < frame.Height && box.X + box.Width > 0 && box.Y + box.Height > 0;
        // A square of the box's longer side reaches everything that the box reaches, unless the box is absurdly large.
        bool isSane = isShifted || (int)(1.5 * Math.Max(box.Width, box.Height)) <= 3 * Math.Max(frame.Width, frame.Height);
        bool taken = FaceCrop.TryTake(frame, box, isShifted ? Shifted : Reflected, NewTarget());
        return isSane && Math.Min(box.Width, box.Height) >= 1 ? taken == touches : !taken || touches;
    }, iter: 500);

    [Theory]
    [InlineData(float.NaN, 0, 50, 50)]
    [InlineData(0, float.NaN, 50, 50)]
    [InlineData(0, 0, float.NaN, 50)]
    [InlineData(0, 0, 50, float.PositiveInfinity)]
    [InlineData(0, 0, 1e30f, 1e30f)]
    [InlineData(0, 0, 0, 50)]
    [InlineData(0, 0, 50, -1)]
    [InlineData(100, 0, 50, 50)]
    [InlineData(-50, 0, 50, 50)]
    public void ABoxThatShowsNoPartOfTheFrameGivesNoCrop(float x, float y, float width, float height)
    {
        FaceBox box = new(x, y, width, height);
        Frame frame = SomeFrames.Random(100, 80, 1);
        Assert.False(FaceCrop.TryTake(frame, box, Shifted, NewTarget()));
        Assert.False(FaceCrop.TryTake(frame, box, Reflected, NewTarget()));
    }

    [Fact]
    public void ATinyFrameFillsTheWholeCrop()
    {
        Frame frame = SomeFrames.Random(1, 1, 5), target = NewTarget();
        foreach (ModelCrop crop in new[] { Shifted, Reflected })
        {
            Assert.True(FaceCrop.TryTake(frame, new FaceBox(0, 0, 1, 1), crop, target));
            Assert.Equal(Enumerable.Repeat(frame.Pixels.ToArray(), 64).SelectMany(pixel => pixel), target.Pixels.ToArray());
        }
    }

    private static Frame NewTarget()
    {
        Frame frame = new();
        frame.Resize(8, 8);
        return frame;
    }

    /// <summary>The publishers' own steps, one edge after the other.</summary>
    private static PixelArea NaiveShifted(FaceBox box, double scale, int width, int height)
    {
        scale = Math.Min((height - 1) / (double)box.Height, Math.Min((width - 1) / (double)box.Width, scale));
        double w = box.Width * scale, h = box.Height * scale;
        double x = (box.Width / 2.0) + box.X, y = (box.Height / 2.0) + box.Y;
        double left = x - (w / 2), top = y - (h / 2), right = x + (w / 2), bottom = y + (h / 2);
        if (left < 0)
        {
            right -= left;
            left = 0;
        }

        if (top < 0)
        {
            bottom -= top;
            top = 0;
        }

        if (right > width - 1)
        {
            left -= right - width + 1;
            right = width - 1;
        }

        if (bottom > height - 1)
        {
            top -= bottom - height + 1;
            bottom = height - 1;
        }

        return new PixelArea((int)left, (int)top, (int)right - (int)left + 1, (int)bottom - (int)top + 1);
    }
}
