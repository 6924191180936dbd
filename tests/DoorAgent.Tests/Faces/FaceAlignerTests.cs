using CsCheck;
using DoorAgent.Faces;

namespace DoorAgent.Tests.Faces;

public sealed class FaceAlignerTests
{
    private static readonly (float X, float Y)[] Template = [(38.3f, 51.7f), (73.5f, 51.5f), (56, 71.7f), (41.5f, 92.4f), (70.7f, 92.2f)];

    [Fact]
    public void TheAlignmentAgreesWithTheNormalEquations() => Gen.Int.Sample(seed =>
    {
        Landmarks landmarks = Moved(new Random(seed), noise: 6);
        (double a, double b, double x, double y) = LeastSquares(landmarks);
        Similarity back = FaceAligner.FromAligned(landmarks, Template);
        // The aligner's map must be the inverse of the one that the equations give.
        foreach ((float u, float v) in Template)
        {
            (float px, float py) = back.Map(u, v);
            Assert.Equal(u, (a * px) - (b * py) + x, 0.02);
            Assert.Equal(v, (b * px) + (a * py) + y, 0.02);
        }
    });

    [Fact]
    public void ARotatedAndScaledTemplateIsAlignedExactly() => Gen.Int.Sample(seed =>
    {
        Landmarks landmarks = Moved(new Random(seed), noise: 0);
        Similarity back = FaceAligner.FromAligned(landmarks, Template);
        for (int k = 0; k < Landmarks.Count; k++)
        {
            (float px, float py) = back.Map(Template[k].X, Template[k].Y);
            Assert.Equal(landmarks[k].X, px, 0.02f);
            Assert.Equal(landmarks[k].Y, py, 0.02f);
        }
    });

    [Fact]
    public void FiveEqualPointsGiveNaNAndNoException()
    {
        Similarity back = FaceAligner.FromAligned(default, Template);
        Assert.False(float.IsFinite(back.A));
    }

    /// <summary>The template turned, scaled by 0.3 to 4 and shifted, with noise added to each point.</summary>
    private static Landmarks Moved(Random random, float noise)
    {
        double angle = random.NextDouble() * 2 * Math.PI, scale = 0.3 + (3.7 * random.NextDouble());
        Landmarks landmarks = default;
        for (int k = 0; k < Landmarks.Count; k++)
        {
            double x = scale * ((Math.Cos(angle) * Template[k].X) - (Math.Sin(angle) * Template[k].Y));
            double y = scale * ((Math.Sin(angle) * Template[k].X) + (Math.Cos(angle) * Template[k].Y));
            landmarks[k] = ((float)(x + 300 + (scale * noise * (random.NextDouble() - 0.5))),
                (float)(y + 200 + (scale * noise * (random.NextDouble() - 0.5))));
        }

        return landmarks;
    }

    /// <summary>Returns a, b, x, y that bring (a px - b py + x, b px + a py + y) nearest to the template, by Gaussian elimination on 4 x
    /// 4.</summary>
    private static (double A, double B, double X, double Y) LeastSquares(Landmarks landmarks)
    {
        double[,] m = new double[4, 5];
        for (int k = 0; k < Landmarks.Count; k++)
        {
            Add([landmarks[k].X, -landmarks[k].Y, 1, 0], Template[k].X);
            Add([landmarks[k].Y, landmarks[k].X, 0, 1], Template[k].Y);
        }

        for (int i = 0; i < 4; i++)
        {
            int pivot = Enumerable.Range(i, 4 - i).MaxBy(r => Math.Abs(m[r, i]));
            for (int c = 0; c < 5; c++)
                (m[i, c], m[pivot, c]) = (m[pivot, c], m[i, c]);
            for (int r = 0; r < 4; r++)
            {
                double factor = r == i ? 0 : m[r, i] / m[i, i];
                for (int c = 0; c < 5; c++)
                    m[r, c] -= factor * m[i, c];
            }
        }

        return (m[0, 4] / m[0, 0], m[1, 4] / m[1, 1], m[2, 4] / m[2, 2], m[3, 4] / m[3, 3]);

        void Add(double[] row, double value)
        {
            for (int r = 0; r < 4; r++)
            {
                for (int c = 0; c < 4; c++)
                    m[r, c] += row[r] * row[c];
                m[r, 4] += row[r] * value;
            }
        }
    }
}
