using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Galleries;

namespace DoorAgent.Enrolment;

/// <summary>What was found in one camera frame while pictures are taken.</summary>
/// <param name="Verdict"><see cref="PictureVerdict.Kept"/> when the frame was taken.</param>
/// <param name="Words">The finding, for the person in front of the camera.</param>
/// <param name="Advice">What the person should do now.</param>
/// <param name="Taken">How many pictures have been taken so far.</param>
internal sealed record LiveFinding(PictureVerdict Verdict, string Words, string Advice, int Taken)
{
    /// <summary>Why the frame is <see cref="PictureVerdict.Unusable"/>.</summary>
    public UnusableReason Problem { get; init; }

    /// <summary>The finding in a few words, without its measure.</summary>
    public string Name => Verdict switch
    {
        PictureVerdict.Unusable => Problem.Text().Name,
        PictureVerdict.NotAPicture => "no picture from the camera",
        PictureVerdict.AnotherPerson => "another person",
        _ => Words,
    };
}

/// <summary>
/// Chooses pictures of one person from camera frames: takes frames that are good, show the person, and differ from all earlier ones, and
/// says what is wrong with the others. Knows no clock and no camera; has one caller at a time.
/// </summary>
/// <param name="existing">Pictures that the person already has; they are trusted to show the person.</param>
/// <param name="samePerson">Distance below which two pictures show one person.</param>
/// <param name="centre">The centre of the site for which that distance holds; null for none.</param>
internal sealed class LiveSelection(IReadOnlyList<EnrolledPicture> existing, float samePerson, EncodingCentre? centre = null)
{
    /// <summary>
    /// The least distance between two pictures of a person: a nearer second picture adds nothing. Measured on the built-in people with both
    /// pairs of networks (360 frames): one picture under different sensor noise (3 grey levels) is 0.14 and 0.11 away in the median and at
    /// most 0.20 and 0.17 in nine of ten cases; the next frame of a person who stands still 0.21 and 0.23; pictures from two visits 0.37
    /// and 0.41. The limit therefore asks for a movement, and a turn of the head or another light is enough.
    /// </summary>
    public const float LeastDifference = 0.3f;

    private readonly List<FaceEncoding> _known = [.. existing.Select(picture => picture.Encoding)];
    private readonly PoseAdvice _pose = new();
    private readonly Dictionary<string, (int Count, string Advice)> _rejected = [];
    private int _taken;

    /// <summary>Judges a frame, and takes the frame when it adds something.</summary>
    public LiveFinding Judge(FaceReading reading)
    {
        LiveFinding finding = Find(reading);
        if (finding.Verdict == PictureVerdict.Kept)
            _known.Add(reading.Encoding!);
        return Count(finding);
    }

    /// <summary>Records that the camera gave no frame.</summary>
    public LiveFinding Miss(string why) => Count(
        new LiveFinding(PictureVerdict.NotAPicture, why, "check the camera's cable, and whether another program uses the camera", _taken));

    /// <summary>The most frequent problem of the frames that were not taken, its count, and what helps; null when all were taken.</summary>
    public string? MainProblem
    {
        get
        {
            if (_rejected.Count == 0)
                return null;
            (string name, (int count, string advice)) = _rejected.MaxBy(one => one.Value.Count);
            return string.Create(
                CultureInfo.InvariantCulture, $"{name} ({count} of {_rejected.Values.Sum(one => one.Count)} frames not taken): {advice}");
        }
    }

    private LiveFinding Count(LiveFinding finding)
    {
        if (finding.Verdict != PictureVerdict.Kept)
            _rejected[finding.Name] = (_rejected.GetValueOrDefault(finding.Name).Count + 1, finding.Advice);
        return finding;
    }

    private LiveFinding Find(FaceReading reading)
    {
        if (reading.Encoding is not { } encoding || reading.Face is not { } face)
        {
            return new LiveFinding(PictureVerdict.Unusable, PictureWords.Live(reading), PictureWords.Advice(reading), _taken)
            {
                Problem = reading.Problem,
            };
        }

        if (NearestTo(encoding, centre) >= samePerson)
        {
            return existing.Count > 0
                ? new LiveFinding(PictureVerdict.AnotherPerson, "another person than the one enrolled",
                    "only that person may stand there", _taken)
                : new LiveFinding(PictureVerdict.AnotherPerson, "another person than on the first picture",
                    "only one person may stand there; if the first picture shows the wrong one, press Ctrl-C and start again", _taken);
        }

        if (NearestTo(encoding, null) < LeastDifference)
            return new LiveFinding(PictureVerdict.TooSimilar, "too similar to an earlier picture", _pose.Next, _taken);
        _taken++;
        _pose.Add(face.Landmarks);
        return new LiveFinding(PictureVerdict.Kept, "good", _pose.Next, _taken);
    }

    private float NearestTo(FaceEncoding encoding, EncodingCentre? around) => _known
        .Select(one => around is null ? one.DistanceTo(encoding) : around.Apply(one).DistanceTo(around.Apply(encoding)))
        .DefaultIfEmpty(float.NaN).Min();
}
