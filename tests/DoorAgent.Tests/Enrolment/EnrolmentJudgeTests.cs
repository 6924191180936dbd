using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Tests.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

/// <summary>The rules, without a network: the name of a file says what the picture shows, in degrees (see
/// <see cref="MadeEncodings"/>).</summary>
public sealed class EnrolmentJudgeTests
{
    // Angles up to 29 degrees are nearer than 0.5.
    private static readonly Thresholds Half = new(new MatchingOptions { Distance = 0.5 }, null);

    [Fact]
    public void GoodPicturesOfOnePersonAreKept()
    {
        EnrolmentResult enrolled = Judge(["0", "10", "20"]);
        Assert.Equal("Kept Kept Kept", Verdicts(enrolled));
        Assert.Equal(3, enrolled.Pictures.Count);
    }

    [Theory]
    [InlineData("dark", PictureVerdict.Unusable, UnusableReason.TooDark)]
    [InlineData("blurred", PictureVerdict.Unusable, UnusableReason.Blurred)]
    [InlineData("small", PictureVerdict.Unusable, UnusableReason.TooSmall)]
    [InlineData("lying", PictureVerdict.Unusable, UnusableReason.NotUpright)]
    [InlineData("squeezed", PictureVerdict.Unusable, UnusableReason.OutOfProportion)]
    [InlineData("masked", PictureVerdict.Unusable, UnusableReason.FaceCovered)]
    [InlineData("drawn", PictureVerdict.Unusable, UnusableReason.UnlikeAFace)]
    [InlineData("turned", PictureVerdict.Unusable, UnusableReason.FaceTurned)]
    [InlineData("several", PictureVerdict.Unusable, UnusableReason.SeveralFaces)]
    [InlineData("nobody", PictureVerdict.Unusable, UnusableReason.NoFace)]
    [InlineData("text", PictureVerdict.NotAPicture, UnusableReason.None)]
    [InlineData("gone", PictureVerdict.NotAPicture, UnusableReason.None)]
    [InlineData("120", PictureVerdict.AnotherPerson, UnusableReason.None)]
    [InlineData("10", PictureVerdict.Duplicate, UnusableReason.None)]
    internal void APictureThatCannotBeUsedHasAFindingAndTheOthersAreKept(string file, PictureVerdict verdict, UnusableReason problem)
    {
        EnrolmentResult enrolled = Judge(["0", "10", file]);
        Assert.Equal((verdict, problem), (enrolled.Findings[2].Verdict, enrolled.Findings[2].Problem));
        Assert.NotEqual(verdict.ToString(), enrolled.Findings[2].Words);
        Assert.Equal(2, enrolled.Pictures.Count);
    }

    [Fact]
    public void WithoutAGoodPictureTheWholeSetIsRefusedWithAllFindings()
    {
        string why = Refusal(["dark", "nobody"]);
        Assert.Contains("Nothing was enrolled for carl: no picture can be used. The gallery is unchanged.", why, StringComparison.Ordinal);
        Assert.Contains("dark: too dark", why, StringComparison.Ordinal);
        Assert.Contains("nobody: no face", why, StringComparison.Ordinal);
    }

    [Fact]
    public void PicturesOfTwoPeopleWithoutAMajorityAreRefused() =>
        Assert.Contains("different people", Refusal(["0", "120"]), StringComparison.Ordinal);

