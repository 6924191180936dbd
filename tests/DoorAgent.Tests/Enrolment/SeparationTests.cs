using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

public sealed class SeparationTests
{
    private const float Margin = 0.1f;

    private static readonly Thresholds Wide = new(new MatchingOptions { Distance = 0.9 }, null);

    [Fact]
    public void TheDistanceOfAPairIsThatOfTheirNearestPictures()
    {
        Separation separation = Separation.Of(At(0, 5, 10), At(40, 45), Wide, Margin);
        Assert.Equal(2 * Math.Sin(15 * Math.PI / 180), separation.Distance, 1e-3);
        Assert.Equal((new SeparatedSide(3, 3), new SeparatedSide(2, 2)), (separation.One, separation.Other));
        Assert.True(separation.IsPossible);
    }

    [Fact]
    public void PeopleWhoCannotBeToldApartAreNotSeparated()
    {
        Assert.False(Separation.Of(At(0, 20), At(10, 30), Wide, Margin).IsPossible);
        // One picture cannot be compared with another one of the person.
        Separation single = Separation.Of(At(0, 5, 10), At(40), Wide, Margin);
        Assert.False(single.IsPossible);
        Assert.False(single.Other.IsTried);
    }

    [Fact]
    public void WithASmallerDistanceFewerPicturesOpen()
    {
        Assert.Equal(new SeparatedSide(0, 2), Separation.Of(At(0, 20), At(60, 62), Wide, Margin, 0.2f).One);
        Assert.Equal(new SeparatedSide(2, 2), Separation.Of(At(0, 20), At(60, 62), Wide, Margin, 0.4f).One);
    }

    [Fact]
    public void ThePairFitsTheGalleryAlsoWhenBothHaveOnePictureInCommon()
    {
        Separation separation = Separation.Of(At(0, 20), At(0, 40), Wide, Margin);
        Assert.InRange(separation.Distance, float.Epsilon, 1.999f);
        Assert.False(separation.IsPossible);
    }

    [Fact]
    public void ARuleOfMeansComparesWithTheMeanOfTheOtherPictures()
    {
        Thresholds means = new(new MatchingOptions { Distance = 0.9 }, null, ComparisonRule.Nearest with { Template = TemplateKind.Mean });
        // The mean of 40 and 60 is at 50; the nearest picture of the first person is at 10.
        Assert.Equal(2 * Math.Sin(17.5 * Math.PI / 180), Separation.Of(At(0, 10), At(40, 60), means, Margin).Distance, 1e-3);
    }

    /// <summary>Whatever the rule decides, the matcher decides the same for a picture that is not enrolled.</summary>
    [Fact]
    public void TheMatcherAgreesWithTheSeparation()
    {
        double[][] people = [[0, 5], [40, 45]];
        Separation separation = Separation.Of(At(people[0]), At(people[1]), Wide, Margin);
        FaceMatcher matcher = new(TestGallery.Of(people).Separated(new SeparatedPair(1, 2, separation.Distance)), Wide,
            new MatchingOptions { Distance = 0.9, Margin = Margin }, identifies: false);
        Gallery gallery = TestGallery.Of(people);
        foreach (double picture in people[1])
            Assert.False(matcher.Verify(gallery.People[0], MadeEncodings.At(picture)).IsMatch);
        Assert.True(matcher.Verify(gallery.People[0], MadeEncodings.At(8)).IsMatch);
    }

    private static FaceEncoding[] At(params double[] angles) => [.. angles.Select(MadeEncodings.At)];
}
