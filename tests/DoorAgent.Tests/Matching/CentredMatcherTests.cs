using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Matching;

/// <summary>Comparisons with a gallery that has a centre: equal to a naive twin, and without allocation.</summary>
public sealed class CentredMatcherTests
{
    private const int Dimension = 128;

    private static readonly ComparisonRule Centred = ComparisonRule.Nearest with { IsCentred = true };

    private readonly Random _random = new(31);
    private readonly FaceEncoding[][] _people;
    private readonly EncodingCentre _centre;
    private readonly Gallery _gallery;
    private readonly FaceMatcher _matcher;

    public CentredMatcherTests()
    {
        _people = [.. Enumerable.Range(0, 12).Select(i =>
            Enumerable.Range(0, 1 + (i % 4)).Select(_ => LargeGallery.Random(_random)).ToArray())];
        _centre = EncodingCentre.Of([.. _people.SelectMany(own => own.SelectMany(one => one.Vector.ToArray()))], Dimension,
            [.. _people.SelectMany((own, i) => Enumerable.Repeat(i, own.Length))]);
        _gallery = TestGallery.Of([.. _people.Select(own => own.Select(_centre.Apply).ToArray())], Dimension).Under(Centred, _centre);
        MatchingOptions options = new() { Distance = 1.2 };
        _matcher = new FaceMatcher(_gallery, new Thresholds(options, null, Centred), options, identifies: true);
    }

    [Fact]
    public void VerificationAndIdentificationAgreeWithANaiveTwin()
    {
        for (int round = 0; round < 50; round++)
        {
            FaceEncoding probe = LargeGallery.Random(_random);
            double[] distances = [.. _people.Select(own => own.Min(one => (double)_centre.Apply(one).DistanceTo(_centre.Apply(probe))))];
            foreach ((Person person, double distance) in _gallery.People.Zip(distances))
                Assert.Equal(distance, _matcher.Verify(person, probe).Distance, 1e-4);
            FaceMatch found = _matcher.Identify(probe)!.Value;
            Assert.Equal(distances.Min(), found.Distance, 1e-4);
            Assert.Equal(distances.Order().ElementAt(1), found.SecondDistance, 1e-4);
        }
    }

    [Fact]
    public void AComparisonAllocatesNothing()
    {
        FaceEncoding probe = LargeGallery.Random(_random);
        Compare();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Compare();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Compare()
        {
            _ = _matcher.Identify(probe);
            foreach (Person person in _gallery.People)
                _ = _matcher.Verify(person, probe);
        }
    }
}
