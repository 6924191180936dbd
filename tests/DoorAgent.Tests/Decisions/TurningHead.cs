using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Tests.Liveness;
using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>A head that turns in front of the policy's camera.</summary>
internal static class TurningHead
{
    /// <summary>The turn from which a frame cannot be compared, as <c>Faces:MaxTurn</c> says.</summary>
    private const double MaxTurn = 0.9;

    /// <summary>A head that turns to the left for 0.8 s, after 0.6 s, and comes back: its turn at a time in seconds.</summary>
    public static double ToTheLeft(double seconds) => 0.7 * Math.Clamp(Math.Min(seconds - 0.6, 2.4 - seconds) / 0.5, 0, 1);

    public static double ToTheRight(double seconds) => -ToTheLeft(seconds);

    /// <summary>A door that asks for a turn to the left, after Adam's badge.</summary>
    public static PolicyScene Asked(string strictness = LivenessOptions.Normal) => Always(strictness).Read(AdamsBadge).Frames(3, Adam, true);

    /// <summary>A door that opens for a face, and asks Adam for a turn to the left.</summary>
    public static PolicyScene AskedWithoutBadge() =>
        new PolicyScene(options => options.Mode = "face-only", liveness: options => options.Challenge = LivenessOptions.FaceOnly)
            .Appear().Frames(3, Adam, true);

    public static PolicyScene Always(string strictness = LivenessOptions.Normal) => new(liveness: options =>
        (options.Challenge, options.Strictness) = (LivenessOptions.Always, strictness));

    /// <summary>One frame of the turned head; a head that is turned too far cannot be compared.</summary>
    public static PolicyScene Turned(this PolicyScene scene, double turn, bool isMatch = true, FaceBox? box = null, long person = Adam)
    {
        TimeSpan now = At(scene.Now);
        if (!scene.Policy.Wants(scene.State, now, now))
            return scene.Apply(new AccessTick());
        return Math.Abs(turn) <= MaxTurn
            ? scene.Apply(new UsableFrame(box ?? Here, now, now, new FaceMatch(person, 0.5f, 1, float.PositiveInfinity, isMatch),
                scene.State.ClaimedPerson) { Landmarks = MadeHead.View(turn) })
            : scene.Unusable(UnusableReason.FaceTurned, turn, box);
    }

    /// <summary>One frame of a face that cannot be compared.</summary>
    public static PolicyScene Unusable(this PolicyScene scene, UnusableReason reason, double turn, FaceBox? box = null, int counting = 1) =>
        scene.Apply(new UnusableFrame(reason, At(scene.Now), true)
        {
            Face = new Face(box ?? Here, 0.9f, MadeHead.View(turn)),
            CountingFaces = counting,
        });

    /// <summary>Frames of a moving head, with the ticks between them; what they said together is what happened last.</summary>
    public static ImmutableArray<string> Move(
        this PolicyScene scene, Func<double, double> turn, double seconds = 5, double rate = 10, Action<PolicyScene, double>? frame = null)
    {
        ImmutableArray<DoorEvent> said = [];
        for (int i = 1; i <= seconds * rate; i++)
        {
            said = said.AddRange(scene.Pass(1 / rate).Last);
            if (frame is null)
                scene.Turned(turn(i / rate));
            else
                frame(scene, turn(i / rate));
            said = said.AddRange(scene.Last);
        }

        return [.. said.Select(Word)];
    }
}
