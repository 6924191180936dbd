using DoorAgent.Diagnostics;
using DoorAgent.Matching;
using DoorAgent.Tests.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics;

public sealed class NearestPersonTests
{
    private static readonly Thresholds Raw = new(new MatchingOptions { Distance = 0.5 }, null);

    [Theory]
    [InlineData(2, @"^adam, distance 0\.\d{3} below 0\.500$")]
    [InlineData(88, @"^nora, distance 0\.\d{3} below 0\.500$")]
    [InlineData(150, @"^nobody enrolled; nearest nora, distance 1\.000, must be below 0\.500$")]
    public void TheNearestPersonIsNamedWithDistanceAndThreshold(double angle, string words) => Assert.Matches(words,
        new NearestPerson(TestGallery.Of([0], [90]).Named(["adam", "nora"]), Raw).WordsOf(MadeEncodings.At(angle))!);

    [Fact]
    public void WithoutEnrolledPeopleNobodyIsNamed() => Assert.Null(new NearestPerson(TestGallery.Of(), Raw).WordsOf(MadeEncodings.At(0)));
}
