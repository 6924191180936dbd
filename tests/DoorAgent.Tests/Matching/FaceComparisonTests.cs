using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Matching;

/// <summary>Tests that gallery and networks are exchanged together, and encodings of the previous networks are no longer
/// compared.</summary>
public sealed class FaceComparisonTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private static readonly Thresholds Some = new(new MatchingOptions { Distance = 0.5 }, null);

    private readonly FaceComparison _faces = new(new MatchingOptions(), identifies: false);

    [Fact]
    public void OnlyEncodingsOfTheGallerysPipelineCanBeCompared()
    {
        using FacePipeline opened = TestNetworks.BuiltIn();
        LoadedNetworks one = new(people.Reader, Some), other = new(opened, Some);
        Assert.True(_faces.CanCompare(one));
        Assert.False(_faces.Use(TestGallery.Of([0]), one));
        Assert.False(_faces.Use(TestGallery.Of([10]), one));
        Assert.Equal((true, false), (_faces.CanCompare(one), _faces.CanCompare(other)));
        Assert.True(_faces.Use(TestGallery.Of([20]), other));
        Assert.Equal((false, true), (_faces.CanCompare(one), _faces.CanCompare(other)));
    }

    [Fact]
    public void AChangeOfTheRuleAloneIsAChangeAndEncodingsOfBeforeCannotBeCompared()
    {
        LoadedNetworks plain = new(people.Reader, Some), mirrored = new(people.Reader,
            new Thresholds(new MatchingOptions { Distance = 0.5 }, null, ComparisonRule.Nearest with { Flip = FlipUse.Both }));
        Gallery gallery = TestGallery.Of([0]);
        Assert.False(_faces.Use(gallery, plain));
        Assert.True(_faces.Use(gallery.Under(mirrored.Thresholds.Rule), mirrored));
        Assert.Equal((false, true), (_faces.CanCompare(plain), _faces.CanCompare(mirrored)));
        Assert.Equal((true, true), (mirrored.ForProbes().Flips, mirrored.ForEnrolment().Flips));
        Assert.False(plain.ForProbes().Flips);
    }

    [Fact]
    public void DistancesOfOneRuleAreNotUsedForAGalleryOfAnother() => Assert.Throws<ArgumentException>(() => _faces.Use(
        TestGallery.Of([0]).Under(ComparisonRule.Nearest with { Template = TemplateKind.Mean }), new LoadedNetworks(people.Reader, Some)));

    [Fact]
    public void AGalleryBeyondTheCalibrationIsRefusedAndThePreviousOneStays()
    {
        using FacePipeline other = TestNetworks.BuiltIn();
        Gallery before = TestGallery.Of([0]);
        _faces.Use(before, new LoadedNetworks(people.Reader, Some));
        Thresholds narrow = new(new MatchingOptions(), new CalibrationTable([(1e-5, 0.9), (1e-3, 1.1)]));
        Assert.Throws<UserErrorException>(() => _faces.Use(TestGallery.Of([0, 5]), new LoadedNetworks(other, narrow)));
        Assert.Same(before, _faces.Gallery);
        Assert.Same(people.Reader, _faces.Networks!.Pipeline);
    }
}
