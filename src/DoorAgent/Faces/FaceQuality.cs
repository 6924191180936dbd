using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Faces;

/// <summary>Quality measures of a face.</summary>
/// <param name="Width">Width of the box in pixels.</param>
/// <param name="Brightness">Mean luminance of the face, 0 to 255.</param>
/// <param name="Sharpness">Energy of the horizontal or vertical second differences, whichever is less, divided by the variance of the
/// luminance, on the face at 64 x 64. 0 is flat or blurred, even if in one direction only, as by movement. Independent of
/// brightness.</param>
/// <param name="Turn">Distance of the nose from the midpoint of the eyes, along the line of the eyes, in half eye distances:
/// 0 is straight ahead, 1 is the nose below an eye.</param>
/// <param name="Roll">Rotation of the face in the plane of the picture, 0 to 180 degrees: 0 is upright.</param>
/// <param name="Proportion">Width of the box divided by its height.</param>
internal readonly record struct FaceQuality(float Width, float Brightness, float Sharpness, float Turn, float Roll, float Proportion)
{
    /// <summary>Minimum proportion; a face below is stretched. On LFW's View 1 yunet-n measures 0.59 to 0.85 for upright faces, on average
    /// 0.53 for faces squeezed to 0.6 of their width, and 0.98 for faces squeezed to 0.6 of their height.</summary>
    public const float LeastProportion = 0.57f;

    /// <summary>Maximum proportion; a face above is squeezed. A head tilted by 30 degrees reaches 0.93.</summary>
    public const float MostProportion = 0.93f;

    /// <summary>Maximum roll in degrees of an upright face. The calibration contains almost no faces beyond, and the networks find lying or
    /// upside-down faces of different people far more alike than upright ones.</summary>
    public const float MaxRoll = 30;

    private const int Side = 64;

    /// <summary>Measures a face.</summary>
    public static FaceQuality Of(Frame frame, Face face)
    {
        Span<float> grey = stackalloc float[Side * Side];
        Sample(frame, face.Box, grey);
        float mean = System.Numerics.Tensors.TensorPrimitives.Sum(grey) / grey.Length;
        float variance = 0, across = 0, down = 0;
        for (int y = 1; y < Side - 1; y++)
        {
            for (int x = 1; x < Side - 1; x++)
            {
                int i = (y * Side) + x;
                float d = grey[i] - mean;
                float h = (2 * grey[i]) - grey[i - 1] - grey[i + 1];
                float v = (2 * grey[i]) - grey[i - Side] - grey[i + Side];
                variance += d * d;
                across += h * h;
                down += v * v;
            }
        }

        FacePose pose = FacePose.Of(face.Landmarks);
        return new FaceQuality(
            face.Box.Width, mean, variance < 1 ? 0 : MathF.Min(across, down) / variance, MathF.Abs(pose.Turn), MathF.Abs(pose.Roll),
            face.Box.Width / face.Box.Height);
    }

    /// <summary>Returns the first reason, in this order, why the face cannot be compared.</summary>
    public UnusableReason Judge(FaceOptions options) =>
        // The conditions are negated so that NaN is refused too.
        !(Width >= options.MinFaceWidth) ? UnusableReason.TooSmall
        : !(Brightness >= options.MinBrightness) ? UnusableReason.TooDark
        : !(Sharpness >= options.MinSharpness) ? UnusableReason.Blurred
        : !(Roll <= MaxRoll) ? UnusableReason.NotUpright
        : !(Proportion is >= LeastProportion and <= MostProportion) ? UnusableReason.OutOfProportion
        : !(Turn <= options.MaxTurn) ? UnusableReason.FaceTurned
        : UnusableReason.None;

    /// <summary>Overall score, 0 to 1, which orders the pictures of one person: the product of size, sharpness and frontality.</summary>
    public float Score => Math.Clamp(Width / 120, 0, 1) * Math.Clamp(Sharpness / 0.1f, 0.1f, 1) * Math.Clamp(1 - (Turn / 2), 0, 1);

    /// <summary>Computes the luminance of 64 x 64 patches of the box. Patches are averaged, so that a large picture is not rated
    /// sharper.</summary>
    private static void Sample(Frame frame, FaceBox box, Span<float> grey)
    {
        ReadOnlySpan<byte> pixels = frame.Pixels;
        for (int y = 0; y < Side; y++)
        {
            (int top, int bottom) = Patch(box.Y, box.Height, y, frame.Height);
            for (int x = 0; x < Side; x++)
            {
                (int left, int right) = Patch(box.X, box.Width, x, frame.Width);
                int sum = 0;
                for (int v = top; v < bottom; v++)
                {
                    for (int i = 3 * ((v * frame.Width) + left), end = i + (3 * (right - left)); i < end; i += 3)
                        sum += (29 * pixels[i]) + (150 * pixels[i + 1]) + (77 * pixels[i + 2]);
                }

                grey[(y * Side) + x] = sum / 256f / ((bottom - top) * (right - left));
            }
        }
    }

    private static (int From, int To) Patch(float start, float length, int index, int limit)
    {
        int from = Math.Clamp((int)(start + (length * index / Side)), 0, limit - 1);
        int to = Math.Clamp((int)(start + (length * (index + 1) / Side)), from + 1, limit);
        return (from, to);
    }
}
