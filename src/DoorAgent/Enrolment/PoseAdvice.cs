using DoorAgent.Faces;

namespace DoorAgent.Enrolment;

/// <summary>Asks the person in front of the camera for the next pose, so that the pictures become different from each other.</summary>
internal sealed class PoseAdvice
{
    // A head counts as turned or tilted beyond these, relative to the first picture. They only choose words; the distance decides.
    private const float Turned = 0.2f;
    private const float Nodded = 0.05f;

    private readonly List<FacePose> _poses = [];

    /// <summary>The pose that is still missing.</summary>
    public string Next => _poses.Count == 0 ? "look straight into the camera"
        : !Has(pose => pose.Turn > Turned) ? "turn your head a little to the left"
        : !Has(pose => pose.Turn < -Turned) ? "turn your head a little to the right"
        : !Has(pose => pose.Drop < -Nodded) ? "lift your chin a little"
        : !Has(pose => pose.Drop > Nodded) ? "lower your chin a little"
        : "come a little closer, or change the light";

    /// <summary>Records the pose of a picture that was taken.</summary>
    public void Add(Landmarks points) => _poses.Add(FacePose.Of(points));

    // The sign of the drop depends on the face, so the drop is compared with that of the first picture.
    private bool Has(Predicate<FacePose> matches) => _poses.Exists(pose => matches(pose with { Drop = pose.Drop - _poses[0].Drop }));
}
