namespace DoorAgent.Faces;

/// <summary>The outputs of a YuNet for one stride: one row of values per cell, cells in row-major order.</summary>
internal readonly ref struct DetectorOutputs(
    int stride, int columns, ReadOnlySpan<float> cls, ReadOnlySpan<float> obj, ReadOnlySpan<float> bbox, ReadOnlySpan<float> kps)
{
    /// <summary>Distance between cells in pixels.</summary>
    public int Stride => stride;

    /// <summary>Number of cells in a row.</summary>
    public int Columns => columns;

    /// <summary>Class score, one value per cell.</summary>
    public ReadOnlySpan<float> Cls { get; } = cls;

    /// <summary>Object score, one value per cell.</summary>
    public ReadOnlySpan<float> Obj { get; } = obj;

    /// <summary>Offset of the centre in cells (x, y) and logarithm of the size in cells (width, height), four values per cell.</summary>
    public ReadOnlySpan<float> Bbox { get; } = bbox;

    /// <summary>Offsets of the five landmarks in cells (x, y), ten values per cell.</summary>
    public ReadOnlySpan<float> Kps { get; } = kps;
}

/// <summary>
/// Decodes the faces in a YuNet's outputs. Pure. Score = sqrt(cls x obj), centre = (cell + bbox[0..1]) x S, size = exp(bbox[2..3]) x S,
/// landmark k = (kps[2k..2k+1] + cell) x S (libfacedetection.train's decoding).
/// </summary>
internal static class DetectionDecoder
{
    /// <summary>Minimum score of a face.</summary>
    public const float MinScore = 0.6f;

    /// <summary>Maximum intersection over union of two faces; boxes that overlap more are the same face.</summary>
    public const float MaxOverlap = 0.3f;

    /// <summary>Fraction of the smaller box that may lie in the larger one; from this fraction on both boxes are the same face. A large box
    /// around a small one is the built-in detector's typical error, and the intersection over union of such boxes is low.</summary>
    public const float MaxContainment = 0.6f;

    /// <summary>Appends the faces of one stride to <paramref name="faces"/>.</summary>
    public static void Decode(in DetectorOutputs outputs, List<Face> faces)
    {
        for (int i = 0; i < outputs.Cls.Length; i++)
        {
            // Most cells are empty, so the product is compared before the square root is computed.
            float product = Math.Clamp(outputs.Cls[i], 0, 1) * Math.Clamp(outputs.Obj[i], 0, 1);
            if (product >= MinScore * MinScore)
                faces.Add(At(outputs, i, MathF.Sqrt(product)));
        }
    }

    /// <summary>Sorts faces by descending score and removes those that overlap with, contain or lie in a face of higher score.</summary>
    public static void Suppress(List<Face> faces)
    {
        faces.Sort((one, other) => other.Score.CompareTo(one.Score));
        for (int i = 0; i < faces.Count; i++)
        {
            FaceBox kept = faces[i].Box;
            for (int j = faces.Count - 1; j > i; j--)
            {
                if (faces[j].Box.OverlapWith(kept) > MaxOverlap || faces[j].Box.ContainmentWith(kept) >= MaxContainment)
                    faces.RemoveAt(j);
            }
        }
    }

    private static Face At(in DetectorOutputs outputs, int cell, float score)
    {
        (int row, int column) = Math.DivRem(cell, outputs.Columns);
        ReadOnlySpan<float> box = outputs.Bbox.Slice(4 * cell, 4);
        ReadOnlySpan<float> points = outputs.Kps.Slice(2 * Landmarks.Count * cell, 2 * Landmarks.Count);
        float s = outputs.Stride;
        float width = MathF.Exp(box[2]) * s, height = MathF.Exp(box[3]) * s;
        FaceBox found = new(((column + box[0]) * s) - (width / 2), ((row + box[1]) * s) - (height / 2), width, height);
        Landmarks landmarks = default;
        for (int k = 0; k < Landmarks.Count; k++)
            landmarks[k] = ((points[2 * k] + column) * s, (points[(2 * k) + 1] + row) * s);
        return new Face(found, score, landmarks);
    }
}
