using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Faces;

/// <summary>
/// Detects the orientation of a face. Landmarks do not show the orientation: on an upside-down face both detectors find eyes at the mouth.
/// Scores do: the detector runs on a crop of the face in four rotations, and the upright one scores highest (on View 1 of LFW for all
/// of 1,537 faces with yunet-n, and for all but 4 of 1,549 with the built-in detector). Not thread-safe.
/// </summary>
internal sealed class OrientationDetector(FaceDetector detector)
{
    /// <summary>Side of the crop in pixels.</summary>
    private const int Side = 160;

    /// <summary>Sizes of the crops, relative to the face: with one size alone the built-in detector's scores differ too little.</summary>
    private static readonly float[] Sizes = [2, 1.5f];

    private readonly Frame _crop = new();
    private readonly Frame _rotated = new();

    /// <summary>Returns by how many degrees a face must be rotated clockwise to be upright; 0 for an upright face.</summary>
    /// <exception cref="Networks.NetworkFaultException">The network is broken.</exception>
    public int RotationToUpright(Frame frame, FaceBox face)
    {
        Span<float> scores = stackalloc float[FrameTurning.Degrees.Count];
        scores.Clear();
        foreach (float size in Sizes)
        {
            Crop(frame, face, size * MathF.Max(face.Width, face.Height));
            for (int i = 0; i < scores.Length; i++)
                scores[i] += Score(FrameTurning.Degrees[i]);
        }

        return FrameTurning.Degrees[scores.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max<float>(scores))];
    }

    /// <summary>Returns the best score of a face in the middle of the rotated crop; 0 if no face is found.</summary>
    private float Score(int degrees)
    {
        FrameTurning.Turn(_crop, degrees, _rotated);
        float best = 0;
        foreach (Face face in detector.Detect(_rotated))
        {
            (float x, float y) = face.Box.Centre;
            if (MathF.Max(MathF.Abs(x - (Side / 2f)), MathF.Abs(y - (Side / 2f))) < Side / 4f)
                best = MathF.Max(best, face.Score);
        }

        return best;
    }

    /// <summary>Crops the face; outside the frame the edge pixels are repeated.</summary>
    private void Crop(Frame frame, FaceBox face, float side)
    {
        _crop.Resize(Side, Side);
        float scale = side / Side;
        (float left, float top) = (face.Centre.X - (side / 2), face.Centre.Y - (side / 2));
        int patch = Math.Max(1, (int)scale);
        for (int row = 0, to = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++, to += 3)
                Mean(frame, (int)(left + (column * scale)), (int)(top + (row * scale)), patch, _crop.Pixels.Slice(to, 3));
        }
    }

    private static void Mean(Frame frame, int left, int top, int patch, Span<byte> to)
    {
        ReadOnlySpan<byte> pixels = frame.Pixels;
        (int b, int g, int r) = (0, 0, 0);
        for (int y = top; y < top + patch; y++)
        {
            int row = Math.Clamp(y, 0, frame.Height - 1) * frame.Width;
            for (int x = left; x < left + patch; x++)
            {
                int i = 3 * (row + Math.Clamp(x, 0, frame.Width - 1));
                (b, g, r) = (b + pixels[i], g + pixels[i + 1], r + pixels[i + 2]);
            }
        }

        int count = patch * patch;
        (to[0], to[1], to[2]) = ((byte)(b / count), (byte)(g / count), (byte)(r / count));
    }
}
