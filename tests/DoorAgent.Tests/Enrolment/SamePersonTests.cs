using DoorAgent.Enrolment;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

public sealed class SamePersonTests
{
    // Angles up to 29 degrees are nearer than 0.5.
    private const float Threshold = 0.5f;

    [Fact]
    public void OnePictureShowsItsPerson() => Assert.Equal("+", Of(0, 10));

    [Fact]
    public void AForeignPictureAmongThreeIsFound() => Assert.Equal("+-+", Of(0, 10, 120, 20));

    [Fact]
    public void TwoPicturesThatDisagreeHaveNoMajority() => Assert.Null(Of(0, 10, 120));

    [Fact]
    public void TwoPeopleWithEquallyManyPicturesHaveNoMajority() => Assert.Null(Of(0, 10, 12, 120, 122));

    [Fact]
    public void PicturesInBetweenJoinTheOuterOnes() => Assert.Equal("+++-", Of(0, 0, 50, 25, 170));

    [Fact]
    public void TrustedPicturesDecideAgainstAMajority() => Assert.Equal("+---", Of(1, 10, 120, 122, 124));

    [Fact]
    public void DistantTrustedPicturesAllShowThePerson() => Assert.Equal("++++-", Of(2, 10, 100, 15, 105, 170));

    // + for each picture of the person, - for the others.
    private static string? Of(int trusted, params double[] angles)
    {
        bool[]? isPerson = SamePerson.Of([.. angles.Select(MadeEncodings.At)], trusted, Threshold);
        return isPerson is null ? null : string.Concat(isPerson.Select(one => one ? '+' : '-'));
    }
}
