using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Matching;

public sealed class PersonTemplateTests
{
    private const int Dimension = 128;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(9, 2)]
    [InlineData(10, 3)]
    public void AQuarterIsDropped(int encodings, int dropped) => Assert.Equal(dropped, PersonTemplate.Dropped(encodings));

    [Theory]
    [InlineData(nameof(TemplateKind.Nearest), 4, 4)]
    [InlineData(nameof(TemplateKind.Mean), 4, 1)]
    [InlineData(nameof(TemplateKind.Trimmed), 4, 1)]
    [InlineData(nameof(TemplateKind.Trimmed), 0, 0)]
    [InlineData(nameof(TemplateKind.Nearest), 0, 0)]
    public void APersonComparedWithTheirMeanHasOneTemplate(string kind, int encodings, int templates) =>
        Assert.Equal(templates, PersonTemplate.Count(Enum.Parse<TemplateKind>(kind), encodings));

    [Fact]
    public void NearestKeepsTheEncodings()
    {
        float[] rows = [.. MadeEncodings.At(0).Vector, .. MadeEncodings.At(40).Vector];
        Assert.Equal(rows, Write(TemplateKind.Nearest, rows, MadeEncodings.Dimension));
    }

    [Fact]
    public void ThePictureOfSomebodyElseDoesNotMoveTheTrimmedMean()
    {
        float[] rows = [.. new[] { 0.0, 10, 80, 5 }.SelectMany(angle => MadeEncodings.At(angle).Vector.ToArray())];
        float[] trimmed = Write(TemplateKind.Trimmed, rows, MadeEncodings.Dimension);
        float[] mean = Write(TemplateKind.Mean, rows, MadeEncodings.Dimension);
        Assert.Equal(5, AngleOf(trimmed), 0.01);
        Assert.True(AngleOf(mean) > 15);
    }

    [Fact]
    public void OfEquallyFarEncodingsTheLaterIsDropped()
    {
        float[] rows = [.. new[] { 0.0, 20, 10 }.SelectMany(angle => MadeEncodings.At(angle).Vector.ToArray())];
        Assert.Equal(5, AngleOf(Write(TemplateKind.Trimmed, rows, MadeEncodings.Dimension)), 0.01);
    }

    [Theory]
    [InlineData(nameof(TemplateKind.Mean))]
    [InlineData(nameof(TemplateKind.Trimmed))]
    public void TemplatesAgreeWithANaiveTwin(string name)
    {
        TemplateKind kind = Enum.Parse<TemplateKind>(name);
        Random random = new(11);
        for (int count = 1; count <= 10; count++)
        {
            FaceEncoding common = LargeGallery.Random(random);
            float[][] rows = [.. Enumerable.Range(0, count).Select(_ => Blend(common, LargeGallery.Random(random)))];
            double[] mean = NaiveMean(rows);
            if (kind == TemplateKind.Trimmed && count >= 3)
            {
                int kept = count - (int)Math.Floor((count / 4.0) + 0.5);
                mean = NaiveMean([.. rows.OrderBy(row => row.Zip(mean, (a, b) => (a - b) * (a - b)).Sum()).Take(kept)]);
            }

            Assert.All(mean.Zip(Write(kind, [.. rows.SelectMany(row => row)], Dimension)),
                pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void EncodingsThatCancelEachOtherOutHaveNoTemplate() => Assert.Contains("cancel", Assert.Throws<InvalidDataException>(
        () => Write(TemplateKind.Mean, [.. MadeEncodings.At(0).Vector, .. MadeEncodings.At(180).Vector], MadeEncodings.Dimension)).Message,
        StringComparison.Ordinal);

    private static float[] Write(TemplateKind kind, float[] rows, int dimension)
    {
        float[] into = new float[rows.Length];
        return into[..(dimension * PersonTemplate.Write(kind, rows, dimension, into))];
    }

    private static double AngleOf(float[] vector) => Math.Atan2(vector[1], vector[0]) * 180 / Math.PI;

    private static float[] Blend(FaceEncoding common, FaceEncoding own) => FaceEncoding.Normalised(
        [.. common.Vector.ToArray().Zip(own.Vector.ToArray(), (a, b) => a + (0.6f * b))]).Vector.ToArray();

    private static double[] NaiveMean(float[][] rows)
    {
        double[] sum = [.. Enumerable.Range(0, Dimension).Select(i => rows.Sum(row => (double)row[i]))];
        double length = Math.Sqrt(sum.Sum(value => value * value));
        return [.. sum.Select(value => value / length)];
    }
}
