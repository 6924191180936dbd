using CsCheck;
using DoorAgent.Faces;

namespace DoorAgent.Tests.Faces;

public sealed class DetectionDecoderTests
{
    private static readonly Gen<FaceBox> SomeBox =
        from x in Gen.Float[0, 100]
        from y in Gen.Float[0, 100]
        from width in Gen.Float[1, 80]
        from height in Gen.Float[1, 80]
        select new FaceBox(x, y, width, height);

    /// <summary>The scores differ, in any order, because it is undefined which of two equal ones is kept.</summary>
    private static readonly Gen<List<Face>> SomeFaces = Gen.Select(SomeBox.Array[0, 20], Gen.Int, (boxes, seed) =>
    {
        float[] scores = [.. Enumerable.Range(0, boxes.Length).Select(i => 0.6f + (i / 100f))];
        new Random(seed).Shuffle(scores);
        return boxes.Select((box, i) => new Face(box, scores[i], default)).ToList();
    });

    [Fact]
    public void DecodingAgreesWithANaiveImplementation() =>
        Gen.Select(Gen.OneOf(Gen.Const(8), Gen.Const(16), Gen.Const(32)), Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int)
        .Sample((stride, columns, rows, seed) =>
    {
        int cells = columns * rows;
        Random random = new(seed);
        float[] cls = Values(random, cells, -0.1f, 1.1f), obj = Values(random, cells, -0.1f, 1.1f);
        float[] bbox = Values(random, 4 * cells, -2, 2), kps = Values(random, 2 * Landmarks.Count * cells, -2, 2);
        List<Face> faces = [];
        DetectionDecoder.Decode(new DetectorOutputs(stride, columns, cls, obj, bbox, kps), faces);

        int next = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int cell = (row * columns) + column;
                double score = Math.Sqrt(Math.Min(1, Math.Max(0, cls[cell])) * Math.Min(1, Math.Max(0, obj[cell])));
                // By rounding, a value at the limit may fall on either side.
                if (score < 0.6 - 1e-6 || (score < 0.6 + 1e-6 && (next == faces.Count || Math.Abs(faces[next].Score - score) > 1e-6)))
                    continue;
                Face face = faces[next++];
                double width = Math.Exp(bbox[(4 * cell) + 2]) * stride, height = Math.Exp(bbox[(4 * cell) + 3]) * stride;
                Assert.Equal(score, face.Score, 1e-5);
                Assert.Equal((column + bbox[4 * cell]) * stride, face.Box.Centre.X, 1e-3);
                Assert.Equal((row + bbox[(4 * cell) + 1]) * stride, face.Box.Centre.Y, 1e-3);
                Assert.Equal(width, face.Box.Width, 1e-3);
                Assert.Equal(height, face.Box.Height, 1e-3);
                for (int k = 0; k < Landmarks.Count; k++)
                {
                    Assert.Equal((column + kps[(10 * cell) + (2 * k)]) * stride, face.Landmarks[k].X, 1e-3);
                    Assert.Equal((row + kps[(10 * cell) + (2 * k) + 1]) * stride, face.Landmarks[k].Y, 1e-3);
                }
            }
        }

        Assert.Equal(faces.Count, next);
    });

    [Fact]
    public void SuppressionAgreesWithANaiveImplementation() => SomeFaces.Sample(faces =>
    {
        List<Face> rest = [.. faces.OrderByDescending(face => face.Score)], kept = [];
        while (rest.Count > 0)
        {
            Face best = rest[0];
            kept.Add(best);
            rest = [.. rest.Skip(1).Where(face => NaiveOverlap(face.Box, best.Box) <= 0.3 && NaiveContainment(face.Box, best.Box) < 0.6)];
        }

        List<Face> suppressed = [.. faces];
        DetectionDecoder.Suppress(suppressed);
        Assert.Equal(kept.Select(face => face.Box), suppressed.Select(face => face.Box));
    });

    [Fact]
    public void AFalseBoxAroundABetterFaceIsRemoved()
    {
        Face face = new(new FaceBox(90, 80, 60, 75), 0.91f, default), ghost = new(new FaceBox(40, 10, 180, 220), 0.7f, default);
        List<Face> faces = [ghost, face];
        DetectionDecoder.Suppress(faces);
        Assert.Equal(face.Box, Assert.Single(faces).Box);
        faces = [face with { Score = 0.65f }, ghost];
        DetectionDecoder.Suppress(faces);
        Assert.Equal(ghost.Box, Assert.Single(faces).Box);
    }

    [Fact]
    public void ContainmentIsTheFractionOfTheSmallerBoxInTheOther() => Gen.Select(SomeBox, SomeBox).Sample((one, other) =>
    {
        Assert.Equal(NaiveContainment(one, other), one.ContainmentWith(other), 1e-4f);
        Assert.Equal(one.ContainmentWith(other), other.ContainmentWith(one), 1e-5f);
        Assert.Equal(1, one.ContainmentWith(one), 1e-4f);
    });

    [Fact]
    public void OverlapIsIntersectionOverUnion() => Gen.Select(SomeBox, SomeBox).Sample((one, other) =>
    {
        Assert.Equal(NaiveOverlap(one, other), one.OverlapWith(other), 1e-5f);
        Assert.Equal(one.OverlapWith(other), other.OverlapWith(one), 1e-5f);
        Assert.Equal(1, one.OverlapWith(one), 1e-4f);
    });

    [Fact]
    public void ACellWithAScoreOfNaNIsNotAFace()
    {
        List<Face> faces = [];
        DetectionDecoder.Decode(new DetectorOutputs(8, 1, [float.NaN], [1f], new float[4], new float[10]), faces);
        Assert.Empty(faces);
    }

    private static float NaiveOverlap(FaceBox one, FaceBox other)
    {
        float shared = NaiveShared(one, other);
        return shared / ((one.Width * one.Height) + (other.Width * other.Height) - shared);
    }

    private static float NaiveContainment(FaceBox one, FaceBox other) =>
        NaiveShared(one, other) / Math.Min(one.Width * one.Height, other.Width * other.Height);

    private static float NaiveShared(FaceBox one, FaceBox other)
    {
        float width = Math.Max(0, Math.Min(one.X + one.Width, other.X + other.Width) - Math.Max(one.X, other.X));
        float height = Math.Max(0, Math.Min(one.Y + one.Height, other.Y + other.Height) - Math.Max(one.Y, other.Y));
        return width * height;
    }

    private static float[] Values(Random random, int count, float min, float max) =>
        [.. Enumerable.Range(0, count).Select(_ => min + ((max - min) * random.NextSingle()))];
}
