using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Faces;

/// <summary>
/// Finds faces of every size. A small detector does not know what a face of 250 pixels is and finds parts of it, so a large
/// picture is looked at small first, and at twice the size as long as no face of good size is found. One caller at a time.
/// </summary>
internal sealed class FaceFinder(FaceDetector detector) : IDisposable
{
    /// <summary>A picture with a longer side of at most so many pixels is looked at as it is.</summary>
    public const int SmallSide = 256;

    /// <summary>A face of so many pixels is exact enough; a smaller one is looked for at twice the size, where it is at most 160:
    /// the built-in detector's landmarks begin to wander at 190.</summary>
    public const float GoodWidth = 80;

    /// <summary>A frame with a longer side above this, its border with it, is not looked at as it is, only at half its size: the
    /// detector's memory grows with the pixels (one of 20 million would take gigabytes), and a face lost so is of some tens of
    /// pixels among thousands.</summary>
    public const int LargestSide = 2048;

    /// <summary>The border of pictures without a face is this part of their longer side.</summary>
    private const int BorderPart = 6;

    private readonly List<Frame> _halves = [];
    private readonly List<Face> _faces = [];

    /// <summary>The faces of a camera's frame, in its coordinates, highest score first; the list is used again by the next call.</summary>
    /// <exception cref="NetworkFaultException">The network failed, or gave what is not finite.</exception>
    public IReadOnlyList<Face> Find(Frame frame) => Find(frame, hasBorder: false);

    /// <summary>The faces of a picture. Where none is found it is looked at once more with its edges reflected, which finds faces
    /// that an edge cuts; with a border around every picture the detector would find false faces.</summary>
    /// <exception cref="NetworkFaultException">The network failed, or gave what is not finite.</exception>
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
            side += 2 * (side / BorderPart);
        for (int level = Halve(frame); ; level--)
        {
            Frame at = level == 0 ? frame : _halves[level - 1];
            Keep(detector.Detect(at, hasBorder ? Math.Max(at.Width, at.Height) / BorderPart : 0), level);
            if (level == 0 || side >> (level - 1) > LargestSide || _faces.Any(face => face.Box.Width >= GoodWidth * (1 << level)))
                return _faces;
        }
    }

    /// <summary>Makes the smaller frames; how many there are.</summary>
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

    /// <summary>Takes over the faces of a level. Its pixel x is the mean of the frame's pixels from x s to x s + s - 1.</summary>
    private void Keep(IReadOnlyList<Face> faces, int level)
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
