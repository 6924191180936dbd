using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Faces;

/// <summary>
/// Finds faces of any size in an image pyramid. A small detector does not recognise a face of 250 pixels and finds only parts of the
/// face, so a large picture is searched at a small size first, and at twice the size until a face of good size is found. Not thread-safe.
/// </summary>
internal sealed class FaceFinder(FaceDetector detector) : IDisposable
{
    /// <summary>Longer side in pixels up to which a picture is not reduced.</summary>
    public const int SmallSide = 256;

    /// <summary>Width in pixels from which a face is located precisely. A smaller face is searched at twice the size, where its width is at
    /// most 160; the built-in detector's landmarks become imprecise at 190.</summary>
    public const float GoodWidth = 80;

    /// <summary>Longer side in pixels, border included, above which a frame is searched only at half its size. The detector's memory grows
    /// with the number of pixels (20 million would need gigabytes), and the faces that are missed are tiny in such a frame.</summary>
    public const int LargestSide = 2048;

    /// <summary>The border of a picture without a face is its longer side divided by this number.</summary>
    private const int BorderDivisor = 6;

    private readonly List<Frame> _halves = [];
    private readonly List<Face> _faces = [];

    /// <summary>Finds the faces of a camera's frame, in its coordinates, highest score first; the next call reuses the list.</summary>
    /// <exception cref="NetworkFaultException">The network failed or returned values that are not finite.</exception>
    public IReadOnlyList<Face> Find(Frame frame) => Find(frame, hasBorder: false);

    /// <summary>Finds the faces of a picture. A picture without a face is searched again with reflected edges, which finds faces that are
    /// cut by an edge. With a border around every picture the detector would find false faces.</summary>
    /// <exception cref="NetworkFaultException">The network failed or returned values that are not finite.</exception>
    public IReadOnlyList<Face> FindInPicture(Frame picture)
    {
        List<Face> faces = Find(picture, hasBorder: false);
        return faces.Count > 0 ? faces : Find(picture, hasBorder: true);
    }

    public void Dispose() => detector.Dispose();

    private List<Face> Find(Frame frame, bool hasBorder)
    {
        int side = Math.Max(frame.Width, frame.Height);
        if (hasBorder)
            side += 2 * (side / BorderDivisor);
        for (int level = Halve(frame); ; level--)
        {
            Frame at = level == 0 ? frame : _halves[level - 1];
            ScaleToFrame(detector.Detect(at, hasBorder ? Math.Max(at.Width, at.Height) / BorderDivisor : 0), level);
            if (level == 0 || side >> (level - 1) > LargestSide || _faces.Any(face => face.Box.Width >= GoodWidth * (1 << level)))
                return _faces;
        }
    }

    /// <summary>Makes the smaller frames; returns their number.</summary>
    private int Halve(Frame frame)
    {
        int level = 0;
        for (Frame at = frame; Math.Max(at.Width, at.Height) > SmallSide && Math.Min(at.Width, at.Height) >= 2; level++)
        {
            if (level == _halves.Count)
                _halves.Add(new Frame());
            FrameHalver.Halve(at, _halves[level]);
            at = _halves[level];
        }

        return level;
    }

    /// <summary>Converts the faces of a level to the frame's coordinates. Pixel x of a level is the mean of the frame's pixels from
    /// x s to x s + s - 1.</summary>
    private void ScaleToFrame(IReadOnlyList<Face> faces, int level)
    {
        float s = 1 << level, shift = (s - 1) / 2;
        _faces.Clear();
        foreach (Face face in faces)
        {
            Landmarks points = face.Landmarks;
            for (int k = 0; k < Landmarks.Count; k++)
                points[k] = ((points[k].X * s) + shift, (points[k].Y * s) + shift);
            FaceBox box = new((face.Box.X * s) + shift, (face.Box.Y * s) + shift, face.Box.Width * s, face.Box.Height * s);
            _faces.Add(new Face(box, face.Score, points));
        }
    }
}
