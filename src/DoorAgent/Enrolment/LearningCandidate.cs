using DoorAgent.Encodings;
using DoorAgent.Galleries;

namespace DoorAgent.Enrolment;

/// <summary>A picture that the door kept of a grant, as a candidate for the person's pictures.</summary>
/// <param name="Record">Number of the record of the grant.</param>
/// <param name="File">Path of the picture.</param>
/// <param name="Quality">Quality of the face, 0 to 1, higher is better.</param>
/// <param name="Distance">Distance to the nearest of the person's pictures; infinite without an encoding.</param>
/// <param name="Words">What speaks for or against the picture.</param>
/// <param name="IsGood">Whether the picture would add something.</param>
internal sealed record LearningCandidate(long Record, string File, float Quality, float Distance, string Words, bool IsGood)
{
    /// <summary>Judges pictures of grants, the newest first: a picture must be usable, and differ from the person's pictures and from the
    /// candidates before.</summary>
    /// <param name="pictures">The pictures with the numbers of their records, the newest first.</param>
    /// <param name="existing">The person's pictures.</param>
    /// <param name="read">Reads a picture.</param>
    public static IReadOnlyList<LearningCandidate> Of(IEnumerable<(long Record, string File)> pictures,
        IReadOnlyList<EnrolledPicture> existing, Func<string, PictureReading> read)
    {
        List<LearningCandidate> candidates = [];
        List<FaceEncoding> known = [.. existing.Select(picture => picture.Encoding)];
        foreach ((long record, string file) in pictures)
        {
            LearningCandidate found = Judge(record, file, known, read, out FaceEncoding? encoding);
            if (found.IsGood)
                known.Add(encoding!);
            candidates.Add(found);
        }

        return candidates;
    }

    private static LearningCandidate Judge(
        long record, string file, List<FaceEncoding> known, Func<string, PictureReading> read, out FaceEncoding? encoding)
    {
        encoding = null;
        try
        {
            FaceReading reading = read(file).Face;
            encoding = reading.Encoding;
            if (encoding is not { } probe)
            {
                string why = PictureWords.Unusable(file, reading).Words;
                return new(record, file, reading.Quality, float.PositiveInfinity, why, IsGood: false);
            }

            float nearest = known.Select(one => one.DistanceTo(probe)).DefaultIfEmpty(float.PositiveInfinity).Min();
            return nearest < LiveSelection.LeastDifference
                ? new(record, file, reading.Quality, nearest, "too similar to a picture that is there", IsGood: false)
                : new(record, file, reading.Quality, nearest, "would add something", IsGood: true);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new(record, file, 0, float.PositiveInfinity, PictureWords.NotAPicture(file, failure.Message).Words, IsGood: false);
        }
    }
}
