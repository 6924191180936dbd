using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

/// <summary>The development set at the default settings with the strong networks: what the liveness check promises.</summary>
public sealed class PadDevTests(ITestOutputHelper output)
{
    // The publisher of these pictures stretched them, says the set's README; its index does not mark them.
    private const string StretchedSource = "RS-FACE";

    [Slow]
    [Fact]
    public void FewPeopleAreRefusedByTheCheckAndFewPicturesPass()
    {
        string folder = Shared.Need("faces/pad-dev");
        Places places = new("", [Shared.Need("models"), Places.BuiltInModels]);
        using FacePipeline pipeline = TestNetworks.Strong();
        LivenessOptions options = new() { Strictness = "-Infinity" };
        using LivenessCheck check = LivenessFactory.Open(places, options);
        PresentationJudge judge = new(
            frame => pipeline.ReadFrame(frame, check.MinFaceWidth), frame => pipeline.ReadPicture(frame, PictureUse.Measure).Face,
            check.Judge, new FaceOptions(), 3);
        PresentationFolder found = PresentationFolder.Open(folder, StretchedSource);
        PadEvaluation stills = new([.. found.Presentations.Where(one => !one.IsClip).Select(judge.Judge)]);
        Dictionary<string, PresentationErrors> errors = stills.Errors(0).ToDictionary(one => one.Class);
        foreach (PresentationErrors one in errors.Values)
            output.WriteLine($"{one.Class}: {one.OfAll} of all, {one.OfJudged} of judged, {one.OfFaces} by the check alone");
        Assert.Equal(LivenessStrength.Full, check.Strength);
        // Of all it is more, because many of these webcam pictures are smaller or more turned than the door takes.
        Assert.True(errors["live"].OfJudged.Rate <= 0.06);
        Assert.True(errors["live"].OfFaces.Rate <= 0.06);
        Assert.True(errors["print"].OfAll.Rate <= 0.03);
        Assert.True(errors["replay"].OfAll.Rate <= 0.11);
        Assert.True(errors["mask"].OfAll.Rate <= 0.45);
        // The check alone, whatever the door refuses before: of the screens more pass than the 11 % that were aimed at.
        Assert.True(errors["print"].OfFaces.Rate <= 0.03);
        Assert.True(errors["replay"].OfFaces.Rate <= 0.13);
        Assert.True(errors["mask"].OfFaces.Rate <= 0.45);
    }
}
