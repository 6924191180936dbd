using CsCheck;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Liveness;

public sealed class AffineMisfitTests
{
    private static readonly Gen<Landmarks> Faces = Gen.Select(Gen.Float[-1, 1], Gen.Float[-8, 8].Array[10], (turn, noise) =>
    {
        Landmarks points = MadeHead.View(turn);
        for (int k = 0; k < Landmarks.Count; k++)
            points[k] = (points[k].X + noise[2 * k], points[k].Y + noise[(2 * k) + 1]);
        return points;
    });

    [Fact]
    public void AnAffineMapLeavesNothing() => Gen.Select(Faces, Gen.Float[0.5f, 2], Gen.Float[-0.5f, 0.5f], Gen.Float[-50, 50]).Sample(
        (face, stretch, shear, shift) =>
        {
            Landmarks mapped = default;
            for (int k = 0; k < Landmarks.Count; k++)
                mapped[k] = ((stretch * face[k].X) + (shear * face[k].Y) + shift, face[k].Y - (shear * face[k].X));
            Assert.Equal(0, AffineMisfit.Of(face, mapped), 1e-3f);
        });

    [Fact]
    public void TheMisfitIsThatOfTheBestMap() => Gen.Select(Faces, Faces).Sample((from, onto) =>
        Assert.Equal(NaiveMisfit(from, onto), AffineMisfit.Of(from, onto), 1e-3));

    [Fact]
    public void AHeadThatTurnsHasDepthAndAPictureHasNone()
    {
        Landmarks front = MadeHead.View(0);
        Assert.InRange(AffineMisfit.Of(front, MadeHead.View(0.5)), HeadTurn.LeastMisfit, 0.5f);
        Assert.InRange(AffineMisfit.Of(front, MadeHead.Picture(stretch: 0.7, shear: 0.3, roll: 20)), 0, 0.001f);
    }

    [Fact]
    public void PointsThatAreNoFaceHaveNoDepth()
    {
        Landmarks line = default, wrong = MadeHead.View(0.5);
        for (int k = 0; k < Landmarks.Count; k++)
            line[k] = (100 + (20 * k), 50);
        wrong[2] = (float.NaN, 0);
        Assert.Equal(0, AffineMisfit.Of(line, MadeHead.View(0.5)));
        Assert.Equal(0, AffineMisfit.Of(default, MadeHead.View(0.5)));
        Assert.Equal(0, AffineMisfit.Of(MadeHead.View(0), default));
        Assert.Equal(0, AffineMisfit.Of(MadeHead.View(0), wrong));
    }

    /// <summary>The figures of the development set, which fix the unit of the turn and the norm of the misfit.</summary>
    [Fact]
    public void TheDevelopmentSetGivesTheMeasuredMisfits()
    {
        (string Group, Landmarks Points)[] live = Read("live"), prints = Read("clips/print");
        double[] turned = [.. Pairs(live, turn => turn is >= 0.5f and <= 0.8f).Order()];
        Assert.Equal(62, turned.Length);
        Assert.Equal(0.26, turned[turned.Length / 10], 0.01);
        Assert.Equal(0.43, turned[^(turned.Length / 10)], 0.015);
        Assert.Equal(0.081, Pairs(prints, _ => true).Max(), 0.001);
        Assert.Empty(Pairs(prints, turn => turn > HeadTurn.PictureTurn + 0.001f));
    }

    /// <summary>The misfits of all pairs of one group whose turns differ so, the face that is turned less first.</summary>
    private static IEnumerable<double> Pairs((string Group, Landmarks Points)[] faces, Func<float, bool> isSo) =>
        from a in faces
        from b in faces
        let t = (A: FacePose.Of(a.Points).Turn, B: FacePose.Of(b.Points).Turn)
        where a.Group == b.Group && Math.Abs(t.A) < Math.Abs(t.B) && isSo(Math.Abs(t.A - t.B))
        select (double)AffineMisfit.Of(a.Points, b.Points);

    private static (string Group, Landmarks Points)[] Read(string under)
    {
        string root = Shared.Need("faces/pad-dev");
        using FacePipeline pipeline = TestNetworks.Open("yunet-n", "mobilefacenet");
        return [.. File.ReadLines(Path.Combine(root, "index.tsv")).Select(line => line.Split('\t'))
            .Where(row => row[0].StartsWith(under + "/", StringComparison.Ordinal))
            .Select(row => (row[3], PointsOf(pipeline, Path.Combine(root, row[0]))))];
    }

    private static Landmarks PointsOf(FacePipeline pipeline, string path)
    {
        Frame frame = new();
        PictureFile.Read(path, frame);
        return pipeline.ReadPicture(frame, PictureUse.Measure).Face!.Value.Landmarks;
    }

    /// <summary>Minimises by the normal equations of all six parameters, solved by elimination.</summary>
    private static double NaiveMisfit(Landmarks from, Landmarks onto)
    {
        double squares = 0;
        foreach (bool isX in new[] { true, false })
        {
            double[][] system = [new double[4], new double[4], new double[4]];
            for (int k = 0; k < Landmarks.Count; k++)
            {
                double[] row = [from[k].X, from[k].Y, 1, isX ? onto[k].X : onto[k].Y];
                for (int i = 0; i < 3; i++)
                {
                    for (int j = 0; j < 4; j++)
                        system[i][j] += row[i] * row[j];
                }
            }

            for (int i = 0; i < 3; i++)
            {
                for (int other = 0; other < 3; other++)
                {
                    double factor = other == i ? 0 : system[other][i] / system[i][i];
                    for (int j = 0; j < 4; j++)
                        system[other][j] -= factor * system[i][j];
                }
            }

            for (int k = 0; k < Landmarks.Count; k++)
            {
                double mapped = (system[0][3] / system[0][0] * from[k].X) + (system[1][3] / system[1][1] * from[k].Y)
                    + (system[2][3] / system[2][2]);
                double off = (isX ? onto[k].X : onto[k].Y) - mapped;
                squares += off * off;
            }
        }

        double x = onto[0].X - onto[1].X, y = onto[0].Y - onto[1].Y;
        return Math.Sqrt(squares) / Math.Sqrt((x * x) + (y * y));
    }
}
