using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

/// <summary>The rule of comparison that a gallery names, and the templates that are made when the gallery is read.</summary>
public sealed class GalleryRulesTests : IDisposable
{
    private static readonly ComparisonRule Centred = ComparisonRule.Nearest with { IsCentred = true };

    private readonly MadeGalleryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void AnEmptyGalleryHasNoRuleAndTheFirstEnrolmentChoosesOne()
    {
        using GalleryFile file = _file.Open();
        Assert.Null(file.Rule);
        Add(file, "anna", Mean, 0, 20);
        Assert.Equal(Mean, file.Rule);
        Add(file, "bert", ComparisonRule.Nearest, 90);
        Assert.Equal(Mean, file.Rule);
    }

    [Fact]
    public void AGalleryThatBecameEmptyChoosesAnewAndForgetsItsCentre()
    {
        using GalleryFile file = _file.Open();
        Add(file, "anna", Mean, 0);
        file.Change((connection, now) => GalleryCentres.Write(connection, Centre(0), 20, now));
        file.Remove("anna");
        Assert.Null(file.Rule);
        Add(file, "bert", ComparisonRule.Nearest, 90);
        Assert.Equal(ComparisonRule.Nearest, file.Rule);
        Assert.Null(file.Centre);
    }

    [Fact]
    public void OtherPicturesOfTheOnlyPersonLeaveRuleAndCentreAsTheyAre()
    {
        using GalleryFile file = _file.Open();
        Add(file, "anna", ComparisonRule.Nearest, 0);
        file.Change((connection, now) =>
        {
            GalleryCentres.Write(connection, Centre(0, 90), 20, now);
            GalleryRules.Write(connection, Centred);
        });
        file.ReplacePictures("anna", MadeEncodings.Encoder, file.PicturesOf("anna"), [MadeEncodings.Picture(10, 2)], default, Centred);
        Gallery read = file.Read(MadeEncodings.Encoder);
        Assert.Equal((Centred, 1), (read.Rule, read.EncodingCount));
        Assert.Equal(Centre(0, 90).Vector.ToArray(), read.Centre!.Vector.ToArray());
    }

