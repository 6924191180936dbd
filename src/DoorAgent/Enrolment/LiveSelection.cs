using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Galleries;

namespace DoorAgent.Enrolment;

/// <summary>
/// Chooses pictures of one person from a camera's frames: takes those that are good, of the person, and different from all
/// before, and says of the others what is wrong. No clock, no camera; one caller at a time.
/// </summary>
/// <param name="existing">Pictures that the person has already, taken to be of them.</param>
/// <param name="samePerson">Distance below which two pictures are of one person.</param>
internal sealed class LiveSelection(IReadOnlyList<EnrolledPicture> existing, float samePerson)
{
    /// <summary>
    /// The least distance between two pictures of a person: below it the second adds nothing. Measured on the built-in people
    /// with both pairs of networks (360 frames): one picture under other sensor noise (3 grey levels) is 0.14 and 0.11 away in
    /// the median and at most 0.20 and 0.17 in nine of ten; the next frame of somebody who stands there 0.21 and 0.23; pictures
    /// of two visits 0.37 and 0.41. So it asks for a movement, and a turn of the head or another light is enough.
    /// </summary>
    public const float LeastDifference = 0.3f;

    private readonly List<FaceEncoding> _known = [.. existing.Select(picture => picture.Encoding)];
    private readonly LiveAdvice _advice = new();
    private readonly Dictionary<PictureVerdict, (int Count, string Advice)> _refused = [];
    private int _taken;

    /// <summary>Judges a frame, and takes it when it helps.</summary>
    public LiveFinding Look(FaceReading reading)
    {
        LiveFinding finding = Judge(reading);
        if (finding.Verdict == PictureVerdict.Kept)
            _known.Add(reading.Encoding!);
        return Counted(finding);
    }

    /// <summary>There was no frame to judge.</summary>
    public LiveFinding Miss(string why) => Counted(
        new LiveFinding(PictureVerdict.NotAPicture, why, "look at the camera's cable, and whether another program uses it", _taken));

    /// <summary>What was wrong with most of the frames that were not taken, how many they were, and what helps; null when all were taken.</summary>
    public string? MostlyWrong
    {
        get
        {
            if (_refused.Count == 0)
                return null;
            (PictureVerdict verdict, (int count, string advice)) = _refused.MaxBy(one => one.Value.Count);
            return string.Create(CultureInfo.InvariantCulture,
                $"{LiveAdvice.Name(verdict)} ({count} of {_refused.Values.Sum(one => one.Count)} frames not taken): {advice}");
        }
    }

    private LiveFinding Counted(LiveFinding finding)
    {
        if (finding.Verdict != PictureVerdict.Kept)
            _refused[finding.Verdict] = (_refused.GetValueOrDefault(finding.Verdict).Count + 1, finding.Advice);
        return finding;
    }

    private LiveFinding Judge(FaceReading reading)
    {
        if (reading.Encoding is not { } encoding || reading.Face is not { } face)
            return new LiveFinding(LiveAdvice.VerdictOf(reading.Problem), LiveAdvice.Words(reading), LiveAdvice.Of(reading), _taken);
        float nearest = _known.Select(one => one.DistanceTo(encoding)).DefaultIfEmpty(float.NaN).Min();
        if (nearest >= samePerson)
        {
            return existing.Count > 0
                ? new LiveFinding(PictureVerdict.AnotherPerson, "another person than the one enrolled", "only that person may stand there", _taken)
                : new LiveFinding(PictureVerdict.AnotherPerson, "another person than on the first picture",
                    "only one may stand there; if the first was the wrong one, press Ctrl-C and begin again", _taken);
        }

        if (nearest < LeastDifference)
            return new LiveFinding(PictureVerdict.TooLike, "too like a picture before", _advice.Next, _taken);
        _taken++;
        _advice.Saw(face.Landmarks);
        return new LiveFinding(PictureVerdict.Kept, "good", _advice.Next, _taken);
    }
}
