using System.Globalization;
using System.Text;
using System.Text.Json;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

/// <summary>The pictures of the seed document: its twelve people, its six camera pictures, and its impostor.</summary>
public sealed class SeedFacesTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryCameraPictureFindsItsOwnerAndBenoitOnKiansCardIsRefused()
    {
        string folder = Shared.Need("faces/seed");
        (string[] people, Dictionary<string, string> owners) = Notebook();
        using FacePipeline pipeline = TestNetworks.Strong();
        Frame frame = new();
        FaceEncoding[][] encodings = [.. people.Select(name => new[] { pipeline.Encode(Portrait(folder, name), frame) })];
        Gallery gallery = TestGallery.Of(encodings, pipeline.Dimension).Named(people);
        MatchingOptions options = new();
        PictureMatcher question = new(gallery, PictureReading.With(pipeline, PictureUse.Measure),
            FacePipelineFactory.ThresholdsOf(pipeline, options), options, _ => null);
        output.WriteLine(Table(gallery, people, owners, picture => pipeline.Encode(Path.Combine(folder, picture), frame)));

        foreach ((string picture, string owner) in owners)
        {
            PictureMatch verified = question.Verify(owner, Path.Combine(folder, picture));
            Assert.Equal(($"It's {owner}, welcome in!", true), (verified.Words, verified.Opens));
            Assert.Equal(1.021f, verified.Match.Threshold, 1e-3f);
            PictureMatch identified = question.Identify(Path.Combine(folder, picture));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{picture}: {identified.Words} nearest {identified.Person.Name} {identified.Match.Distance:0.000} of "
                    + $"{identified.Match.Threshold:0.000}, next {identified.Match.SecondDistance:0.000}"));
            Assert.Equal($"It's {owner}, welcome in!", identified.Words);
        }

        PictureMatch impostor = question.Verify("kian", Path.Combine(folder, "camera_2.jpg"));
        Assert.Equal("It's not kian, please go away", impostor.Words);
        Assert.False(impostor.Opens);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheTwelvePeopleAreEnrolledWithOnePictureEachInAnyOrder(bool isReversed)
    {
        string folder = Shared.Need("faces/seed");
        string[] people = Notebook().People;
        using FacePipeline pipeline = TestNetworks.Strong();
        using MadeGalleryFile made = new();
        using GalleryFile gallery = made.Open();
        Enroller enroller = new(gallery, pipeline, FacePipelineFactory.ThresholdsOf(pipeline, new MatchingOptions()), new PeopleOptions());
        foreach (string name in isReversed ? people.Reverse() : people)
        {
            EnrolmentResult enrolled = enroller.Add(PersonName.Parse(name), [Portrait(folder, name)], null, false);
            output.WriteLine($"{name}: {enrolled.Findings[0].Words}");
        }

        Assert.Equal(people.Order(StringComparer.Ordinal), gallery.People.Select(person => person.Name));
    }

    private static string Portrait(string folder, string name) => Directory.GetFiles(folder, name + ".*").Single();

    private static (string[] People, Dictionary<string, string> Owners) Notebook()
    {
        using JsonDocument notebook = JsonDocument.Parse(File.ReadAllText(Shared.Need("vectors/seed-notebook.json")));
        JsonElement root = notebook.RootElement;
        Dictionary<string, string> owners = new() { ["camera_0.jpg"] = "younes", ["camera_1.jpg"] = "bertrand" };
        foreach (JsonProperty other in root.GetProperty("who_is_in_the_other_pictures").EnumerateObject())
            owners[other.Name] = other.Value.GetString()!;
        return ([.. root.GetProperty("people").EnumerateArray().Select(name => name.GetString()!)], owners);
    }

    private static string Table(Gallery gallery, string[] people, Dictionary<string, string> owners, Func<string, FaceEncoding> encode)
    {
        FaceEncoding[] cameras = [.. owners.Keys.Select(encode)];
        StringBuilder table = new(
            $"{"",-12}{string.Concat(owners.Select(pair => $"{pair.Key[..8],10}"))}\n{"",-12}{string.Concat(owners.Values.Select(name => $"{name,10}"))}\n");
        for (int i = 0; i < people.Length; i++)
            table.AppendLine(CultureInfo.InvariantCulture,
                $"{people[i],-12}{string.Concat(cameras.Select(camera => string.Create(CultureInfo.InvariantCulture, $"{gallery.DistanceTo(gallery.People[i], camera),10:0.000}")))}");
        return table.ToString();
    }
}
