using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Galleries;

namespace DoorAgent.Enrolment;

/// <summary>Findings in the words of people who take pictures.</summary>
internal static class PictureWords
{
    /// <summary>A finding that needs no more than its verdict.</summary>
    public static PictureFinding Of(string file, PictureVerdict verdict) => new(file, verdict, verdict switch
    {
        PictureVerdict.Kept => "ok",
        PictureVerdict.Twice => "the same file is there already",
        PictureVerdict.TooLike => "too like a picture before: move a little",
        PictureVerdict.AnotherPerson => "another person than on the other pictures",
        PictureVerdict.NoFace => "no face",
        PictureVerdict.TooDark => "too dark: turn on a light",
        PictureVerdict.Blurred => "blurred: hold still, wipe the lens",
        PictureVerdict.NotUpright => "the face is not upright: turn the picture, or hold the head straight",
        PictureVerdict.OutOfProportion => "the face is squeezed or stretched: take the picture in its own proportions",
        PictureVerdict.FaceCovered => "the face is covered: take off the mask or scarf",
        PictureVerdict.UnlikeAFace => "unlike a photograph of a face: take another picture, with natural colours and light",
        PictureVerdict.FaceTurned => "turned to a side: look into the camera",
        _ => verdict.ToString(),
    });

    /// <summary>What is wrong with a face that could not be encoded.</summary>
    public static PictureFinding Of(string file, FaceReading reading) => (reading.Problem switch
    {
        UnusableReason.SeveralFaces => new(file, PictureVerdict.SeveralFaces, $"{reading.CountingFaces} faces: only one may be on it"),
        UnusableReason.TooSmall => new(file, PictureVerdict.TooSmall, string.Create(
            CultureInfo.InvariantCulture, $"face too small ({reading.Face?.Box.Width:0} pixels wide; Faces:MinFaceWidth says the least): come nearer")),
        _ => Of(file, LiveAdvice.VerdictOf(reading.Problem)),
    }) with { TurnedBy = reading.TurnedBy };

    /// <param name="file">The picture's path.</param>
    /// <param name="why">What reading it said; the path before it is not repeated.</param>
    public static PictureFinding NotAPicture(string file, string why)
    {
        string path = $"{file}: ";
        return new(file, PictureVerdict.NotAPicture, why.StartsWith(path, StringComparison.Ordinal) ? why[path.Length..] : $"cannot be read: {why}");
    }

    /// <summary>That a picture was turned before its face was found.</summary>
    public static string Turned(int degrees) => degrees == 180 ? "it was upside down, and was turned upright" : $"it lay on its side, and was turned upright by {degrees} degrees";

    public static PictureFinding LeftOut(string file, int most) =>
        new(file, PictureVerdict.LeftOut, $"good, but left out: a person has at most {most} pictures, and the others are better or more different");

    public static PictureFinding LooksLike(string file, LookAlike found) => new(file, PictureVerdict.LooksLike, string.Create(
        CultureInfo.InvariantCulture, $"looks like {found.Person.Name}, who is enrolled (distance {found.Distance:0.000})"));

    public static PictureFinding KeptThoughLike(string file, LookAlike found) => new(file, PictureVerdict.Kept, string.Create(
        CultureInfo.InvariantCulture, $"ok, but rather like {found.Person.Name} (distance {found.Distance:0.000}): more pictures of both make the door tell them apart more strictly"));
}
