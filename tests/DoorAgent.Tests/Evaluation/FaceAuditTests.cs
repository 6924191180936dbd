using DoorAgent.Evaluation;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Tests.Matching;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Audits of made encodings: angles on a circle, of which 10 degrees are a distance of 0.17, and 60 degrees one of 1.</summary>
public sealed class FaceAuditTests
{
    private static readonly CalibrationTable Table = new([(1e-6, 0.5), (1e-5, 0.6), (1e-3, 0.8)]);

    [Fact]
    public void InACleanGalleryNothingIsFound() => Assert.Empty(Audit([[0, 10, 20], [80, 90], [160, 170, 180]]));

    [Fact]
    public void APictureOfAnEnrolledPersonAmongSomebodysOwnIsFoundWithItsOwner()
    {
        AuditFinding found = Assert.Single(Audit([[0, 10, 92], [80, 90, 100], [160, 170]]));
        Assert.Equal((AuditKind.WrongPicture, "person 1", "person 2"), (found.Kind, found.Person, found.Other));
        Assert.Equal([3], found.Pictures);
        Assert.Equal([2], found.OtherPictures);
    }

    [Fact]
    public void OfTwoPicturesTheOneThatSomebodyElseOwnsIsTheWrongOne()
    {
        AuditFinding found = Assert.Single(Audit([[93, 0], [80, 90, 100], [160, 170]]));
        Assert.Equal((AuditKind.WrongPicture, "person 1", "person 2"), (found.Kind, found.Person, found.Other));
        Assert.Equal([1], found.Pictures);
    }

    [Fact]
    public void APictureOfAStrangerAmongSomebodysOwnIsFoundAlone()
    {
        AuditFinding found = Assert.Single(Audit([[0, 10, 20, 240], [100, 110]]));
        Assert.Equal((AuditKind.WrongPicture, "person 1", null), (found.Kind, found.Person, found.Other));
        Assert.Equal([4], found.Pictures);
        Assert.False(found.IsUncertain);
    }

    [Fact]
    public void SeveralWrongPicturesOfOnePersonAreOneFinding() =>
        Assert.Equal([2, 4], Assert.Single(Audit([[0, 240, 10, 250, 20], [100, 110]])).Pictures);

    [Fact]
    public void WhenAsManyPicturesShowOneAsTheOtherTheFindingIsUncertain()
    {
        AuditFinding found = Assert.Single(Audit([[0, 180], [90, 100]]));
        Assert.True(found.IsUncertain);
        Assert.Null(found.Other);
    }

    [Fact]
    public void APictureBetweenTheLimitsIsAPoorPictureAndNotAWrongOne() => Assert.Empty(Audit([[6, 10, 46], [120, 130]]));

    [Fact]
    public void OnePersonUnderTwoNamesIsFoundOnce()
    {
        AuditFinding found = Assert.Single(Audit([[0, 30], [100, 110], [13, 43]]));
        Assert.Equal((AuditKind.SamePerson, "person 1", "person 3"), (found.Kind, found.Person, found.Other));
        Assert.Equal((new TakenPictures(2, 2), new TakenPictures(2, 2)), (found.PersonAsOther, found.OtherAsPerson));
    }

    [Fact]
    public void LookAlikesAreFoundWithThePicturesThatOpenForTheOther()
    {
        AuditFinding found = Assert.Single(Audit([[0, 10, 20], [50, 60, 70], [160, 170]]));
        Assert.Equal(AuditKind.LookAlike, found.Kind);
        Assert.Equal((new TakenPictures(1, 3), new TakenPictures(1, 3)), (found.PersonAsOther, found.OtherAsPerson));
        Assert.Equal([3], found.Pictures);
        Assert.Equal([1], found.OtherPictures);
    }

    [Fact]
    public void SeparatedLookAlikesAreNoFinding() =>
        Assert.Empty(Audit([[0, 10, 20], [50, 60, 70], [160, 170]], new SeparatedPair(1, 2, 0.51f)));

