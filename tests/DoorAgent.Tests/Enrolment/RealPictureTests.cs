using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Storage;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;
using OpenCvSharp;

namespace DoorAgent.Tests.Enrolment;

/// <summary>Enrolment on files, with the built-in networks and people.</summary>
public sealed class RealPictureTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();

    public void Dispose()
    {
        _pipeline.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void BadFilesAreReportedAndGoodOnesAreEnrolled()
    {
        Copy("adam/enrol-1.jpg", "01.jpg");
        Copy("adam/enrol-2.jpg", "02.jpg");
        Copy("adam/enrol-1.jpg", "03-again.jpg");
        Copy("nora/enrol-1.jpg", "04-nora.jpg");
        File.WriteAllText(At("05-text.jpg"), "not a picture");
        File.WriteAllBytes(At("06-empty.jpg"), []);
        Write("07-one-pixel.png", new Mat(1, 1, MatType.CV_8UC3, Scalar.White));
        Write("08-grey-wall.png", new Mat(200, 200, MatType.CV_8UC1, new Scalar(128)));
        using Mat adam = Cv2.ImRead(Built("adam/enrol-3.jpg"));
        Write("09-grey.png", adam.CvtColor(ColorConversionCodes.BGR2GRAY));
        Write("10-alpha.png", adam.CvtColor(ColorConversionCodes.BGR2BGRA));
        Write("11-blurred.png", adam.GaussianBlur(new Size(0, 0), 6));
        Write("12-dark.png", adam * 0.12);
        Write("13-small.png", adam.Resize(default, 0.3, 0.3, InterpolationFlags.Area));
        using Mat other = Cv2.ImRead(Built("nora/enrol-2.jpg"));
        using Mat pair = new();
        Cv2.HConcat([adam, other.Resize(adam.Size())], pair);
        Write("14-pair.png", pair.Clone());

        EnrolmentResult enrolled = Judge("adam");

        Assert.Equal(
            "Kept Kept Duplicate AnotherPerson NotAPicture NotAPicture NotAPicture NoFace Kept Kept Blurred TooDark TooSmall SeveralFaces",
            string.Join(' ', enrolled.Findings.Select(finding => finding.Verdict == PictureVerdict.Unusable ? $"{finding.Problem}"
                : $"{finding.Verdict}")));
        Assert.Equal(4, enrolled.Pictures.Count);
    }

    [Fact]
    public void AFolderWithoutPicturesIsAClearError()
    {
        File.WriteAllText(At("readme.txt"), "nothing here");
        Assert.Contains("There is no picture in", Assert.Throws<UserErrorException>(() => PictureFolder.Files(_folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<UserErrorException>(() => PictureFolder.Files(At("nowhere"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AllTwelveBuiltInPeopleAreEnrolledAndNoneLooksLikeAnother()
    {
        using MadeGalleryFile gallery = new();
        using GalleryFile file = gallery.Open();
        Enroller enroller = new(file, _pipeline, FacePipelineFactory.ThresholdsOf(_pipeline, new MatchingOptions()), new PeopleOptions());
        string[] people = [.. Directory.GetDirectories(Places.BuiltInPeople).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith("stranger", StringComparison.Ordinal)).Order()];
        Assert.Equal(12, people.Length);
        foreach (string name in people)
        {
            EnrolmentResult enrolled = enroller.Add(PersonName.Parse(name), PictureFolder.Files(Built(name)), null, false);
            Assert.All(enrolled.Findings, finding => Assert.Equal("ok", finding.Words));
        }

        UserErrorException twin = Assert.Throws<UserErrorException>(() => enroller.Add(PersonName.Parse("eve"),
            PictureFolder.Files(Built("adam")), null, false));
        Assert.Contains("eve looks like adam", twin.Message, StringComparison.Ordinal);
        Assert.Equal(people, file.People.Select(person => person.Name));
    }

    [Fact]
    public void AnUncalibratedPairIsRefusedAndTheMessageNamesACalibratedOne()
    {
        using FacePipeline uncalibrated = TestNetworks.Open("door-detector", "mobilefacenet");
        string why = Assert.Throws<UserErrorException>(() => FacePipelineFactory.ThresholdsOf(uncalibrated, new MatchingOptions())).Message;
        Assert.Contains("It has one with yunet-n: set Faces:Detector.", why, StringComparison.Ordinal);
        Assert.Equal(0.7f, FacePipelineFactory.ThresholdsOf(uncalibrated, new MatchingOptions { Distance = 0.7 }).Verification(3));
    }

    private EnrolmentResult Judge(string name) =>
        new EnrolmentJudge(PictureReading.With(_pipeline, PictureUse.Recognise),
            FacePipelineFactory.ThresholdsOf(_pipeline, new MatchingOptions()), 10)
            .Judge(name, PictureFolder.Files(_folder.Path), [], null, null);

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static string Built(string relative) => Path.Combine(Places.BuiltInPeople, relative);

    private void Copy(string from, string to) => File.Copy(Built(from), At(to));

    private void Write(string name, Mat picture)
    {
        using (picture)
            Cv2.ImWrite(At(name), picture);
    }
}