    [Fact]
    public void AGalleryThatBecameEmptyDuringAnEnrolmentTakesTheRuleWithoutTheLostCentre()
    {
        using GalleryFile file = _file.Open();
        Add(file, "anna", Mean, 0);
        file.Change((connection, now) => GalleryCentres.Write(connection, Centre(0), 20, now));
        file.Remove("anna");
        Add(file, "bert", Mean with { IsCentred = true }, 90);
        Assert.Equal(Mean, file.Read(MadeEncodings.Encoder).Rule);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AGalleryOfAnEarlierFormatIsComparedWithEachEncodingBeforeAndAfterItsUpgrade(int format)
    {
        OldGallery.Make(_file.Path, format);
        Assert.Equal((ComparisonRule.Nearest, ComparisonRule.Nearest), (_file.Read().Rule, GalleryRules.ActiveRule(_file.Path)));
        using GalleryFile file = _file.Open();
        file.SetEnabled("anna", false);
        Assert.Equal("nearest", file.Query(connection => Sqlite.Scalar(connection, "SELECT calibration FROM gallery")));
        Assert.Equal(ComparisonRule.Nearest, file.Rule);
    }

    [Fact]
    public void ARuleOfANewerVersionIsRefusedAndNamed()
    {
        _file.Add("anna", null, 0);
        _file.Sql("UPDATE gallery SET calibration = 'nearest+infrared'");
        string why = Assert.Throws<UserErrorException>(() => _file.Read()).Message;
        Assert.Contains("'nearest+infrared', which this dooragent does not know", why, StringComparison.Ordinal);
        Assert.Contains("Update dooragent", why, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEncoderWithoutARuleIsInvalidContent()
    {
        _file.Add("anna", null, 0);
        _file.Sql("UPDATE gallery SET calibration = NULL");
        Assert.Contains("names an encoder and no rule of comparison", Assert.Throws<UserErrorException>(() => _file.Read()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AMeanIsOneTemplateAndStandsInTheMiddle()
    {
        using GalleryFile file = _file.Open();
        Add(file, "anna", Mean, 0, 20);
        Add(file, "bert", Mean, 90);
        Gallery read = file.Read(MadeEncodings.Encoder);
        Assert.Equal([1, 1], read.People.Select(person => person.EncodingCount));
        Assert.Equal(0, read.DistanceTo(read.People[0], MadeEncodings.At(10)), 0.001f);
        Assert.Equal(2, read.EncodingCount);
        Assert.Equal("revision 2, people 2, templates 2 (made, mean encoding)", read.ToString());
        Assert.Equal(3, file.Read(MadeEncodings.Encoder, ComparisonRule.Nearest).EncodingCount);
    }

    [Fact]
    public void EncodingsThatCancelEachOtherOutAreRefusedAsInvalidContent()
    {
        using GalleryFile file = _file.Open();
        Add(file, "anna", Mean, 0, 180);
        Assert.Contains("cancel each other out", Assert.Throws<UserErrorException>(() => file.Read(MadeEncodings.Encoder)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ACentredGalleryWithoutItsCentreIsRefusedWithTheCommands()
    {
        _file.Add("anna", null, 0);
        _file.Sql("UPDATE gallery SET calibration = 'nearest+centred'");
        string why = Assert.Throws<UserErrorException>(() => _file.Read()).Message;
        Assert.Contains("'dooragent calibrate --centre'", why, StringComparison.Ordinal);
        Assert.Contains("'dooragent calibrate --centre none'", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zeroblob(60)", "has 15 numbers")]
    [InlineData("(SELECT vector FROM encoding LIMIT 1)", "longer than half a unit")]
    [InlineData("x'0000C07F' || zeroblob(60)", "not finite")]
    public void ACentreThatNoSiteCanHaveIsRefused(string vector, string words)
    {
        _file.Add("anna", null, 0);
        _file.Sql($"INSERT INTO centre (encoder, vector, people, added) VALUES (1, CAST({vector} AS BLOB), 20, ''); "
            + "UPDATE gallery SET calibration = 'nearest+centred'");
        Assert.Contains(words, Assert.Throws<UserErrorException>(() => _file.Read()).Message, StringComparison.Ordinal);
    }

    // Centring commutes with storing: whether encodings are centred before they are stored, or when they are read, the door compares alike.
    [Fact]
    public void CentringAtReadingEqualsCentringBeforeStoring()
    {
        Random random = new(21);
        for (int round = 0; round < 20; round++)
        {
            double[][] people = [.. Enumerable.Range(0, 5).Select(_ =>
                Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.NextDouble() * 120).ToArray())];
            EncodingCentre centre = Centre([.. people.SelectMany(angles => angles)]);
            ComparisonRule rule = Centred with { Template = (TemplateKind)random.Next(3) };
            using MadeGalleryFile raw = new(), stored = new();
            foreach ((double[] angles, int i) in people.Select((angles, i) => (angles, i)))
            {
                raw.Add($"person {i}", null, angles);
                using GalleryFile before = stored.Open();
                before.AddPerson(PersonName.Parse($"person {i}"), false, null, MadeEncodings.Encoder, [.. angles.Select((angle, k) =>
                    MadeEncodings.Picture(angle, (byte)(k + 1)) with { Encoding = centre.Apply(MadeEncodings.At(angle)) })]);
            }

            using GalleryFile one = raw.Open(), other = stored.Open();
            Gallery atReading = one.Read(MadeEncodings.Encoder, rule, centre);
            Gallery beforeStoring = other.Read(MadeEncodings.Encoder, rule with { IsCentred = false });
            FaceEncoding probe = MadeEncodings.At(random.NextDouble() * 360);
            foreach ((Person a, Person b) in atReading.People.Zip(beforeStoring.People))
                Assert.Equal(beforeStoring.DistanceTo(b, centre.Apply(probe)), atReading.DistanceTo(a, probe), 1e-5f);
        }
    }

    [Fact]
    public void TheStoredCentreIsUsedUntilAnotherIsWritten()
    {
        using GalleryFile file = _file.Open();
        Add(file, "anna", ComparisonRule.Nearest, 0);
        Add(file, "bert", ComparisonRule.Nearest, 90);
        Switch(Centre(0, 90), Centred);
        float both = Distance();
        Add(file, "carl", Centred, 180);
        Assert.Equal(both, Distance());
        Switch(Centre(0, 90, 180), Centred);
        Assert.NotEqual(both, Distance());

        void Switch(EncodingCentre centre, ComparisonRule rule) => file.Change((connection, now) =>
        {
            GalleryCentres.Write(connection, centre, 20, now);
            GalleryRules.Write(connection, rule);
        });

        float Distance()
        {
            Gallery read = file.Read(MadeEncodings.Encoder);
            return read.DistanceTo(read.People[0], MadeEncodings.At(30));
        }
    }

    [Fact]
    public void EncodingsWithMirrorImagesAreNotAddedToAGalleryWithout()
    {
        using GalleryFile file = _file.Open();
        Add(file, "anna", ComparisonRule.Nearest, 0);
        string why = Assert.Throws<UserErrorException>(
            () => Add(file, "bert", ComparisonRule.Nearest with { Flip = FlipUse.Both }, 90)).Message;
        Assert.Contains("without mirror images, and the new ones were made with mirror images", why, StringComparison.Ordinal);
        Assert.Single(file.People);
    }

    [Fact]
    public void AGalleryOfAnotherRuleOrCentreIsAnother()
    {
        Gallery plain = TestGallery.Of([0]);
        Assert.True(plain.IsSameAs(plain.Under(ComparisonRule.Nearest)));
        Assert.False(plain.IsSameAs(plain.Under(Mean)));
        Assert.False(plain.Under(Centred, Centre(0)).IsSameAs(plain.Under(Centred, Centre(10))));
    }

    private static ComparisonRule Mean { get; } = ComparisonRule.Nearest with { Template = TemplateKind.Mean };

    private static EncodingCentre Centre(params double[] angles) => EncodingCentre.Of(
        [.. angles.SelectMany(angle => MadeEncodings.At(angle).Vector.ToArray())], MadeEncodings.Dimension,
        [.. Enumerable.Range(0, angles.Length)]);

    private static void Add(GalleryFile file, string name, ComparisonRule rule, params double[] angles) => file.AddPerson(
        PersonName.Parse(name), false, null, MadeEncodings.Encoder,
        [.. angles.Select((angle, i) => MadeEncodings.Picture(angle, (byte)(i + 1)))], rule: rule);
}
