using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

public sealed class DistanceMatrixTests
{
    // The templates of a centred gallery are centred already.
    [Fact]
    public void TheCentreIsSubtractedOnceFromPeopleWhoAreComparedWithEachOther()
    {
        Gallery gallery = TestGallery.Of([0, 10], [40], [90, 130]);
        EncodingCentre centre = EncodingCentre.Of(MadeEncodings.At(30).Vector, MadeEncodings.Dimension, [0]);
        DistanceMatrix plain = DistanceMatrix.Of(gallery, [0, 1, 2]);
        DistanceMatrix centred = DistanceMatrix.Of(gallery.Under(ComparisonRule.Nearest with { IsCentred = true }, centre), [0, 1, 2]);
        Assert.Equal(plain.Distances, centred.Distances);
        Assert.Equal(2 * Math.Sin(15 * Math.PI / 180), plain.At(0, 1), 1e-4);
        Assert.Equal(plain.At(1, 2), plain.At(2, 1));
        Assert.True(float.IsNaN(plain.At(1, 1)));
    }
}
