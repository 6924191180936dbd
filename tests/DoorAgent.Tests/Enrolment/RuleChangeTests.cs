using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

/// <summary>Changes of the rule of comparison, with the built-in networks and a made table.</summary>
public sealed class RuleChangeTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private static readonly ComparisonRule Mean = ComparisonRule.Nearest with { Template = TemplateKind.Mean };

    private static readonly ComparisonRule Flipped = ComparisonRule.Nearest with { Flip = FlipUse.Both };

    private readonly MadeGalleryFile _file = new();

    private EncoderIdentity Encoder => EncoderIdentity.Of(people.Reader);

    public void Dispose()
    {
        people.Reader.Flips = false;
        _file.Dispose();
    }

    [Fact]
    public void AnotherTemplateKeepsTheEncodingsAndGoesBackUnchanged()
    {
        using GalleryFile file = WithAdam();
        float[] before = Vectors(file);
        RulePlan plan = Change(file, Mean);
        Assert.Equal((ComparisonRule.Nearest, null), (plan.Before, plan.Remade));
        Gallery read = file.Read(Encoder);
        Assert.Equal((Mean, 1), (read.Rule, read.EncodingCount));
        Assert.Equal(before, Vectors(file));
        Change(file, ComparisonRule.Nearest);
        Assert.Equal(before, file.Read(Encoder).Vectors.ToArray());
    }

    [Fact]
    public void MirrorImagesAreAddedFromKeptFacesAsANewEnrolmentWould()
    {
        using GalleryFile file = WithAdam();
        Assert.Equal(Vectors(file).Length / people.Reader.Dimension, Change(file, Flipped).Remade!.Work.Count);
        using MadeGalleryFile other = new();
        using GalleryFile fresh = other.Open();
        people.Reader.KeepsCrops = true;
        new Enroller(fresh, people.Reader, Thresholds(Flipped), new PeopleOptions { KeepCrops = true })
            .Add(PersonName.Parse("adam"), KeptFaces.Pictures("adam"), null, isExtended: false);
        people.Reader.KeepsCrops = false;
        Assert.Equal((Flipped, Flipped), (file.Rule, fresh.Rule));
        Assert.Equal(Vectors(fresh), Vectors(file));
    }

    [Fact]
    public void WithMirrorImagesEncodingsOfOtherEncodersAndCentresAreDeleted()
    {
        using GalleryFile file = WithAdam();
        _file.Sql($"""
            INSERT INTO encoder (id, name, sha256, alignment, dimension) VALUES (7, 'other', x'{new string('b', 64)}', 1, 16);
            INSERT INTO encoding (id, person, encoder, picture, quality, vector, added)
            SELECT 1000, person, 7, picture, 1, zeroblob(64), added FROM encoding LIMIT 1;
            INSERT INTO centre (encoder, vector, people, added) VALUES (7, zeroblob(64), 20, '2026-03-01T08:00:00Z');
            """);
        Change(file, Flipped);
        Assert.Equal((0L, 0L), (Count(file, "encoding WHERE encoder = 7"), Count(file, "centre")));
    }

    [Fact]
    public void PeopleWithoutKeptFacesAreNamedAndNothingChanges()
    {
        using GalleryFile file = WithAdam();
        KeptFaces.Enrol(file, people.Reader, "nora", keeps: false);
        string why = Assert.Throws<UserErrorException>(() => Change(file, Flipped)).Message;
        Assert.Contains("For 1 of 2 people", why, StringComparison.Ordinal);
        Assert.Contains("'dooragent people rule nearest+flip --without-them'", why, StringComparison.Ordinal);
        Assert.Contains("dooragent people pictures 'nora'", why, StringComparison.Ordinal);
        Assert.Equal(ComparisonRule.Nearest, file.Rule);
        Assert.Equal(["nora"], Change(file, Flipped, withoutThem: true).Remade!.Without);
        Assert.Equal([true, false], file.People.Select(person => person.Pictures > 0));
    }

    [Fact]
    public void ACentreCannotBeNamedBeforeItIsComputedAndIsDeletedWithTheRule()
    {
        using GalleryFile file = WithAdam();
        ComparisonRule centred = Mean with { IsCentred = true };
        Assert.Contains("'dooragent calibrate --centre'", Assert.Throws<UserErrorException>(() => Change(file, centred)).Message,
            StringComparison.Ordinal);
        Assert.Contains("change to nearest+flip first", Assert.Throws<UserErrorException>(
            () => Change(file, Flipped with { IsCentred = true })).Message, StringComparison.Ordinal);
        file.Change((connection, now) =>
            GalleryCentres.Write(connection, EncodingCentre.Of(file.PicturesOf("adam")[0].Encoding.Vector, 128, [0]), 20, now));
        Change(file, centred);
        Assert.NotNull(file.Read(Encoder).Centre);
        Change(file, Mean);
        Assert.Equal((null, 0L), (file.Read(Encoder).Centre, Count(file, "centre")));
    }

    [Fact]
    public void AGalleryChangedInBetweenIsNotWritten()
    {
        using GalleryFile file = WithAdam();
        RuleChange change = Of(file, Mean);
        RulePlan plan = change.Plan(withoutThem: false);
        file.SetEnabled("adam", false);
        Assert.Contains("in the meantime", Assert.Throws<UserErrorException>(() => change.Run(plan, null)).Message,
            StringComparison.Ordinal);
        Assert.Equal(ComparisonRule.Nearest, file.Rule);
    }

    [Fact]
    public void AnEmptyGalleryHasNoRuleToChange()
    {
        using GalleryFile file = _file.Open();
        Assert.Contains("Nobody is enrolled", Assert.Throws<UserErrorException>(() => Change(file, Mean)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void MorePeopleThanTheNewCalibrationSupportsAreRefused()
    {
        using GalleryFile file = WithAdam();
        Thresholds narrow = new(new MatchingOptions { Fpir = 1e-3 }, new CalibrationTable([(2e-3, 0.9), (1e-2, 1.1)]), Mean);
        Assert.Throws<UserErrorException>(() => new RuleChange(file, new LoadedNetworks(people.Reader, narrow), new MatchingOptions(),
            identifies: true, MadeGalleryFile.Time).Plan(withoutThem: false));
        Assert.Equal(ComparisonRule.Nearest, file.Rule);
    }

    // A process that is killed leaves the file and its log as they are at that moment.
    [Fact]
    public void AKillDuringTheChangeLeavesTheOldRuleAndAKillAfterwardsTheNewOne()
    {
        using TempFolder copies = new();
        using GalleryFile file = WithAdam();
        RuleChange change = Of(file, Flipped);
        RulePlan plan = change.Plan(withoutThem: false);
        float[] before = Vectors(file);
        file.InOneTransaction(() =>
        {
            change.Run(plan, null);
            Assert.Equal(Flipped, file.Rule);
            Copy(copies.File("killed.db"));
        });
        Copy(copies.File("after.db"));
        using GalleryFile killed = GalleryFile.OpenToRead(copies.File("killed.db"));
        using GalleryFile after = GalleryFile.OpenToRead(copies.File("after.db"));
        Assert.Equal((ComparisonRule.Nearest, Flipped), (killed.Rule, after.Rule));
        Assert.Equal(before, Vectors(killed));
        Assert.NotEqual(before, Vectors(after));
    }

    private void Copy(string target)
    {
        foreach (string suffix in new[] { "", "-wal" })
        {
            if (File.Exists(_file.Path + suffix))
                File.Copy(_file.Path + suffix, target + suffix);
        }
    }

    private float[] Vectors(GalleryFile file) => file.Read(Encoder, file.Rule!.OfEncodings).Vectors.ToArray();

    private static long Count(GalleryFile file, string rows) =>
        file.Query(connection => Sqlite.Number(connection, $"SELECT count(*) FROM {rows}"));

    private GalleryFile WithAdam()
    {
        GalleryFile file = _file.Open();
        KeptFaces.Enrol(file, people.Reader, "adam");
        return file;
    }

    private static Thresholds Thresholds(ComparisonRule rule) =>
        new(new MatchingOptions(), new CalibrationTable([(1e-7, 0.7), (1e-2, 1.1)]), rule);

    private RuleChange Of(GalleryFile file, ComparisonRule rule) => new(
        file, new LoadedNetworks(people.Reader, Thresholds(rule)), new MatchingOptions(), identifies: false, MadeGalleryFile.Time);

    private RulePlan Change(GalleryFile file, ComparisonRule rule, bool withoutThem = false)
    {
        RuleChange change = Of(file, rule);
        RulePlan plan = change.Plan(withoutThem);
        change.Run(plan, null);
        return plan;
    }
}
