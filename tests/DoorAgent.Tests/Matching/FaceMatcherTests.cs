using CsCheck;
using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Matching;

public sealed class FaceMatcherTests
{
    private const int Dimension = 16;

    private static readonly Gen<FaceEncoding> Encoding = Gen.Float[-1, 1].Array[Dimension]
        .Where(values => values.Sum(value => value * value) > 0.01f).Select(values => FaceEncoding.Normalised(values));

    private static readonly Gen<FaceEncoding[][]> People = Encoding.Array[0, 4].Array[0, 8];

    [Fact]
    public void EachPersonHasTheirOwnEncodings()
    {
        Gallery gallery = TestGallery.Of([[10, 11], [50], [120, 121, 122]]);
        Assert.Equal([2, 1, 3], gallery.People.Select(person => gallery.EncodingsOf(person).Count()));
        // A distance of a thousandth is a twentieth of a degree.
        Assert.All(gallery.People.Zip([new double[] { 10, 11 }, [50], [120, 121, 122]]), pair =>
            Assert.All(gallery.EncodingsOf(pair.First).Zip(pair.Second),
                one => Assert.InRange(one.First.DistanceTo(Support.MadeEncodings.At(one.Second)), 0, 0.001f)));
    }

    [Fact]
    public void AVerificationAgreesWithANaiveLoop() =>
        Gen.Select(People, Encoding, Gen.Double[0.2, 1.8]).Sample((people, probe, distance) =>
    {
        Gallery gallery = TestGallery.Of(people, Dimension);
        FaceMatcher matcher = Matcher(gallery, distance, 0.1);
        for (int i = 0; i < people.Length; i++)
        {
            FaceMatch match = matcher.Verify(gallery.People[i], probe);
            double nearest = Nearest(people[i], probe);
            Same(nearest, match.Distance);
            if (Math.Abs(nearest - distance) > Rounding)
                Assert.Equal(nearest < distance, match.IsMatch);
        }
    }, iter: 500);

    [Fact]
    public void AnIdentificationAgreesWithANaiveSort() =>
        Gen.Select(People, Encoding, Gen.Double[0.2, 1.8], Gen.Double[0, 0.5]).Sample((people, probe, distance, margin) =>
    {
        FaceMatch? match = Matcher(TestGallery.Of(people, Dimension), distance, margin).Identify(probe);
        double[] sorted = [.. people.Select(own => Nearest(own, probe)).Order(), double.PositiveInfinity];
        if (double.IsInfinity(sorted[0]))
        {
            Assert.Null(match);
            return;
        }

        Same(sorted[0], match!.Value.Distance);
        Same(sorted[1], match.Value.SecondDistance);
        Same(sorted[0], Nearest(people[match.Value.PersonId - 1], probe));
        if (Math.Abs(sorted[0] - distance) > Rounding && !(Math.Abs(sorted[1] - sorted[0] - margin) <= Rounding))
            Assert.Equal(sorted[0] < distance && sorted[1] - sorted[0] >= margin, match.Value.IsMatch);
    }, iter: 500);

    [Fact]
    public void SeparatedPeopleMatchAsANaiveRuleSays() => Gen.Select(Gen.Double[-20, 60], Gen.Double[0.1, 1], Gen.Double[0.1, 1],
        Gen.Double[0, 0.3]).Sample((angle, threshold, pair, margin) =>
    {
        Gallery gallery = TestGallery.Of([[0, 3], [30], [90]]).Separated(new SeparatedPair(1, 2, (float)pair));
        FaceMatcher matcher = Matcher(gallery, threshold, margin);
        FaceEncoding probe = MadeEncodings.At(angle);
        double[] distances = [.. new double[][] { [0, 3], [30], [90] }.Select(own => Nearest([.. own.Select(MadeEncodings.At)], probe))];
        double limit = Math.Min(threshold, pair);
        for (int i = 0; i < 3; i++)
        {
            double own = distances[i], other = i < 2 ? distances[1 - i] : double.PositiveInfinity, least = i < 2 ? limit : threshold;
            FaceMatch match = matcher.Verify(gallery.People[i], probe);
            Same(other, match.SecondDistance);
            if (Math.Abs(own - least) > Rounding && !(Math.Abs(other - own - margin) <= Rounding))
                Assert.Equal(own < least && own + margin <= other, match.IsMatch);
        }

        FaceMatch found = matcher.Identify(probe)!.Value;
        // Whoever is identified is also verified, with a pair as without.
        Assert.True(!found.IsMatch || matcher.Verify(gallery.Find(found.PersonId)!, probe).IsMatch);
    }, iter: 2000);