    [Fact]
    public void ASeparationThatKeepsSomebodyOutIsFound()
    {
        AuditFinding found = Assert.Single(Audit([[0, 20], [50, 55, 60]], new SeparatedPair(1, 2, 0.2f)));
        Assert.Equal((AuditKind.TooSeparated, "person 1"), (found.Kind, found.Person));
        Assert.Equal(new TakenPictures(0, 2), found.PersonAsOther);
    }

    [Fact]
    public void OnePictureOfTwoPeopleIsFoundByItsFileAndByItsDistance()
    {
        // The first two people look alike because of the picture; the finding about the picture comes before that about the people.
        AuditFinding[] file = [.. Audit([[0, 10], [80, 90]], sameFile: (1, 2))];
        Assert.Equal((AuditKind.SharedPicture, 2, 1), (file[0].Kind, file[0].Pictures[0], file[0].OtherPictures[0]));
        AuditFinding[] near = [.. Audit([[0, 30], [62, 32]])];
        Assert.Contains(near, finding => finding.Kind == AuditKind.SharedPicture);
        Assert.DoesNotContain(Audit([[0, 30], [72, 43]]), finding => finding.Kind == AuditKind.SharedPicture);
    }

    [Fact]
    public void PeopleWithOnePictureOrNoneAreFound() => Assert.Equal(
        [(AuditKind.OnePicture, "person 1"), (AuditKind.NoPicture, "person 2")],
        Audit([[0], [], [90, 95]]).Select(finding => (finding.Kind, finding.Person)));

    [Fact]
    public void AnEmptyGalleryAndASinglePersonAreAudited()
    {
        Assert.Empty(Audit([]));
        Assert.Empty(Audit([[0, 10]]));
    }

    [Fact]
    public void TripletsOfASetAgreeWithTheSelectionOfABatch()
    {
        double[][] angles = [[0, 10, 45], [50, 60, 71], [160, 175]];
        EncodedSet set = SetOf(TestGallery.Of(angles));
        float[][] rows = [.. Enumerable.Range(0, set.Rows).Select(row => set.Vector(row).ToArray())];
        TripletSelection selection = new(rows, set.PersonOf);
        IReadOnlyList<Triplet> hard = selection.HardNegatives();
        double[] losses = [.. hard.Select(one => selection.Distance(one.Anchor, one.Positive) - selection.Distance(one.Anchor, one.Negative)
            + TripletLoss.DefaultAlpha)];
        TripletViolations found = TripletViolations.Of(set, NearestPeople.Of(set, 10));
        Assert.Equal((hard.Count, losses.Count(loss => loss > 0)), (found.Triplets, found.Violated));
        Assert.Equal(losses.Sum(loss => Math.Max(loss, 0)), found.Loss, 1e-3);
    }

    private static EncodedSet SetOf(Gallery gallery) => new([.. gallery.People.Select(person => person.Name)],
        [.. gallery.People.Index().SelectMany(one => Enumerable.Repeat(one.Index, one.Item.EncodingCount))],
        gallery.Vectors.ToArray(), gallery.Dimension);

    private static IReadOnlyList<AuditFinding> Audit(double[][] people, params SeparatedPair[] separated) =>
        Audit(TestGallery.Of(people).Separated(separated), null);

    private static IReadOnlyList<AuditFinding> Audit(double[][] people, (int, int) sameFile) => Audit(TestGallery.Of(people), sameFile);

    private static IReadOnlyList<AuditFinding> Audit(Gallery gallery, (int One, int Other)? sameFile)
    {
        EncodingSource[] sources = [.. Enumerable.Range(0, gallery.EncodingCount)
            .Select(row => new EncodingSource($"{(row == sameFile?.Other ? sameFile.Value.One : row)}", default))];
        Thresholds thresholds = new(new MatchingOptions { Fmr = 1e-5 }, Table);
        return new FaceAudit(gallery, sources, thresholds, 10, 0.1f).Find(NearestPeople.Of(SetOf(gallery), 100));
    }
}
