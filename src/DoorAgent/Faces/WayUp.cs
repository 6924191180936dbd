using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Faces;

/// <summary>
/// Tells which way up a face is. Its landmarks do not say it: on a face that stands on its head both detectors find eyes where the
/// mouth is. Their scores do: a cut-out of the face is shown in the four turns, and the right one scores highest (on View 1 of LFW
/// all of 1,537 faces with yunet-n, all but 4 of 1,549 with the built-in detector). One caller at a time.
/// </summary>
internal sealed class WayUp(FaceDetector detector)
{
    /// <summary>The cut-out, in pixels.</summary>
    private const int Side = 160;

    /// <summary>How large the cut-outs are, in sizes of the face: of one alone the built-in detector's scores differ too little.</summary>
    private static readonly float[] Sizes = [2, 1.5f];

    private readonly Frame _cutOut = new();
    private readonly Frame _turned = new();

    /// <summary>By how many degrees a face must be turned clockwise until it is upright; 0 for one that is.</summary>
    /// <exception cref="Networks.NetworkFaultException">The network is broken.</exception>
    public int TurnOf(Frame frame, FaceBox face)
    {
        Span<float> scores = stackalloc float[FrameTurning.Degrees.Count];
        scores.Clear();
        foreach (float size in Sizes)
        {
            CutOut(frame, face, size * MathF.Max(face.Width, face.Height));
            for (int i = 0; i < scores.Length; i++)
                scores[i] += Score(FrameTurning.Degrees[i]);
        }

        return FrameTurning.Degrees[scores.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max<float>(scores))];
    }

    /// <summary>The best score of a face in the middle of the turned cut-out; 0 where none is found.</summary>
    private float Score(int degrees)
    {
        FrameTurning.Turn(_cutOut, degrees, _turned);
        float best = 0;
        foreach (Face face in detector.Detect(_turned))
        {
            (float x, float y) = face.Box.Centre;
            if (MathF.Max(MathF.Abs(x - (Side / 2f)), MathF.Abs(y - (Side / 2f))) < Side / 4f)
                best = MathF.Max(best, face.Score);
        }

        return best;
    }

    /// <summary>Cuts the face out; beyond the frame its edge is repeated.</summary>
    private void CutOut(Frame frame, FaceBox face, float side)
    {
        _cutOut.Resize(Side, Side);
        float scale = side / Side;
        (float left, float top) = (face.Centre.X - (side / 2), face.Centre.Y - (side / 2));
        int patch = Math.Max(1, (int)scale);
        for (int row = 0, to = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++, to += 3)
                Mean(frame, (int)(left + (column * scale)), (int)(top + (row * scale)), patch, _cutOut.Pixels.Slice(to, 3));
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
