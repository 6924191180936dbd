using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Storage;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

/// <summary>Changes a gallery from a made encoder to the built-in one, and real encoders back and forth where their files exist.</summary>
public sealed class ReEncoderTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private readonly MadeGalleryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void NewEncodingsAreAddedToTheOldOnesAndTheNewEncoderIsActive()
    {
        using GalleryFile file = WithAnna();
        ReEncodingPlan plan = Run(file);
        Assert.Equal((2, 0, 0), (plan.Work.Count, plan.Without.Count, plan.Fewer.Count));
        Gallery read = file.Read(EncoderIdentity.Of(people.Reader));
        Assert.Equal(("door-encoder", 2, 2L), (read.Encoder, read.EncodingCount, read.Revision));
        Assert.Equal(4, Encodings(file));
        Assert.Equal([1f, 1f], file.PicturesOf("anna").Select(picture => picture.Quality));
    }

    [Fact]
    public void EncodingsOfOtherEncodersAreDeletedOnRequest()
    {
        using GalleryFile file = WithAnna();
        Run(file, dropsOld: true);
        Assert.Equal(2, Encodings(file));
        Assert.Equal("door-encoder", file.Encoder!.Name);
    }

    [Fact]
    public void PeopleWithoutCropsAreListedWithTheCommandAndNothingChanges()
    {
        using GalleryFile file = WithAnna();
        _file.Add("bert o'neill", null, 90);
        string why = Assert.Throws<UserErrorException>(() => Run(file)).Message;
        Assert.Contains("For 1 of 2 people", why, StringComparison.Ordinal);
        Assert.Contains("--without-them", why, StringComparison.Ordinal);
        Assert.EndsWith(@"  dooragent people pictures 'bert o'\''neill' --images DIR", why, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", why, StringComparison.Ordinal);
        Assert.Equal(("made", 2L), (file.Encoder!.Name, file.Read(MadeEncodings.Encoder).Revision));
    }

    [Fact]
    public void WithoutThemTheOthersChangeAndTheyHaveNoEncodingUntilEnrolledAgain()
    {
        _file.Add("bert", MadeGalleryFile.Card(1), 90);
        using GalleryFile file = WithAnna();
        Assert.Equal(["bert"], Run(file, withoutThem: true).Without);
        EncoderIdentity encoder = EncoderIdentity.Of(people.Reader);
        Gallery read = file.Read(encoder);
        Person bert = read.Find(MadeGalleryFile.Card(1))!.Value.Person;
        FaceMatcher matcher = new(read, FacePipelineFactory.ThresholdsOf(people.Reader, new MatchingOptions()), new MatchingOptions(),
            identifies: false);
        Assert.False(matcher.Verify(bert, read.EncodingsOf(read.People.Single(person => person.Name == "anna")).First()).IsMatch);

        // The second change is not refused: these people have no encoding left to lose.
        Assert.Empty(Run(file, dropsOld: true).Without);
        KeptFaces.Enrol(file, people.Reader, "nora");
        Assert.Equal(3, file.People.Count);
    }

    [Fact]
    public void WithoutAnyEncodingTheGalleryStillChangesItsEncoder()
    {
        _file.Add("bert", null, 90);
        using GalleryFile file = _file.Open();
        Run(file, withoutThem: true);
        Assert.Equal("door-encoder", file.Encoder!.Name);
        Assert.Equal(0, file.Read(EncoderIdentity.Of(people.Reader)).EncodingCount);
    }

    [Fact]
    public void AnExpiredCropCannotBeEncodedEvenBeforeItsDeletion()
    {
        using GalleryFile file = WithAnna();
        _file.Sql("UPDATE crop SET keep_until = '2026-03-01T08:00:00Z' WHERE picture = (SELECT min(picture) FROM crop)");
        ReEncodingPlan plan = Run(file);
        Assert.Equal(["anna (1 of 2)"], plan.Fewer);
        Assert.Single(file.PicturesOf("anna"));
    }

    [Fact]
    public void AGalleryChangedInBetweenIsNotWritten()
    {
        using GalleryFile file = WithAnna();
        ReEncoder encoder = Encoder(file);
        ReEncodingPlan plan = encoder.Plan(withoutThem: false);
        _file.Add("bert", null, 90);
        Assert.Contains("in the meantime", Assert.Throws<UserErrorException>(() => encoder.Run(plan, false, null)).Message,
            StringComparison.Ordinal);
        Assert.Equal(("made", 3), (file.Encoder!.Name, Encodings(file)));
    }

    [Fact]
    public void ARuleThatChangedAfterTheNetworksWereOpenedIsNotTakenBack()
    {
        using GalleryFile file = WithAnna();
        ReEncoder encoder = Encoder(file);
        _file.Sql("UPDATE gallery SET calibration = 'nearest+flip'");
        Assert.Contains("changed the gallery's rule in the meantime",
            Assert.Throws<UserErrorException>(() => encoder.Plan(withoutThem: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACropThatIsNotAPictureChangesNothing()
    {
        using GalleryFile file = WithAnna();
        _file.Sql("UPDATE crop SET png = x'00112233'");
        Assert.Contains("A kept crop of anna", Assert.Throws<UserErrorException>(() => Run(file)).Message, StringComparison.Ordinal);
        Assert.Equal(("made", 2), (file.Encoder!.Name, Encodings(file)));
    }

    [Fact]
    public void MoreEncodingsThanTheNewCalibrationSupportsAreRefused()
    {
        using GalleryFile file = WithAnna();
        Thresholds narrow = new(new MatchingOptions(), new CalibrationTable([(1e-5, 0.9), (1e-3, 1.1)]));
        ReEncoder encoder = new(file, new LoadedNetworks(people.Reader, narrow), identifies: false, MadeGalleryFile.Time);
        Assert.Contains("supports 1", Assert.Throws<UserErrorException>(() => encoder.Plan(false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyGalleryHasNothingToEncode()
    {
        using GalleryFile file = _file.Open();
        Assert.Contains("Nobody is enrolled", Assert.Throws<UserErrorException>(() => Run(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReEncodingEqualsANewEnrolmentAndTheChangeBackNeedsNoCrops()
    {
        using FacePipeline weak = TestNetworks.Open("yunet-n", "door-encoder"), strong = TestNetworks.Strong();
        using MadeGalleryFile other = new();
        using GalleryFile file = _file.Open(), enrolledAgain = other.Open();
        KeptFaces.Enrol(file, weak, "adam");
        KeptFaces.Enrol(enrolledAgain, strong, "adam");
        float[] before = Vectors(file, weak);

        Run(file, FacePipelineFactory.WithThresholds(strong, new MatchingOptions()));
        Assert.Equal(Vectors(enrolledAgain, strong), Vectors(file, strong));

        _file.Sql("DELETE FROM crop");
        Assert.Empty(Run(file, FacePipelineFactory.WithThresholds(weak, new MatchingOptions())).Work);
        Assert.Equal(before, Vectors(file, weak));
    }

    [Fact]
    public void ACompositeIsMadeFromTheCropsOfAllItsPartsAndTheChangeBackNeedsNoCrops()
    {
        using FacePipeline strong = TestNetworks.Strong(), both = TestNetworks.Open("yunet-n", "mobilefacenet+face-reid-0095");
        using MadeGalleryFile other = new();
        using GalleryFile file = _file.Open(), enrolledAgain = other.Open();
        KeptFaces.Enrol(file, strong, "adam");
        KeptFaces.Enrol(enrolledAgain, both, "adam");
        float[] before = Vectors(file, strong);

        Run(file, FacePipelineFactory.WithThresholds(both, new MatchingOptions()));
        Assert.Equal(Vectors(enrolledAgain, both), Vectors(file, both));
        Assert.Equal((384, 6), (file.Encoder!.Dimension, file.Encoder.Alignment));

        _file.Sql("DELETE FROM crop");
        Assert.Empty(Run(file, FacePipelineFactory.WithThresholds(strong, new MatchingOptions())).Work);
        Assert.Equal(before, Vectors(file, strong));
    }

    [Theory]
    [InlineData("alignment = 1")]
    [InlineData("alignment = 3")]
    public void WithoutTheCropOfOnePartAPictureCannotBeEncodedByTheComposite(string deleted)
    {
        using FacePipeline both = TestNetworks.Open("yunet-n", "mobilefacenet+face-reid-0095");
        using GalleryFile file = _file.Open();
        KeptFaces.Enrol(file, people.Reader, "adam");
        _file.Sql($"DELETE FROM crop WHERE {deleted} AND picture = (SELECT min(picture) FROM crop)");
        ReEncodingPlan plan = Run(file, FacePipelineFactory.WithThresholds(both, new MatchingOptions()));
        Assert.Equal(["adam (2 of 3)"], plan.Fewer);
        _file.Sql($"""
            DELETE FROM encoding WHERE encoder <> (SELECT id FROM encoder WHERE name = 'door-encoder');
            UPDATE gallery SET active_encoder = (SELECT id FROM encoder WHERE name = 'door-encoder');
            DELETE FROM crop WHERE {deleted};
            """);
        Assert.Contains("no crop", Assert.Throws<UserErrorException>(
            () => Run(file, FacePipelineFactory.WithThresholds(both, new MatchingOptions()))).Message, StringComparison.Ordinal);
    }

    private static float[] Vectors(GalleryFile file, FacePipeline pipeline) => file.Read(EncoderIdentity.Of(pipeline)).Vectors.ToArray();

    private static int Encodings(GalleryFile file) =>
        (int)file.Query(connection => Sqlite.Number(connection, "SELECT count(*) FROM encoding"));

    private GalleryFile WithAnna()
    {
        GalleryFile file = _file.Open();
        file.AddPerson(PersonName.Parse("anna"), false, null, MadeEncodings.Encoder, [KeptFaces.Made(0, 1), KeptFaces.Made(3, 2)],
            TimeSpan.FromDays(30));
        return file;
    }

    private ReEncoder Encoder(GalleryFile file) =>
        new(file, FacePipelineFactory.WithThresholds(people.Reader, new MatchingOptions()), identifies: false, MadeGalleryFile.Time);

    private ReEncodingPlan Run(GalleryFile file, bool withoutThem = false, bool dropsOld = false)
    {
        ReEncoder encoder = Encoder(file);
        ReEncodingPlan plan = encoder.Plan(withoutThem);
        encoder.Run(plan, dropsOld, null);
        return plan;
    }

    private static ReEncodingPlan Run(GalleryFile file, LoadedNetworks networks)
    {
        ReEncoder encoder = new(file, networks, identifies: true, MadeGalleryFile.Time);
        ReEncodingPlan plan = encoder.Plan(withoutThem: false);
        encoder.Run(plan, dropsOld: false, null);
        return plan;
    }
}
