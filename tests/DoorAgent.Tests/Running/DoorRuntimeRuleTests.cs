using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>A running door follows a change of the rule of comparison in the gallery file.</summary>
public sealed class DoorRuntimeRuleTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private static readonly ComparisonRule Mean = ComparisonRule.Nearest with { Template = TemplateKind.Mean };

    [Fact]
    public async Task AnotherRuleIsFollowedWithinASecondAndEndsAnAttempt()
    {
        await using DoorAtWork door = new(people, settings: ["Matching:Distance=1.0"]);
        door.Show("stranger-1/door-1");
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.6);
        door.ChangeGallery(gallery => gallery.Change((connection, _) => GalleryRules.Write(connection, Mean)));
        await door.PassAsync(1);
        Assert.Equal("Denied EncoderChanged", door.Decision);
        Assert.EndsWith("(door-encoder, mean encoding)", door.Events.Last(e => e.Kind == DoorEventKind.GalleryLoaded).Detail,
            StringComparison.Ordinal);
        door.Show("adam/door-1");
        await door.PassAsync(3);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
    }

    [Fact]
    public async Task ARuleWithoutACalibrationIsRefusedAndTheLastGoodGalleryStaysInUse()
    {
        CatalogueEntry encoder = Catalogue.Embedded.Find(Catalogue.BuiltInEncoder);
        ComparisonRule unknown = ComparisonRule.All.Last(
            rule => encoder.CalibrationOf(Catalogue.BuiltInDetector, rule) is null && !rule.IsCentred);
        await using DoorAtWork door = new(people);
        door.ChangeGallery(gallery => gallery.Change((connection, _) => GalleryRules.Write(connection, unknown)));
        await door.PassAsync(1);
        string why = door.Events.Single(e => e.Kind == DoorEventKind.GalleryRefused).Detail!;
        Assert.Contains($"The gallery names the rule of comparison {unknown.Name}, which cannot be used.", why, StringComparison.Ordinal);
        Assert.Contains("'dooragent people rule nearest' changes a gallery that names this rule", why, StringComparison.Ordinal);
        door.Show("adam/door-1");
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);

        door.ChangeGallery(gallery => gallery.Change((connection, _) => GalleryRules.Write(connection, ComparisonRule.Nearest)));
        await door.PassAsync(1);
        Assert.Equal(2, door.Count(DoorEventKind.GalleryLoaded));
    }

    [Fact]
    public async Task ARuleOfANewerProgramIsRefusedAndNamed()
    {
        await using DoorAtWork door = new(people);
        door.ChangeGallery(gallery => gallery.Change((connection, _) =>
            Sqlite.Run(connection, "UPDATE gallery SET calibration = 'nearest+infrared'")));
        await door.PassAsync(1);
        Assert.Contains("'nearest+infrared', which this dooragent does not know",
            door.Events.Single(e => e.Kind == DoorEventKind.GalleryRefused).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheCentreOfTheSiteIsFollowedAndADistanceAroundItDecides()
    {
        await using DoorAtWork door = new(people, settings: ["Matching:Distance=1.0"]);
        door.Show("adam/door-1");
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        float before = door.Events.Last(e => e.Kind == DoorEventKind.Granted).Distance!.Value;
        await door.PassAsync(60);
        door.ChangeGallery(gallery => gallery.Change((connection, now) =>
        {
            EncodingCentre centre = EncodingCentre.Of(gallery.PicturesOf("adam")[0].Encoding.Vector, people.Reader.Dimension, [0]);
            GalleryCentres.Write(connection, centre, 20, now);
            GalleryRules.Write(connection, ComparisonRule.Nearest with { IsCentred = true });
        }));
        await door.PassAsync(1);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
        // Around half of their own encoding, all distances to a person grow.
        Assert.True(door.Events.Last(e => e.Kind == DoorEventKind.Granted).Distance > before);
    }
}
