using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Tests the worker while its gallery changes, or a network breaks.</summary>
public sealed class DoorRuntimeDataTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    [Fact]
    public async Task APersonRemovedDuringTheirAttemptIsNoLongerEnrolled()
    {
        await using DoorAtWork door = new(people);
        door.Show("stranger-2/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.5);
        Assert.Null(door.Decision);
        door.ChangeGallery(gallery => gallery.Remove("adam"));
        await door.PassAsync(1);
        Assert.Equal("Denied NoLongerEnrolled", door.Decision);
        Assert.Equal(1, door.Count(DoorEventKind.Denied));
    }

    [Fact]
    public async Task AGalleryReplacedByRenameIsUsed()
    {
        await using DoorAtWork door = new(people);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        string other = door.GalleryFile + ".new";
        people.CopyGalleryTo(other);
        using (GalleryFile gallery = new(other, door.Time))
            gallery.Remove("adam");
        File.Move(other, door.GalleryFile, overwrite: true);
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(1);
        Assert.Equal("Denied UnknownBadge", door.Decision);
        Assert.Equal(2, door.Count(DoorEventKind.GalleryLoaded));
    }

    [Fact]
    public async Task ADamagedGalleryIsAnAlarmAndTheLastGoodOneStays()
    {
        await using DoorAtWork door = new(people);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        string other = door.GalleryFile + ".new";
        byte[] content = File.ReadAllBytes(door.GalleryFile);
        content.AsSpan(4096).Fill(0x55);
        File.WriteAllBytes(other, content);
        File.Move(other, door.GalleryFile, overwrite: true);
        await door.PassAsync(2);
        Assert.Equal(1, door.Count(DoorEventKind.GalleryRefused));
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);

        people.CopyGalleryTo(other);
        File.Move(other, door.GalleryFile, overwrite: true);
        await door.PassAsync(1);
        Assert.Equal(2, door.Count(DoorEventKind.GalleryLoaded));
    }

    [Fact]
    public async Task AGalleryOfAnAbsentEncoderIsAnAlarmAndTheLastGoodOneStays()
    {
        await using DoorAtWork door = new(people);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.ChangeGallery(gallery => gallery.Change((connection, _) => GalleryEncoders.Activate(connection, MadeEncodings.Encoder)));
        await door.PassAsync(25);
        Assert.Contains("names the encoder made, which cannot be used",
            Assert.Single(door.Events, e => e.Kind == DoorEventKind.GalleryRefused).Detail, StringComparison.Ordinal);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
        door.ChangeGallery(gallery =>
            gallery.Change((connection, _) => GalleryEncoders.Activate(connection, EncoderIdentity.Of(people.Reader))));
        await door.PassAsync(1);
        Assert.Equal(2, door.Count(DoorEventKind.GalleryLoaded));
    }

    [Fact]
    [Slow]
    public async Task TheDoorChangesToAnotherEncoderDuringAnAttemptAndBack()
    {
        string models = Shared.Need("models");
        using FacePipeline weak = TestNetworks.Open("yunet-n", "door-encoder"), strong = TestNetworks.Strong();
        using TempFolder folder = new();
        using (GalleryFile gallery = new(folder.File("gallery.db"), TimeProvider.System))
        {
            KeptFaces.Enrol(gallery, weak, "adam");
            gallery.AddBadge("adam", DoorAtWork.AdamsBadge);
        }

        await using DoorAtWork door = new(people, weak, models: [models, Places.BuiltInModels], gallery: folder.File("gallery.db"),
            settings: ["Faces:Detector=yunet-n", "Faces:MinFaceWidth=24"]);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.3);
        door.ChangeGallery(gallery => ReEncode(gallery, strong));
        await door.PassAsync(0.5);
        Assert.Equal("Denied EncoderChanged", door.Decision);

        foreach ((FacePipeline reader, string encoder) in new[] { (weak, "mobilefacenet"), (strong, "door-encoder") })
        {
            await door.PassAsync(10);
            door.Present(DoorAtWork.AdamsBadge);
            await door.PassAsync(3);
            Assert.Equal(("Granted adam", encoder), (door.Decision, door.Events.Last(e => e.Kind == DoorEventKind.Granted).Encoder));
            await door.PassAsync(10);
            door.ChangeGallery(gallery => ReEncode(gallery, reader));
        }

        Assert.Equal(0, door.Count(DoorEventKind.GalleryRefused));
    }

    [Fact]
    public async Task ANetworkThatReturnsNaNDeniesEachAttempt()
    {
        using FacePipeline broken = WithoutNumbers();
        await using DoorAtWork door = new(people, broken);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            door.Present(DoorAtWork.AdamsBadge);
            await door.PassAsync(3);
            Assert.Equal("Denied Fault", door.Decision);
            Assert.Equal(attempt, door.Count(DoorEventKind.Fault));
        }

        Assert.DoesNotContain("relay on", door.Order);
    }

    [Fact]
    public async Task WithoutBadgesABrokenNetworkIsReportedOnceAndNotForEachFrame()
    {
        using FacePipeline broken = WithoutNumbers();
        await using DoorAtWork door = new(people, broken, settings: ["Decisions:Mode=face-only", "Matching:Fpir=1e-2"]);
        door.Show("adam/door-1");
        await door.PassAsync(5);
        Assert.Equal(1, door.Count(DoorEventKind.Fault));
        Assert.Null(door.Decision);
        Assert.DoesNotContain("relay on", door.Order);
    }

    private static void ReEncode(GalleryFile gallery, FacePipeline reader)
    {
        ReEncoder encoder =
            new(gallery, FacePipelineFactory.WithThresholds(reader, new MatchingOptions()), identifies: false, TimeProvider.System);
        encoder.Run(encoder.Plan(withoutThem: false), dropsOld: false, null);
    }

    /// <summary>A network that broke after its self-test: the built-in encoder with a bias of NaN.</summary>
    private static FacePipeline WithoutNumbers()
    {
        CatalogueEntry detector = Catalogue.Embedded.Find(Catalogue.BuiltInDetector),
        encoder = Catalogue.Embedded.Find(Catalogue.BuiltInEncoder);
        byte[] content = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, encoder.File));
        OnnxArray bias = OnnxFile.ReadInitializers(content).Single(array => array.Name == "dense_b");
        OnnxWeights.Change(content, bias, (_, values) => values.Fill(float.NaN));
        return new FacePipeline(
            new FaceDetector(detector, new Network(detector.Id, File.ReadAllBytes(Path.Combine(Places.BuiltInModels, detector.File)))),
            new FaceEncoder(encoder, new Network(encoder.Id, content)), new FaceOptions());
    }
}
