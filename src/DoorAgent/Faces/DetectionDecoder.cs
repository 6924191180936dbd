namespace DoorAgent.Faces;

/// <summary>One stride's outputs of a YuNet: a row a cell, cells row by row.</summary>
internal readonly ref struct DetectorOutputs(
    int stride, int columns, ReadOnlySpan<float> cls, ReadOnlySpan<float> obj, ReadOnlySpan<float> bbox, ReadOnlySpan<float> kps)
{
    /// <summary>Pixels from cell to cell.</summary>
    public int Stride => stride;

    /// <summary>Cells in a row.</summary>
    public int Columns => columns;

    /// <summary>Class score, one a cell.</summary>
    public ReadOnlySpan<float> Cls { get; } = cls;

    /// <summary>Object score, one a cell.</summary>
    public ReadOnlySpan<float> Obj { get; } = obj;

    /// <summary>Offset of the centre in cells (x, y) and logarithm of the size in cells (width, height), four a cell.</summary>
    public ReadOnlySpan<float> Bbox { get; } = bbox;

    /// <summary>Offsets of the five landmarks in cells (x, y), ten a cell.</summary>
    public ReadOnlySpan<float> Kps { get; } = kps;
}

/// <summary>
/// The faces in a YuNet's outputs. Pure. Score = sqrt(cls x obj), centre = (cell + bbox[0..1]) x S, size = exp(bbox[2..3]) x S,
/// landmark k = (kps[2k..2k+1] + cell) x S (libfacedetection.train's decoding).
/// </summary>
internal static class DetectionDecoder
{
    /// <summary>Least score of a face.</summary>
    public const float MinScore = 0.6f;

    /// <summary>Two boxes that overlap more are one face.</summary>
    public const float MaxOverlap = 0.3f;

    /// <summary>Two boxes of which one holds this part of the other, or more, are one face: a large box around a smaller one is the
    /// built-in detector's typical fault, and hardly overlaps it.</summary>
    public const float MaxContainment = 0.6f;

    /// <summary>Adds one stride's faces to <paramref name="faces"/>.</summary>
    public static void Decode(in DetectorOutputs outputs, List<Face> faces)
    {
        for (int i = 0; i < outputs.Cls.Length; i++)
        {
            // Most cells are empty: compared before the root is drawn.
            float product = Math.Clamp(outputs.Cls[i], 0, 1) * Math.Clamp(outputs.Obj[i], 0, 1);
            if (product >= MinScore * MinScore)
                faces.Add(At(outputs, i, MathF.Sqrt(product)));
        }
    }

    /// <summary>Keeps, of boxes that overlap or of which one holds the other, the one with the highest score; the highest first.</summary>
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
