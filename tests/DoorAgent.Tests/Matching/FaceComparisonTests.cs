using DoorAgent.Encodings;
using DoorAgent.Matching;
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
        using FacePipeline other = TestNetworks.BuiltIn();
        Assert.True(_faces.CanCompare(people.Reader));
        Assert.False(_faces.Use(TestGallery.Of([0]), new LoadedNetworks(people.Reader, Some)));
        Assert.False(_faces.Use(TestGallery.Of([10]), new LoadedNetworks(people.Reader, Some)));
        Assert.Equal((true, false), (_faces.CanCompare(people.Reader), _faces.CanCompare(other)));
        Assert.True(_faces.Use(TestGallery.Of([20]), new LoadedNetworks(other, Some)));
        Assert.Equal((false, true), (_faces.CanCompare(people.Reader), _faces.CanCompare(other)));
    }

    [Fact]
    public void AGalleryBeyondTheCalibrationIsRefusedAndThePreviousOneStays()
    {
        using FacePipeline other = TestNetworks.BuiltIn();
        Gallery before = TestGallery.Of([0]);
        _faces.Use(before, new LoadedNetworks(people.Reader, Some));
        Thresholds narrow = new(new MatchingOptions(), new CalibrationTable([(1e-5, 0.9), (1e-3, 1.1)]));
        Assert.Throws<UserErrorException>(() => _faces.Use(TestGallery.Of([0, 5]), new LoadedNetworks(other, narrow)));
        Assert.Same(before, _faces.Gallery);
        Assert.Same(people.Reader, _faces.Pipeline);
    }
}
