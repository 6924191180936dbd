using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Benchmarks;

/// <summary>Times a frame from its pixels to what the policy decides about the frame, in attempts of adam that are granted one after the
/// other.</summary>
internal static class DecisionBenchmark
{
    private static readonly Badge Badge = Badge.Parse("H10301:123:4567");

    public static void Run(Places places, string detector, string encoder, string[] enrolments, Frame[] frames)
    {
        using FacePipeline pipeline = FacePipelineFactory.Open(places, new FaceOptions { Detector = detector }, encoder);
        string with = $"{detector} + {encoder}, {frames[0].Width} x {frames[0].Height}";
        ResultTable.Add("frame to encoding", with, frames, frame => pipeline.ReadFrame(frame));

        MatchingOptions options = new();
        CalibrationRow[] rows = pipeline.CalibrationOf(ComparisonRule.Nearest)!.Rows;
        Thresholds thresholds = new(options, new CalibrationTable(rows.Select(row => (row.Fmr, row.Distance))));
        FaceComparison faces = new(options, identifies: false);
        faces.Use(Gallery(pipeline, enrolments), new LoadedNetworks(pipeline, thresholds));
        // Liveness is timed on its own: it costs the same whatever the policy does.
        AccessPolicy policy = new(new DecisionOptions(), new LivenessOptions { Mode = LivenessOptions.Off });
        AccessState state = AccessState.Initial;
        TimeSpan now = TimeSpan.Zero;
        long granted = 0;
        ResultTable.Add("match 1:1 and policy", with, [.. frames.Select(frame => pipeline.ReadFrame(frame))], Decide);
        ResultTable.Add("frame to decision", with, frames, frame => Decide(pipeline.ReadFrame(frame)));
        if (granted == 0)
            throw new InvalidOperationException("Adam was never let in.");

        void Decide(FaceReading reading)
        {
            if (state.Attempt is null)
                Apply(new BadgePresented(Badge, now += TimeSpan.FromSeconds(5)));
            now += TimeSpan.FromMilliseconds(200);
            Apply(reading is { Encoding: { } encoding, Face: { } face } && faces.Compare(state.ClaimedPerson, encoding) is { } match
                ? new UsableFrame(face.Box, now, now, match, state.ClaimedPerson)
                : new UnusableFrame(reading.Problem, now, reading.Face is not null));
        }

        void Apply(AccessEvent what)
        {
            AccessStep step = policy.Apply(state, what, now, faces.Gallery, _ => null);
            state = step.State;
            granted += step.Events.Count(raised => raised.Kind == DoorEventKind.Granted);
        }
    }

    private static Gallery Gallery(FacePipeline pipeline, string[] enrolments)
    {
        Frame picture = new();
        List<float> vectors = [];
        foreach (string file in enrolments)
        {
            PictureFile.Read(file, picture);
            vectors.AddRange(pipeline.ReadPicture(picture, PictureUse.Recognise).Encoding!.Vector);
        }

        Person adam = new(1, "adam", true, false, "always", 0, enrolments.Length);
        return new Gallery(1, pipeline.EncoderId, pipeline.Dimension, [adam],
            new Dictionary<string, BadgeOwner> { [Badge.Number] = new(adam, BadgeState.Active) }, [.. vectors]);
    }
}
