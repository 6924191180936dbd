using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Evaluation;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Centring a gallery whose encodings lie near to each other: people around one direction, as before one camera.</summary>
public sealed class SiteCentringTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private const int People = 24;

    private readonly MadeGalleryFile _file = new();

    private EncoderIdentity Encoder => EncoderIdentity.Of(people.Reader);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void TheSwitchBringsPeopleApartAndStoresTheCentreWithTheRule()
    {
        using GalleryFile file = WithPeople();
        CentringPlan plan = Centring(file).Plan(20);
        Assert.Equal(ComparisonRule.Nearest, file.Rule);
        Assert.All(plan.People, person => Assert.True(person.After.NearestDistance > person.Before!.NearestDistance));
        Centring(file).Run(plan);
        Assert.Equal("nearest+centred", file.Rule!.Name);
        Assert.Equal((People, "2026-03-01T08:00:00Z"), (file.Centre!.People, file.Centre.Added));
        Assert.Equal(plan.Centre!.Vector.ToArray(), file.Centre.Centre.Vector.ToArray());
    }

    [Fact]
    public void TheShownDistancesAgreeWithANaiveTwin()
    {
        using GalleryFile file = WithPeople();
        CentringPlan plan = Centring(file).Plan(20);
        Dictionary<string, FaceEncoding[]> raw = file.People.ToDictionary(person => person.Name,
            person => file.PicturesOf(person.Name).Select(picture => picture.Encoding).ToArray());
        Assert.Equal(People, plan.People.Count);
        foreach (CentredPerson person in plan.People)
        {
            FaceEncoding[] own = raw[person.After.Name];
            FaceEncoding[] others = [.. raw.Where(one => one.Key != person.After.Name).SelectMany(one => one.Value)];
            Assert.Equal(Nearest(own, others, same => same), person.Before!.NearestDistance, 1e-4);
            Assert.Equal(Nearest(own, others, plan.Centre!.Apply), person.After.NearestDistance, 1e-4);
            if (own.Length > 1)
                Assert.Equal(own.Max(one => Nearest([one], [.. own.Where(two => two != one)], plan.Centre.Apply)), person.After.Spread,
                    1e-4);
            else
                Assert.True(double.IsNaN(person.After.Spread));
        }

        Assert.Equal(plan.People.OrderBy(person => person.Room), plan.People);
    }

    [Fact]
    public void FewerPeopleAreRefusedWithTheNumber()
    {
        using GalleryFile file = WithPeople();
        string why = Assert.Throws<UserErrorException>(() => Centring(file).Plan(25)).Message;
        Assert.Contains("24 people have encodings, and a centre needs at least 25", why, StringComparison.Ordinal);
        Assert.Null(file.Centre);
    }

    [Fact]
    public void GoingBackDeletesTheCentreAndComparesAsBefore()
    {
        using GalleryFile file = WithPeople();
        float[] before = file.Read(Encoder).Vectors.ToArray();
        Centring(file).Run(Centring(file).Plan(20));
        Assert.NotEqual(before, file.Read(Encoder).Vectors.ToArray());
        Centring(file).Run(Centring(file).PlanWithout()!);
        Assert.Equal((ComparisonRule.Nearest, null), (file.Rule, file.Centre));
        Assert.Equal(before, file.Read(Encoder).Vectors.ToArray());
        Assert.Null(Centring(file).PlanWithout());
    }

    [Fact]
    public void PeopleEnrolledLaterAreComparedWithTheSameCentreUntilItIsComputedAgain()
    {
        using GalleryFile file = WithPeople();
        Centring(file).Run(Centring(file).Plan(20));
        float[] centre = file.Centre!.Centre.Vector.ToArray();
        Enrol(file, "late", new Random(99), file.Rule!);
        Assert.Equal(centre, file.Read(Encoder).Centre!.Vector.ToArray());
        CentringPlan again = Centring(file).Plan(20);
        Assert.NotEqual(centre, again.Centre!.Vector.ToArray());
        Centring(file).Run(again);
        Assert.Equal(People + 1, file.Centre!.People);
    }

    [Fact]
    public void AGalleryChangedInBetweenIsNotWritten()
    {
        using GalleryFile file = WithPeople();
        CentringPlan plan = Centring(file).Plan(20);
        file.SetEnabled("person 3", false);
        Assert.Contains("in the meantime", Assert.Throws<UserErrorException>(() => Centring(file).Run(plan)).Message,
            StringComparison.Ordinal);
        Assert.Equal((ComparisonRule.Nearest, null), (file.Rule, file.Centre));
    }

    [Fact]
    public void WithoutACalibrationForCentredEncodingsNothingIsComputed()
    {
        using GalleryFile file = WithPeople();
        SiteCentring centring = new(file, people.Reader,
            rule => rule.IsCentred ? throw new UserErrorException("It has no table.") : Some(rule),
            new MatchingOptions(), identifies: false);
        Assert.Equal("It has no table.", Assert.Throws<UserErrorException>(() => centring.Plan(20)).Message);
    }

    [Fact]
    public void TheWayBackNeedsNeitherTheCentreNorItsCalibration()
    {
        using GalleryFile file = WithPeople();
        _file.Sql("UPDATE gallery SET calibration = 'nearest+centred'");
        CentringPlan plan = Centring(file).PlanWithout()!;
        Assert.All(plan.People, person => Assert.Null(person.Before));
        Centring(file).Run(plan);
        Assert.Equal(People, file.Read(Encoder).People.Length);
    }

    [Fact]
    public void AKillDuringTheSwitchLeavesTheOldGallery()
    {
        using TempFolder copies = new();
        using GalleryFile file = WithPeople();
        CentringPlan plan = Centring(file).Plan(20);
        file.InOneTransaction(() =>
        {
            Centring(file).Run(plan);
            foreach (string suffix in new[] { "", "-wal" }.Where(suffix => File.Exists(_file.Path + suffix)))
                File.Copy(_file.Path + suffix, copies.File("killed.db") + suffix);
        });
        using GalleryFile killed = GalleryFile.OpenToRead(copies.File("killed.db"));
        Assert.Equal((ComparisonRule.Nearest, null), (killed.Rule, killed.Centre));
        Assert.Equal(People, killed.Read(Encoder).People.Length);
        Assert.Equal("nearest+centred", file.Rule!.Name);
    }

    [Fact]
    public void AChangeOfTheEncoderDropsTheCentreAndTheChangeBackFindsItAgain()
    {
        using GalleryFile file = WithPeople();
        Centring(file).Run(Centring(file).Plan(20));
        Assert.True(ReEncoder.RuleAfter(file, people.Reader, FlipUse.Off).IsCentred);
        file.Change((connection, _) => GalleryEncoders.Activate(connection, MadeEncodings.Encoder));
        Assert.True(ReEncoder.RuleAfter(file, people.Reader, FlipUse.Off).IsCentred);
        file.Change((connection, _) =>
        {
            GalleryEncoders.Activate(connection, Encoder);
            GalleryCentres.Delete(connection);
            GalleryEncoders.Activate(connection, MadeEncodings.Encoder);
        });
        Assert.False(ReEncoder.RuleAfter(file, people.Reader, FlipUse.Off).IsCentred);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void HalfAsManyPeopleMoreOutgrowTheCentre(int now, bool isOutgrown) => Assert.Equal(isOutgrown,
        new StoredCentre(EncodingCentre.Of(MadeEncodings.At(0).Vector, MadeEncodings.Dimension, [0]), 20, "").IsOutgrownBy(now));

    private static double Nearest(FaceEncoding[] own, FaceEncoding[] others, Func<FaceEncoding, FaceEncoding> centred) =>
        own.Min(one => others.Min(other => (double)centred(one).DistanceTo(centred(other))));

    private GalleryFile WithPeople()
    {
        GalleryFile file = _file.Open();
        Random random = new(8);
        for (int i = 0; i < People; i++)
            Enrol(file, $"person {i}", random, ComparisonRule.Nearest);
        return file;
    }

    /// <summary>Enrols a person with one to three encodings: a direction of the person's own and one that all share.</summary>
    private void Enrol(GalleryFile file, string name, Random random, ComparisonRule rule)
    {
        float[] site = LargeGallery.Random(new Random(1)).Vector.ToArray(), own = LargeGallery.Random(random).Vector.ToArray();
        EnrolledPicture[] pictures = [.. Enumerable.Range(1, random.Next(1, 4)).Select(number =>
        {
            float[] noise = LargeGallery.Random(random).Vector.ToArray();
            return new EnrolledPicture([.. Enumerable.Repeat((byte)number, 32)], 1,
                FaceEncoding.Normalised([.. site.Select((value, i) => (0.6f * value) + own[i] + (0.3f * noise[i]))]));
        })];
        file.AddPerson(PersonName.Parse(name), false, null, Encoder, pictures, rule: rule);
    }

    private static Thresholds Some(ComparisonRule rule) =>
        new(new MatchingOptions(), new CalibrationTable([(1e-7, 0.7), (1e-2, 1.1)]), rule);

    private SiteCentring Centring(GalleryFile file) => new(file, people.Reader, Some, new MatchingOptions(), identifies: false);
}
