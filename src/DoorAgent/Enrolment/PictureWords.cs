using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Galleries;

namespace DoorAgent.Enrolment;

/// <summary>Puts findings into words for people who take pictures.</summary>
internal static class PictureWords
{
    /// <summary>Returns the finding for a picture whose face could not be encoded.</summary>
    public static PictureFinding Unusable(string file, FaceReading reading) =>
        new(file, PictureVerdict.Unusable, Fill(reading.Problem.Text().Picture, reading)) { Problem = reading.Problem,
            TurnedBy = reading.TurnedBy };

    /// <summary>Returns what is wrong with a face in front of the camera.</summary>
    public static string Live(FaceReading reading) => Fill(reading.Problem.Text().Live, reading);

    /// <summary>Returns what the person in front of the camera should do about the problem.</summary>
    public static string Advice(FaceReading reading) => Fill(reading.Problem.Text().Advice, reading);

    public static PictureFinding Kept(string file) => new(file, PictureVerdict.Kept, "ok");

    public static PictureFinding Duplicate(string file) => new(file, PictureVerdict.Duplicate, "the same file is already there");

    public static PictureFinding AnotherPerson(string file) =>
        new(file, PictureVerdict.AnotherPerson, "another person than the one in the other pictures");

    /// <param name="file">Path of the picture.</param>
    /// <param name="why">The message of the failed read; a leading path is not repeated.</param>
    public static PictureFinding NotAPicture(string file, string why)
    {
        string path = $"{file}: ";
        string words = why.StartsWith(path, StringComparison.Ordinal) ? why[path.Length..] : $"cannot be read: {why}";
        return new(file, PictureVerdict.NotAPicture, words);
    }

    /// <summary>Says that a picture was turned before its face was found.</summary>
    public static string Turned(int degrees) =>
        degrees == 180 ? "was upside down, and was turned upright" : $"lay on its side, and was turned upright by {degrees} degrees";

    public static PictureFinding LeftOut(string file, int most) => new(
        file, PictureVerdict.LeftOut,
        $"good, but left out: a person has at most {(most == 1 ? "1 picture" : $"{most} pictures")}, "
            + "and the others are better or more different");

    public static PictureFinding LooksLike(string file, LookAlike found) => new(file, PictureVerdict.LooksLike, string.Create(
        CultureInfo.InvariantCulture, $"looks like {found.Person.Name}, who is enrolled (distance {found.Distance:0.000})"));

    public static PictureFinding Separated(string file, IEnumerable<string> names) => new(file, PictureVerdict.Kept,
        $"ok, but looks like {string.Join(" and ", names)}: the two get a stricter rule of their own ('people separate')");

    public static PictureFinding KeptThoughSimilar(string file, LookAlike found) => new(file, PictureVerdict.Kept, string.Create(
        CultureInfo.InvariantCulture,
        $"ok, but similar to {found.Person.Name} (distance {found.Distance:0.000}): more pictures of both make the door tell them apart"));

    private static string Fill(string text, FaceReading reading) => text
        .Replace("{Faces}", reading.CountingFaces.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{Width}", reading.Face?.Box.Width.ToString("0", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        // A head that is turned to its left goes back to the right.
        .Replace("{Side}", reading.Face is { } face && FacePose.Of(face.Landmarks).Turn < 0 ? "left" : "right", StringComparison.Ordinal);
}