    [Fact]
    public void SomebodyEnrolledUnderAnotherNameIsRefusedWithBothNames()
    {
        string why = Refusal(["85", "90", "95"], Gallery(("dora", [92])));
        Assert.Contains("carl looks like dora", why, StringComparison.Ordinal);
        Assert.Contains("85: looks like dora, who is enrolled (distance 0.122)", why, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereLookAlikesAreNotRefusedTheyAreSeparatedIfThatTellsThemApart()
    {
        Gallery everybody = Gallery(("dora", [0, 10]));
        Separator separator = new(_ => [MadeEncodings.Picture(0, 1), MadeEncodings.Picture(10, 2)], Half, 0.1);
        EnrolmentJudge separating = new(Read, Half, 10, separator: separator);
        string[] files = ["28", "33", "38"];
        Assert.Contains("looks like dora", Refusal(files, everybody), StringComparison.Ordinal);
        EnrolmentResult enrolled = separating.Judge("carl", files, [], everybody, null);
        (string name, float distance) = Assert.Single(enrolled.Separated);
        Assert.Equal("dora", name);
        Assert.Equal(2 * Math.Sin(9 * Math.PI / 180), distance, 1e-3);
        Assert.Equal("Kept Kept Kept", Verdicts(enrolled));
        Assert.Contains("looks like dora: the two get a stricter rule", enrolled.Findings[0].Words, StringComparison.Ordinal);
        Assert.Contains("a stricter rule does not tell them apart", Assert.Throws<UserErrorException>(
            () => separating.Judge("carl", ["3", "8", "13"], [], everybody, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASeparatedPersonMayAddPicturesThatAreNearerToTheirOwn()
    {
        Gallery everybody = Gallery(("carl", [28]), ("dora", [0, 10])).Separated(new SeparatedPair(1, 2, 0.3f));
        Assert.Equal("Kept", Verdicts(Judge(["32"], [MadeEncodings.Picture(28, 200)], everybody)));
        Assert.Contains("looks like dora", Refusal(["12"], everybody, [MadeEncodings.Picture(28, 200)]), StringComparison.Ordinal);
    }

    [Fact]
    public void ASeparatedPersonMayStillLookLikeAThirdOne()
    {
        Gallery everybody = Gallery(("carl", [28]), ("dora", [35]), ("emil", [20])).Separated(new SeparatedPair(1, 2, 0.3f));
        Assert.Contains("looks like emil", Refusal(["31"], everybody, [MadeEncodings.Picture(28, 200)]), StringComparison.Ordinal);
        Assert.Equal("Kept", Verdicts(Judge(["31"], [MadeEncodings.Picture(28, 200)],
            Gallery(("carl", [28]), ("dora", [35]), ("emil", [120])).Separated(new SeparatedPair(1, 2, 0.3f)))));
    }

    [Fact]
    public void APersonIsSeparatedFromEverybodyWhomTheDoorCannotTellApart()
    {
        Gallery everybody = Gallery(("dora", [0, 10]), ("emil", [62, 66]), ("fred", [180]));
        Separator separator = new(name => name == "dora" ? [MadeEncodings.Picture(0, 1), MadeEncodings.Picture(10, 2)]
            : [MadeEncodings.Picture(62, 3), MadeEncodings.Picture(66, 4)], Half, 0.1);
        EnrolmentJudge separating = new(Read, Half, 10, separator: separator);
        EnrolmentResult enrolled = separating.Judge("carl", ["28", "33", "35"], [], everybody, null);
        Assert.Equal(["dora", "emil"], enrolled.Separated.Select(pair => pair.Name));
    }

    [Fact]
    public void OnePictureThatLooksLikeSomebodyElseIsLeftOut()
    {
        EnrolmentResult enrolled = Judge(["0", "10", "25"], everybody: Gallery(("dora", [50]), ("emil", [180])));
        Assert.Equal("Kept Kept LooksLike", Verdicts(enrolled));
    }

    [Fact]
    public void ASimilarPictureThatMorePicturesCanTellApartIsKeptWithANote()
    {
        // One encoding: 0.5. Ten: 0.3.
        Thresholds thresholds = new(new MatchingOptions { Fmr = 1e-4 }, new CalibrationTable([(1e-5, 0.3), (1e-4, 0.5)]));
        EnrolmentResult enrolled = new EnrolmentJudge(Read, thresholds, 10).Judge("carl", ["0", "2"], [],
            Gallery(("dora", [24]), ("emil", [-120])), null);
        Assert.Equal("Kept Kept", Verdicts(enrolled));
        Assert.StartsWith("ok, but similar to dora (distance 0.416)", enrolled.Findings[0].Words, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => new EnrolmentJudge(Read, thresholds, 10).Judge("carl", ["10", "12"], [],
            Gallery(("dora", [24])), null));
    }

    [Fact]
    public void APersonMayLookLikeThemselves()
    {
        EnrolmentResult enrolled = Judge(["5"], [MadeEncodings.Picture(0, 200)], Gallery(("CARL", [0])));
        Assert.Equal("Kept", Verdicts(enrolled));
        Assert.Equal(2, enrolled.Pictures.Count);
    }

    [Fact]
    public void NewPicturesMustShowThePersonOfTheOldOnes() =>
        Assert.Contains("another person", Refusal(["120", "121", "122"], null, [MadeEncodings.Picture(0, 200)]), StringComparison.Ordinal);

    [Fact]
    public void OnlyTheMostDifferentPicturesAreKeptUpToTheLimit()
    {
        EnrolmentResult enrolled = Judge(["0", "1", "2", "14", "28"], most: 3);
        Assert.Equal("Kept LeftOut LeftOut Kept Kept", Verdicts(enrolled));
        Assert.Contains("at most 3", enrolled.Findings[1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void WithTooFewGoodPicturesTheWholeSetIsRefused()
    {
        Assert.Equal(2, new EnrolmentJudge(Read, Half, 10, least: 2).Judge("carl", ["0", "10", "dark"], [], null, null).Pictures.Count);
        Assert.Contains("only 2 can be used, and at least 3 are needed", Assert.Throws<UserErrorException>(
            () => new EnrolmentJudge(Read, Half, 10, least: 3).Judge("carl", ["0", "10", "dark"], [], null, null)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void OldPicturesAreReplacedByMoreDifferentOnesAndCounted()
    {
        EnrolmentResult enrolled = Judge(["28"], [MadeEncodings.Picture(0, 200), MadeEncodings.Picture(1, 201)], most: 2);
        Assert.Equal("Kept", Verdicts(enrolled));
        Assert.Equal(1, enrolled.Dropped);
        Assert.Equal(2, enrolled.Pictures.Count);
    }

    [Fact]
    public void MorePicturesThanTheCalibrationSupportsAreRefusedNowAndNotAtTheNextStart()
    {
        Thresholds narrow = new(new MatchingOptions(), new CalibrationTable([(4e-6, 0.9), (1e-3, 1.1)]));
        Assert.Contains("supports 2", Assert.Throws<UserErrorException>(
            () => new EnrolmentJudge(Read, narrow, 10).Judge("carl", ["0", "10", "20"], [], null, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressReportsEveryPicture()
    {
        List<int> told = [];
        new EnrolmentJudge(Read, Half, 10).Judge("carl", ["0", "dark", "10"], [], null, new Teller(told));
        Assert.Equal([1, 2, 3], told);
    }

    private static EnrolmentResult Judge(string[] files, EnrolledPicture[]? existing = null, Gallery? everybody = null, int most = 10) =>
        new EnrolmentJudge(Read, Half, most).Judge("carl", files, existing ?? [], everybody, null);

    private static string Refusal(string[] files, Gallery? everybody = null, EnrolledPicture[]? existing = null) =>
        Assert.Throws<UserErrorException>(() => Judge(files, existing, everybody)).Message;

    private static string Verdicts(EnrolmentResult enrolled) => string.Join(' ', enrolled.Findings.Select(finding => finding.Verdict));

    private static PictureReading Read(string file)
    {
        byte[] digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(file));
        Face face = new(new FaceBox(0, 0, 31, 40), 0.9f, default);
        return file switch
        {
            "dark" => new(digest, new FaceReading(UnusableReason.TooDark, face, 1, null, 0)),
            "blurred" => new(digest, new FaceReading(UnusableReason.Blurred, face, 1, null, 0)),
            "small" => new(digest, new FaceReading(UnusableReason.TooSmall, face, 0, null, 0)),
            "lying" => new(digest, new FaceReading(UnusableReason.NotUpright, face, 1, null, 0)),
            "squeezed" => new(digest, new FaceReading(UnusableReason.OutOfProportion, face, 1, null, 0)),
            "masked" => new(digest, new FaceReading(UnusableReason.FaceCovered, face, 1, null, 0)),
            "drawn" => new(digest, new FaceReading(UnusableReason.UnlikeAFace, face, 1, null, 0)),
            "turned" => new(digest, new FaceReading(UnusableReason.FaceTurned, face, 1, null, 0)),
            "several" => new(digest, new FaceReading(UnusableReason.SeveralFaces, face, 2, null, 0)),
            "nobody" => new(digest, new FaceReading(UnusableReason.NoFace, null, 0, null, 0)),
            "text" => throw new InvalidDataException("text is not a picture that can be read"),
            "gone" => throw new FileNotFoundException("gone is not there"),
            _ => new(digest, new FaceReading(UnusableReason.None, face, 1,
                MadeEncodings.At(double.Parse(file, System.Globalization.CultureInfo.InvariantCulture)), 1)),
        };
    }

    private static Gallery Gallery(params (string Name, double[] Angles)[] people) =>
        TestGallery.Of([.. people.Select(person => person.Angles)]).Named([.. people.Select(person => person.Name)]);

    private sealed class Teller(List<int> told) : IProgress<int>
    {
        public void Report(int value) => told.Add(value);
    }
}