    [Fact]
    public void ATwinIsToldApartAndAStrangerToThePairIsNotAffected()
    {
        Gallery twins = TestGallery.Of([[0], [20], [90]]);
        FaceEncoding probe = MadeEncodings.At(8);
        Assert.True(Matcher(twins, 0.8, 0.1).Verify(twins.People[1], probe).IsMatch);
        FaceMatcher matcher = Matcher(twins.Separated(new SeparatedPair(1, 2, 0.34f)), 0.8, 0.05);
        Assert.True(matcher.Verify(twins.People[0], probe).IsMatch);
        Assert.False(matcher.Verify(twins.People[1], probe).IsMatch);
        Assert.Equal(0.34f, matcher.Verify(twins.People[1], probe).Threshold);
        Assert.Equal(0.8f, matcher.Verify(twins.People[2], probe).Threshold);
    }

    [Fact]
    public void ADistanceEqualToTheThresholdIsNotAMatch()
    {
        Gallery gallery = TestGallery.Of([[0]]);
        FaceMatch match = Matcher(gallery, 1, 0).Verify(gallery.People[0], MadeEncodings.At(60));
        float distance = match.Distance;
        Assert.False(Matcher(gallery, distance, 0).Verify(gallery.People[0], MadeEncodings.At(60)).IsMatch);
        Assert.True(Matcher(gallery, MathF.BitIncrement(distance), 0).Verify(gallery.People[0], MadeEncodings.At(60)).IsMatch);
    }

    [Fact]
    public void APersonWithoutEncodingsNeverMatches()
    {
        Gallery gallery = TestGallery.Of([[]]);
        FaceMatcher matcher = Matcher(gallery, 2, 0);
        Assert.Equal(float.PositiveInfinity, matcher.Verify(gallery.People[0], MadeEncodings.At(0)).Distance);
        Assert.Null(matcher.Identify(MadeEncodings.At(0)));
    }

    [Fact]
    public void TwoEquallyNearPeopleAreNotAMatch()
    {
        FaceMatch match = Matcher(TestGallery.Of([[10], [-10]]), 1, 0.1).Identify(MadeEncodings.At(0))!.Value;
        Assert.False(match.IsMatch);
        Assert.Equal(match.Distance, match.SecondDistance, 1e-4f);
    }

    [Fact]
    public void AMatcherRefusesMoreEncodingsThanTheCalibrationSupports()
    {
        Thresholds thresholds = new(new MatchingOptions(), new CalibrationTable([(5e-6, 0.9), (1e-3, 1.1)]));
        Gallery gallery = TestGallery.Of([[0], [90, 91, 92]]);
        Assert.Throws<UserErrorException>(() => new FaceMatcher(gallery, thresholds, new MatchingOptions(), identifies: false));
    }

    [Fact]
    public void ComparingAllocatesNothing()
    {
        Gallery gallery = TestGallery.Of([[0, 1], [90], [180]]).Separated(new SeparatedPair(1, 3, 0.5f));
        FaceMatcher matcher = Matcher(gallery, 1, 0.1);
        FaceEncoding probe = MadeEncodings.At(3);
        matcher.Identify(probe);
        matcher.Verify(gallery.People[0], probe);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            matcher.Identify(probe);
            matcher.Verify(gallery.People[0], probe);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // For nearly equal vectors 2 - 2 cos loses half of the digits of a float.
    private const double Rounding = 1e-3;

    private static FaceMatcher Matcher(Gallery gallery, double distance, double margin)
    {
        MatchingOptions options = new() { Distance = distance, Margin = margin };
        return new FaceMatcher(gallery, new Thresholds(options, null), options, identifies: true);
    }

    private static double Nearest(FaceEncoding[] own, FaceEncoding probe)
    {
        double nearest = double.PositiveInfinity;
        foreach (FaceEncoding one in own)
        {
            double sum = 0;
            for (int i = 0; i < one.Dimension; i++)
                sum += Math.Pow((double)one.Vector[i] - probe.Vector[i], 2);
            nearest = Math.Min(nearest, Math.Sqrt(sum));
        }

        return nearest;
    }

    private static void Same(double expected, double actual) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) < Rounding, $"{expected} and {actual}");
}
