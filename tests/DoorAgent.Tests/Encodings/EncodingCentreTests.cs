using DoorAgent.Encodings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Encodings;

public sealed class EncodingCentreTests
{
    private const int Dimension = 128;

    [Fact]
    public void EveryPersonHasTheSameWeightHoweverManyEncodingsTheyHave()
    {
        // Anna at 0 degrees three times, bert at 90 degrees once: the mean lies in the middle, and the centre half way there.
        float[] vectors = [.. new[] { 0.0, 90, 0, 0 }.SelectMany(angle => MadeEncodings.At(angle).Vector.ToArray())];
        EncodingCentre centre = EncodingCentre.Of(vectors, MadeEncodings.Dimension, [0, 1, 0, 0]);
        Assert.Equal(0.25, centre.Vector[0], 6);
        Assert.Equal(0.25, centre.Vector[1], 6);
        Assert.All(centre.Vector[2..].ToArray(), value => Assert.Equal(0, value, 6));
    }

    [Fact]
    public void TheCentreAgreesWithANaiveTwin()
    {
        Random random = new(3);
        int[] people = [.. Enumerable.Range(0, 500).Select(_ => random.Next(60))];
        FaceEncoding[] encodings = [.. people.Select(_ => LargeGallery.Random(random))];
        EncodingCentre centre = EncodingCentre.Of([.. encodings.SelectMany(one => one.Vector.ToArray())], Dimension, people);

        double[][] means = [.. people.Zip(encodings).GroupBy(pair => pair.First, pair => pair.Second.Vector.ToArray())
            .Select(person => Mean([.. person.Select(vector => vector.Select(value => (double)value).ToArray())]))];
        double[] expected = [.. Mean(means).Select(value => value / 2)];
        Assert.All(expected.Zip(centre.Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void ACentredVectorHasUnitLengthAndAllFormsAgree()
    {
        Random random = new(4);
        EncodingCentre centre = EncodingCentre.Of(
            [.. LargeGallery.Random(random).Vector, .. LargeGallery.Random(random).Vector], Dimension, [0, 1]);
        FaceEncoding one = LargeGallery.Random(random), other = LargeGallery.Random(random);
        float[] both = [.. one.Vector, .. other.Vector];
        centre.ApplyToAll(both);
        FaceEncoding[] centred = [centre.Apply(one), centre.Apply(other)];
        Assert.All(centred.SelectMany(encoding => encoding.Vector.ToArray()).Zip(both),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        double[] naive = [.. one.Vector.ToArray().Zip(centre.Vector.ToArray(), (value, part) => (double)value - part)];
        double length = Math.Sqrt(naive.Sum(value => value * value));
        Assert.All(naive.Zip(both), pair => Assert.Equal(pair.First / length, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData(0.6f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void AStoredCentreThatNoMeanCanHaveIsRefused(float value)
    {
        float[] vector = new float[Dimension];
        vector[5] = value;
        Assert.Throws<InvalidDataException>(() => EncodingCentre.Stored(vector));
    }

    [Fact]
    public void AStoredCentreIsTakenOverUnchanged()
    {
        FaceEncoding one = LargeGallery.Random(new Random(5));
        EncodingCentre centre = EncodingCentre.Of(one.Vector, Dimension, [0]);
        Assert.Equal(centre.Vector.ToArray(), EncodingCentre.Stored(centre.Vector).Vector.ToArray());
    }

    [Fact]
    public void NumbersThatDoNotFitAreRefused()
    {
        Assert.Throws<ArgumentException>(() => EncodingCentre.Of(new float[Dimension], Dimension, [0, 1]));
        Assert.Throws<ArgumentException>(() => EncodingCentre.Of([], Dimension, []));
    }

    [Fact]
    public void ACentrePrintsNoNumbers() =>
        Assert.Equal("centre of 128 numbers", EncodingCentre.Of(LargeGallery.Random(new Random(6)).Vector, Dimension, [0]).ToString());

    private static double[] Mean(double[][] vectors) =>
        [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];
}
