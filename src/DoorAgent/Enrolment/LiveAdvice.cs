using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Faces;

namespace DoorAgent.Enrolment;

/// <summary>Tells the person before the camera what to do, so that the pictures become good and different.</summary>
internal sealed class LiveAdvice
{
    // Beyond these, against the first picture, a head counts as turned so. They only choose words: what counts is the distance.
    private const float Turned = 0.2f;
    private const float Nodded = 0.05f;

    private readonly List<FacePose> _seen = [];

    /// <summary>The look that is still wanting.</summary>
    public string Next => _seen.Count == 0 ? "look straight into the camera"
        : !Has(pose => pose.Turn > Turned) ? "turn your head a little to the left"
        : !Has(pose => pose.Turn < -Turned) ? "turn your head a little to the right"
        : !Has(pose => pose.Drop < -Nodded) ? "lift your chin a little"
        : !Has(pose => pose.Drop > Nodded) ? "lower your chin a little"
        : "come a little closer, or change the light";

    /// <summary>A picture with such a face was taken.</summary>
    public void Saw(Landmarks points) => _seen.Add(FacePose.Of(points));

    /// <summary>What to do about a face that cannot be taken.</summary>
    public static string Of(FaceReading reading) => reading.Problem switch
    {
        UnusableReason.SeveralFaces => "let one person stand there",
        UnusableReason.TooSmall => "come closer",
        UnusableReason.TooDark => "turn on a light, or turn to the window",
        UnusableReason.Blurred => "hold still, and wipe the lens",
        UnusableReason.NotUpright => "hold your head straight",
        UnusableReason.OutOfProportion => "set the camera to its own proportions",
        UnusableReason.FaceCovered => "take off the mask or scarf",
        UnusableReason.UnlikeAFace => "set the camera to natural colours and light",
        // A head that is turned to its left goes back to the right.
        UnusableReason.FaceTurned => reading.Face is { } face && FacePose.Of(face.Landmarks).Turn < 0
            ? "turn your head back, to the left" : "turn your head back, to the right",
        _ => "stand before the camera and look into it",
    };

    /// <summary>What is wrong with it.</summary>
    public static string Words(FaceReading reading) => reading.Problem switch
    {
        UnusableReason.SeveralFaces => $"{reading.CountingFaces} faces",
        UnusableReason.TooSmall => string.Create(CultureInfo.InvariantCulture, $"face too small ({reading.Face?.Box.Width:0} pixels wide)"),
        _ => Name(VerdictOf(reading.Problem)),
    };

    public static PictureVerdict VerdictOf(UnusableReason problem) => problem switch
    {
        UnusableReason.SeveralFaces => PictureVerdict.SeveralFaces,
        UnusableReason.TooDark => PictureVerdict.TooDark,
        UnusableReason.Blurred => PictureVerdict.Blurred,
        UnusableReason.TooSmall => PictureVerdict.TooSmall,
        UnusableReason.NotUpright => PictureVerdict.NotUpright,
        UnusableReason.OutOfProportion => PictureVerdict.OutOfProportion,
        UnusableReason.FaceTurned => PictureVerdict.FaceTurned,
        UnusableReason.FaceCovered => PictureVerdict.FaceCovered,
        UnusableReason.UnlikeAFace => PictureVerdict.UnlikeAFace,
        _ => PictureVerdict.NoFace,
    };

    /// <summary>A verdict in a few words.</summary>
    public static string Name(PictureVerdict verdict) => verdict switch
    {
        PictureVerdict.NotAPicture => "no picture from the camera",
        PictureVerdict.SeveralFaces => "several faces",
        PictureVerdict.TooDark => "too dark",
        PictureVerdict.Blurred => "blurred",
        PictureVerdict.TooSmall => "face too small",
        PictureVerdict.NotUpright => "not upright",
        PictureVerdict.OutOfProportion => "squeezed or stretched",
        PictureVerdict.FaceTurned => "turned too far",
        PictureVerdict.FaceCovered => "face covered",
        PictureVerdict.UnlikeAFace => "unlike a face",
        PictureVerdict.TooLike => "too like a picture before",
        PictureVerdict.AnotherPerson => "another person",
        _ => "no face",
    };

    // The sign of the drop depends on the face, and so is taken against the first picture's.
    private bool Has(Predicate<FacePose> look) => _seen.Exists(pose => look(pose with { Drop = pose.Drop - _seen[0].Drop }));
}
