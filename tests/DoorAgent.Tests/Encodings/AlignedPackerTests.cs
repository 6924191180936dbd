using CsCheck;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;
using OpenCvSharp;

namespace DoorAgent.Tests.Encodings;

public sealed class AlignedPackerTests
{
    private const int Width = 20;
    private const int Height = 16;

    private static readonly ModelInput Rgb = new(Width, Height, "RGB", 1 / 255f, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);
    private static readonly ModelInput Plain = new(Width, Height, "BGR", 1, [0, 0, 0], [1, 1, 1]);

    private static readonly Gen<(Frame Frame, Similarity Map)> SomeWork =
        from frame in SomeFrames.Of(50)
        from a in Gen.Float[-3, 3]
        from b in Gen.Float[-3, 3]
        from x in Gen.Float[-40, 60]
        from y in Gen.Float[-40, 60]
        select (frame, new Similarity(a, b, x, y));

    [Fact]
    public void WarpingAndPackingAgreeWithANaiveImplementation() => SomeWork.Sample(it =>
    {
        foreach (ModelInput input in new[] { Rgb, Plain })
        {
            float[] planes = new float[3 * Width * Height];
            new AlignedPacker(input).Pack(it.Frame, it.Map, planes);
            // The tolerance is a hundredth of a byte for the rounding of floats, in the unit of the input.
            float tolerance = 1e-2f * input.Scale / input.Std.Min();
            float[] expected = Naive(it.Frame, it.Map, input);
            for (int i = 0; i < planes.Length; i++)
                Assert.Equal(expected[i], planes[i], tolerance);
        }
    });

    [Fact]
    public void WarpingAgreesWithOpenCvWithinItsRounding()
    {
        Frame frame = new();
        PictureFile.Read(Path.Combine(DoorAgent.Storage.Places.BuiltInPeople, "adam", "enrol-1.jpg"), frame);
        using Mat picture = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Pixels.ToArray());
        foreach (Similarity map
            in new[] { new Similarity(3, 0.4f, 20, 30), new Similarity(5, -2, -11.3f, 60.7f), new Similarity(0.7f, 0.1f, 100.25f, 90.5f) })
        {
            float[] planes = new float[3 * Width * Height];
            new AlignedPacker(Plain).Pack(frame, map, planes);
            using Mat transform = Mat.FromPixelData(2, 3, MatType.CV_64FC1, new double[] { map.A, -map.B, map.X, map.B, map.A, map.Y });
            using Mat warped = new();
            Cv2.WarpAffine(picture, warped, transform, new OpenCvSharp.Size(Width, Height),
                InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap);
            float most = 0, sum = 0;
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    Vec3b pixel = warped.At<Vec3b>(y, x);
                    for (int channel = 0; channel < 3; channel++)
                    {
                        float off = Math.Abs(pixel[channel] - planes[(((channel * Height) + y) * Width) + x]);
                        (most, sum) = (Math.Max(most, off), sum + off);
                    }
                }
            }

            // OpenCV places samples on a grid of 1/32 pixel and rounds to whole bytes.
            Assert.InRange(most, 0, 6);
            Assert.InRange(sum / planes.Length, 0, 0.6f);
        }
    }

    [Fact]
    public void PackingAnAlignedFaceEqualsTheIdentityWarp()
    {
        Frame frame = SomeFrames.Random(Width, Height, seed: 1);
        float[] direct = new float[3 * Width * Height], warped = new float[direct.Length];
        AlignedPacker packer = new(Rgb);
        packer.Pack(frame.Pixels, direct);
        packer.Pack(frame, new Similarity(1, 0, 0, 0), warped);
        Assert.Equal(direct, warped);
    }

    [Fact]
    public void MirroredPlanesEqualThePackedMirrorImage()
    {
        Frame frame = SomeFrames.Random(Width, Height, seed: 2);
        using Mat picture = Mat.FromPixelData(Height, Width, MatType.CV_8UC3, frame.Pixels.ToArray()), mirrored = picture.Flip(FlipMode.Y);
        Frame mirror = new();
        MatFrame.Copy(mirrored, mirror);
        float[] planes = new float[3 * Width * Height], expected = new float[planes.Length];
        AlignedPacker packer = new(Rgb);
        packer.Pack(frame.Pixels, planes);
        packer.Mirror(planes);
        packer.Pack(mirror.Pixels, expected);
        Assert.Equal(expected, planes);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    public void ATransformOutsideThePictureGivesBlack(float shift)
    {
        float[] planes = new float[3 * Width * Height];
        Array.Fill(planes, 7);
        new AlignedPacker(Plain).Pack(SomeFrames.Random(30, 30, seed: 1), new Similarity(1, 0, shift, shift), planes);
        Assert.All(planes, value => Assert.Equal(0, value));
    }

    private static float[] Naive(Frame frame, Similarity map, ModelInput input)
    {
        float[] planes = new float[3 * Width * Height];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                (float u, float v) = map.Map(x, y);
                int left = (int)Math.Floor((double)u), top = (int)Math.Floor((double)v);
                double fu = (double)u - left, fv = (double)v - top;
                for (int plane = 0; plane < 3; plane++)
                {
                    int channel = input.Channels == "RGB" ? 2 - plane : plane;
                    double value = ((1 - fv) * (((1 - fu) * Byte(left, top, channel)) + (fu * Byte(left + 1, top, channel))))
                        + (fv * (((1 - fu) * Byte(left, top + 1, channel)) + (fu * Byte(left + 1, top + 1, channel))));
                    planes[(((plane * Height) + y) * Width) + x] = (float)(((value * input.Scale) - input.Mean[plane]) / input.Std[plane]);
                }
            }
        }

        return planes;

        double Byte(int px, int py, int channel) =>
            px < 0 || py < 0 || px >= frame.Width || py >= frame.Height ? 0 : frame.Pixels[(3 * ((py * frame.Width) + px)) + channel];
    }
}
