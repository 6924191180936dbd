using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;

namespace DoorAgent.Enrolment;

/// <summary>
/// Judges the pictures of one person before any is kept: a wrong one in the gallery opens the door for years. Every picture
/// gets a finding; what would harm is refused whole. Writes nothing.
/// </summary>
/// <param name="read">Reads a picture file; throws <see cref="InvalidDataException"/> for what is no picture.</param>
/// <param name="thresholds">Rates to distances, for the networks in use.</param>
/// <param name="most">Encodings that a person may have (People:MaxEncodings).</param>
/// <param name="least">With fewer good pictures all is refused.</param>
internal sealed class EnrolmentJudge(Func<string, PictureReading> read, Thresholds thresholds, int most, int least = 1)
{
    /// <summary>Judges.</summary>
    /// <param name="name">Of the person, for messages.</param>
    /// <param name="files">The picture files.</param>
    /// <param name="existing">Pictures that the person has already; they are taken to be of the person.</param>
    /// <param name="everybody">The gallery; null when nobody is enrolled. The person themselves is left out of it.</param>
    /// <param name="progress">Told the number of pictures read.</param>
    /// <exception cref="UserErrorException">No picture can be used, or they would harm; the message says it of each.</exception>
    public Enrolled Judge(string name, IReadOnlyList<string> files, IReadOnlyList<EnrolledPicture> existing, Gallery? everybody, IProgress<int>? progress)
    {
        PictureFinding[] findings = new PictureFinding[files.Count];
        List<(int File, EnrolledPicture Picture)> good = [];
        HashSet<string> seen = [.. existing.Select(picture => Convert.ToHexString(picture.Picture))];
        for (int i = 0; i < files.Count; i++)
        {
            findings[i] = Look(files[i], seen, out EnrolledPicture? picture);
            if (picture is not null)
                good.Add((i, picture));
            progress?.Report(i + 1);
        }

        good = WithoutOthers(name, files, existing, good, findings);
        good = WithoutLookAlikes(name, files, existing.Count, everybody, good, findings);
        if (good.Count < Math.Max(least, 1))
            throw Refused(name, good.Count == 0 ? "no picture can be used" : $"only {good.Count} can be used, and {least} are wanted", findings);
        return Choose(files, existing, good, findings);
    }

    private PictureFinding Look(string file, HashSet<string> seen, out EnrolledPicture? picture)
    {
        picture = null;
        try
        {
            PictureReading reading = read(file);
            if (!seen.Add(Convert.ToHexString(reading.Digest)))
                return PictureWords.Duplicate(file);
            if (reading.Face.Encoding is not { } encoding)
                return PictureWords.Unusable(file, reading.Face);
            picture = new EnrolledPicture(reading.Digest, reading.Face.Quality, encoding) { Crops = reading.Face.Crops };
            return PictureWords.Kept(file) with { TurnedBy = reading.Face.TurnedBy };
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return PictureWords.NotAPicture(file, failure.Message);
        }
    }

    /// <summary>Takes out pictures of somebody else. One encoding's threshold judges: a pair of pictures is one comparison.</summary>
    private List<(int File, EnrolledPicture Picture)> WithoutOthers(string name, IReadOnlyList<string> files, IReadOnlyList<EnrolledPicture> existing,
        List<(int File, EnrolledPicture Picture)> good, PictureFinding[] findings)
    {
        if (good.Count == 0)
            return good;
        FaceEncoding[] all = [.. existing.Select(picture => picture.Encoding), .. good.Select(one => one.Picture.Encoding)];
        bool[] isPerson = SamePerson.Of(all, existing.Count, thresholds.Verification(1)) ?? throw Refused(
            name, "these pictures show different people, and no one of them is on more than half", findings);
        foreach ((int File, EnrolledPicture _) one in good.Where((_, i) => !isPerson[existing.Count + i]))
            Replace(findings, one.File, PictureWords.AnotherPerson(files[one.File]));
        return [.. good.Where((_, i) => isPerson[existing.Count + i])];
    }

    /// <summary>
    /// Takes out pictures that look like somebody else who is enrolled: nearer than the strictest distance at which a badge
    /// may open here, so that no number of further pictures would tell the two apart. When that is half of them or more, it
    /// is one person under two names, or a twin, and all is refused. A picture that is only nearer than the badges'
    /// present distances is kept and named: with one picture each that happens among a dozen strangers.
    /// </summary>
    private List<(int File, EnrolledPicture Picture)> WithoutLookAlikes(string name, IReadOnlyList<string> files, int existing, Gallery? everybody,
        List<(int File, EnrolledPicture Picture)> good, PictureFinding[] findings)
    {
        List<(int File, EnrolledPicture Picture)> kept = [];
        LookAlike? last = null;
        float strictest = thresholds.StrictestVerification(most);
        foreach ((int File, EnrolledPicture Picture) one in good)
        {
            LookAlike? found = LookAlike.Of(one.Picture.Encoding, everybody, name);
            if (found?.Distance < strictest)
            {
                last = found;
                Replace(findings, one.File, PictureWords.LooksLike(files[one.File], found));
                continue;
            }

            kept.Add(one);
            if (found is not null && found.Distance < thresholds.Verification(Math.Min(found.Person.EncodingCount, existing + good.Count)))
                Replace(findings, one.File, PictureWords.KeptThoughSimilar(files[one.File], found));
        }

        return last is null || 2 * kept.Count > good.Count ? kept : throw Refused(
            name, $"{name} looks like {last.Person.Name}, who is enrolled: the badge of one would open for the other (one person under two names, or a twin?)", findings);
    }

    private Enrolled Choose(IReadOnlyList<string> files, IReadOnlyList<EnrolledPicture> existing,
        List<(int File, EnrolledPicture Picture)> good, PictureFinding[] findings)
    {
        EnrolledPicture[] all = [.. existing, .. good.Select(one => one.Picture)];
        int[] chosen = [.. EncodingSelection.Choose(all, most).Order()];
        // Says now, and not at the daemon's next start, that so many encodings are more than the calibration supports.
        _ = thresholds.Verification(chosen.Length);
        for (int i = 0; i < good.Count; i++)
        {
            if (!chosen.Contains(existing.Count + i))
                Replace(findings, good[i].File, PictureWords.LeftOut(files[good[i].File], most));
        }

        return new Enrolled(findings, [.. chosen.Select(i => all[i])], existing.Count - chosen.Count(i => i < existing.Count));
    }

    /// <summary>Says something else of a picture; that it was turned stays said.</summary>
    private static void Replace(PictureFinding[] findings, int file, PictureFinding finding) => findings[file] = finding with { TurnedBy = findings[file].TurnedBy };

    private static UserErrorException Refused(string name, string why, IReadOnlyList<PictureFinding> findings) => new(
        $"Nothing was enrolled for {name}: {why}. The gallery is as it was.{Environment.NewLine}"
        + string.Join(Environment.NewLine, FindingLines.Of(findings).Select(line => $"  {line}")));
}
