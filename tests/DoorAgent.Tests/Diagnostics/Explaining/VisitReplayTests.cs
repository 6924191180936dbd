using DoorAgent.Decisions;
using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Frames;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Schedules;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics.Explaining;

/// <summary>Tests that a visit is explained as the door decides: each visit is played at the production worker too.</summary>
public sealed class VisitReplayTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private const int Many = 40;

    [Fact]
    public async Task TheRightFaceAfterTheBadgeIsGranted()
    {
        using MadeVisit visit = MadeVisit.Of("adam/door-1", Many);
        VisitTrace trace = await PlayedAsTheDoorDoesAsync(visit, Off);
        Assert.True(trace.Opens);
        Assert.Equal([1, 2, 3],
            trace.Frames.Where(frame => frame.Account?.Use == FrameUse.Matched).Select(frame => frame.Account!.Agreeing));
        Assert.Contains("agreed on adam", Words(trace), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMistakenFaceIsExplainedByTheDistance()
    {
        using MadeVisit visit = MadeVisit.Of("nora/door-1", Many);
        VisitTrace trace = await PlayedAsTheDoorDoesAsync(visit, Off);
        Assert.Equal(DenyReason.FaceNotMatched, trace.Decision!.Reason);
        Assert.Equal("nora", trace.Deciding.Nearest[0].Name);
        Assert.Contains("ended after 15 comparisons", Words(trace), StringComparison.Ordinal);
    }

    [Fact]
    public void AShortVisitEndsByItsTime()
    {
        using MadeVisit visit = MadeVisit.Of("nora/door-1", 9);
        VisitTrace trace = Play(visit, Off);
        Assert.Equal(DenyReason.FaceNotMatched, trace.Decision!.Reason);
        Assert.Contains("ended by its time, 10 s", Words(trace), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADarkVisitIsExplainedByItsLight()
    {
        using MadeVisit visit = MadeVisit.Of("adam/door-1", Many, frame =>
        {
            foreach (ref byte value in frame.Pixels)
                value /= 6;
        });
        VisitTrace trace = await PlayedAsTheDoorDoesAsync(visit, Off, seconds: 12);
        Assert.Equal(DenyReason.TooDark, trace.Decision!.Reason);
        Assert.Equal(Many, trace.Count(FrameUse.Unusable));
        Assert.Contains("40 too dark", Words(trace), StringComparison.Ordinal);
        Assert.False(Assert.Single(FaceMeasure.Of(trace.Deciding.Quality!.Value, new FaceOptions(), 0),
            measure => measure.Name == "brightness").Passes);
    }

    [Fact]
    public void ATurnedVisitIsExplainedByTheTurn()
    {
        // A drawn head turns less far than the usual limit.
        using FacePipeline strict = FacePipelineFactory.Open(
            TestNetworks.BuiltInOnly, new FaceOptions { MaxTurn = 0.22 }, Catalogue.BuiltInEncoder);
        using MadeVisit visit = MadeVisit.Presented(people.Reader, "emil/door-1", Presentation.Turn, Many, TurnDirection.Left);
        visit.Keep(frame => strict.ReadFrame(frame).Problem == UnusableReason.FaceTurned);
        Assert.NotEmpty(visit.Pictures);
        VisitTrace trace = Play(visit, Off, pipeline: strict);
        Assert.Equal(DenyReason.FaceTurned, trace.Decision!.Reason);
        Assert.Contains("turned too far", Words(trace), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APictureOnPaperIsExplainedByTheCueThatFails()
    {
        using MadeVisit visit = MadeVisit.Presented(people.Reader, "adam/door-1", Presentation.Print, Many);
        VisitTrace trace = await PlayedAsTheDoorDoesAsync(visit, Cues, "Liveness:Mode=cues");
        Assert.Equal(DenyReason.SpoofSuspected, trace.Decision!.Reason);
        Assert.False(trace.Liveness!.Verdict.IsLive);
        Assert.Contains("FAILS", Words(trace), StringComparison.Ordinal);
    }

    [Fact]
    public void AFrozenVisitIsExplainedByTheCamera()
    {
        using MadeVisit visit = MadeVisit.Of("adam/door-1", 1);
        Frame frame = new();
        visit.Pictures[0].Read(frame);
        for (int i = 0; i < Many; i++)
            visit.Add(frame);
        VisitTrace trace = Play(visit, Off);
        Assert.Equal(DenyReason.CameraFault, trace.Decision!.Reason);
        Assert.Contains(trace.Events, raised => raised.Detail?.Contains("the picture is frozen", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task ACameraThatFreezesDuringTheVisitEndsTheAttempt()
    {
        using MadeVisit visit = MadeVisit.Of("nora/door-1", 3);
        Frame frame = new();
        visit.Pictures[2].Read(frame);
        for (int i = 0; i < Many; i++)
            visit.Add(frame);
        VisitTrace trace = await PlayedAsTheDoorDoesAsync(visit, Off);
        Assert.Equal(DenyReason.CameraFault, trace.Decision!.Reason);
    }

    [Fact]
    public void APersonWhoTurnsIsGrantedWhicheverSideTheDoorWouldDraw()
    {
        // The built-in detector sees some turned heads as nearly frontal.
        using FacePipeline strong = TestNetworks.Strong();
        using MadeVisit visit = MadeVisit.Presented(strong, "nora/door-1", Presentation.Turn, 45, TurnDirection.Right, askedAfter: 6);
        LivenessOptions liveness = new() { Mode = LivenessOptions.Cues, Challenge = LivenessOptions.Always };
        VisitTrace trace = Play(visit, liveness, claimed: "nora", pipeline: strong);
        Assert.True(trace.Opens, Words(trace, "nora"));
        Assert.Equal("right", trace.TurnAsked!.Detail);
    }

    [Fact]
    public void OnePictureCountsAsAFaceThatStays()
    {
        using MadeVisit visit = MadeVisit.Of("adam/door-1", 1);
        VisitTrace trace = Play(visit, Off);
        Assert.True(trace.Opens);
        Assert.Equal(3, trace.Count(FrameUse.Matched));
        Assert.True(Play(visit, Off, claimed: "nora").Decision is { Reason: DenyReason.FaceNotMatched });
    }

    [Fact]
    public void OnePictureCannotAnswerARequestToTurn()
    {
        using MadeVisit visit = MadeVisit.Of("adam/door-1", 1);
        VisitTrace trace = Play(visit, new LivenessOptions { Mode = LivenessOptions.Cues, Challenge = LivenessOptions.Always });
        Assert.Null(trace.Decision);
        Assert.Contains("which one picture cannot show",
            new VisitWords(trace, "adam", new DecisionOptions(), _ => "adam").Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void APersonOutsideTheirHoursIsDeniedWhateverTheFace()
    {
        using MadeVisit visit = MadeVisit.Of("adam/door-1", 10);
        VisitTrace trace = Play(visit, Off, refusal: new Refusal(DenyReason.OutsideSchedule, "office"));
        Assert.Equal(DenyReason.OutsideSchedule, trace.Decision!.Reason);
        Assert.All(trace.Frames, frame => Assert.Null(frame.Account));
        Assert.Equal("adam", trace.Deciding.Nearest[0].Name);
    }

    private static LivenessOptions Off => new() { Mode = LivenessOptions.Off };

    private static LivenessOptions Cues => new() { Mode = LivenessOptions.Cues };

    private static string Words(VisitTrace trace, string claimed = "adam") =>
        string.Join('\n', new VisitWords(trace, claimed, new DecisionOptions(), _ => claimed).Path);

    /// <summary>Plays a visit after adam's badge, and checks that the production worker decides alike.</summary>
    private async Task<VisitTrace> PlayedAsTheDoorDoesAsync(
        MadeVisit visit, LivenessOptions liveness, string settings = "Liveness:Mode=off", double seconds = 8)
    {
        VisitTrace trace = Play(visit, liveness);
        await using DoorAtWork door = new(people, settings: settings);
        await door.PassAsync(1);
        door.Present(DoorAtWork.AdamsBadge);
        door.Show(visit.Folder, noise: 0);
        await door.PassAsync(seconds);
        DoorEvent decided = door.Events.First(raised => raised.Kind is DoorEventKind.Granted or DoorEventKind.Denied);
        Assert.Equal(
            (decided.Kind, decided.Reason, decided.PersonId), (trace.Decision!.Kind, trace.Decision.Reason, trace.Decision.PersonId));
        return trace;
    }

    private VisitTrace Play(MadeVisit visit, LivenessOptions liveness, string claimed = "adam", Refusal? refusal = null,
        FacePipeline? pipeline = null)
    {
        using TempFolder data = new();
        if (pipeline is null)
            people.CopyGalleryTo(data.File("gallery.db"));
        using GalleryFile file = new(data.File("gallery.db"), TimeProvider.System);
        MatchingOptions matching = new();
        FacePipeline used = pipeline ?? people.Reader;
        Thresholds thresholds = FacePipelineFactory.ThresholdsOf(used, matching, GalleryPipeline.RuleOf(file, used, new EncodingOptions()));
        if (pipeline is not null)
        {
            new Enroller(file, used, thresholds, new PeopleOptions()).Add(PersonName.Parse(claimed),
                PictureFile.In(Path.Combine(Places.BuiltInPeople, claimed)), null, isExtended: false);
        }

        Badge badge = Badge.Parse("UID:00112233");
        file.AddBadge(claimed, badge);
        Gallery gallery = file.Read(EncoderIdentity.Of(used));
        FaceComparison faces = new(matching, identifies: false);
        LoadedNetworks networks = new(used, thresholds);
        faces.Use(gallery, networks);
        using LivenessCheck check = new(null, liveness);
        VisitRules rules = new(new DecisionOptions(), liveness, new FrameOptions(), _ => refusal);
        return new VisitReplay(networks, faces, new FaceMatcher(gallery, thresholds, matching, identifies: false), check, rules)
            .Play(visit.Pictures, MadeVisit.Interval, badge);
    }
}
