using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;

namespace DoorAgent.Enrolment;

/// <summary>The result of enrolment.</summary>
/// <param name="Findings">A finding for each picture file, in the order of the files.</param>
/// <param name="Pictures">All pictures that the person has afterwards.</param>
/// <param name="Dropped">How many earlier pictures were replaced by better or more different ones.</param>
internal sealed record EnrolmentResult(IReadOnlyList<PictureFinding> Findings, IReadOnlyList<EnrolledPicture> Pictures, int Dropped)
{
    /// <summary>Names of the people from whom the person must be separated, with the distance of each pair.</summary>
    public IReadOnlyList<(string Name, float Distance)> Separated { get; init; } = [];
}

/// <summary>
/// Judges the pictures of one person before any of them is stored, because a wrong picture in the gallery opens the door for years. Every
/// picture gets a finding; a set that would do harm is refused as a whole. Writes nothing.
/// </summary>
/// <param name="read">Reads a picture file; throws <see cref="InvalidDataException"/> for a file that is not a picture.</param>
/// <param name="thresholds">Converts error rates to distances, for the networks in use.</param>
/// <param name="most">The largest number of encodings that a person may have (People:MaxEncodings).</param>
/// <param name="least">The least number of good pictures; with fewer, the set is refused.</param>
/// <param name="separator">Separates a person who looks like somebody enrolled (People:RefuseLookAlikes is off); null where such a person
/// is refused.</param>
internal sealed class EnrolmentJudge(Func<string, PictureReading> read, Thresholds thresholds, int most, int least = 1,
    Separator? separator = null)
{
    /// <summary>The findings of the last set that was read, also of one that was refused.</summary>
    public IReadOnlyList<PictureFinding> Findings { get; private set; } = [];

    /// <summary>Judges a set of pictures.</summary>
    /// <param name="name">Name of the person, for messages.</param>
    /// <param name="files">The picture files.</param>
    /// <param name="existing">Pictures that the person already has; they are trusted to show the person.</param>
    /// <param name="everybody">The gallery; null when nobody is enrolled. The person's own pictures in it are ignored.</param>
    /// <param name="progress">Receives the number of pictures read.</param>
    /// <exception cref="UserErrorException">No picture can be used, or a picture would do harm; the message has all findings.</exception>
    public EnrolmentResult Judge(string name, IReadOnlyList<string> files, IReadOnlyList<EnrolledPicture> existing, Gallery? everybody,
        IProgress<int>? progress)
    {
        PictureFinding[] findings = new PictureFinding[files.Count];
        List<(int File, EnrolledPicture Picture)> good = [];
        HashSet<string> seen = [.. existing.Select(picture => Convert.ToHexString(picture.Picture))];
        for (int i = 0; i < files.Count; i++)
        {
            findings[i] = Find(files[i], seen, out EnrolledPicture? picture);
            if (picture is not null)
                good.Add((i, picture));
            progress?.Report(i + 1);
        }

        Findings = findings;
        good = WithoutOthers(name, files, existing, everybody?.Centre, good, findings);
        (good, IReadOnlyList<(string, float)> separated) = WithoutLookAlikes(name, files, existing, everybody, good, findings);
        if (good.Count < Math.Max(least, 1))
            throw Refused(name, good.Count == 0 ? "no picture can be used"
                : $"only {good.Count} can be used, and at least {least} are needed", findings);
        return Choose(files, existing, good, findings) with { Separated = separated };
    }

    private PictureFinding Find(string file, HashSet<string> seen, out EnrolledPicture? picture)
    {
        picture = null;
        try
        {
            PictureReading reading = read(file);
            if (!seen.Add(Convert.ToHexString(reading.Digest)))
                return PictureWords.Duplicate(file);
            if (reading.Face.Encoding is not { } encoding)
                return PictureWords.Unusable(file, reading.Face) with { Quality = reading.Face.Quality, Face = reading.Face.Face?.Box };
            picture = new EnrolledPicture(reading.Digest, reading.Face.Quality, encoding) { Crops = reading.Face.Crops };
            return PictureWords.Kept(file) with
            {
                TurnedBy = reading.Face.TurnedBy,
                Quality = reading.Face.Quality,
                Face = reading.Face.Face?.Box,
            };
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return PictureWords.NotAPicture(file, failure.Message);
        }
    }

    /// <summary>Removes pictures of other people, by the threshold for one encoding, because a pair of pictures is one
    /// comparison.</summary>
    private List<(int File, EnrolledPicture Picture)> WithoutOthers(string name, IReadOnlyList<string> files,
        IReadOnlyList<EnrolledPicture> existing, EncodingCentre? centre,
        List<(int File, EnrolledPicture Picture)> good, PictureFinding[] findings)
    {
        if (good.Count == 0)
            return good;
        FaceEncoding[] all = [.. existing.Select(picture => picture.Encoding), .. good.Select(one => one.Picture.Encoding)];
        if (centre is not null)
            all = [.. all.Select(centre.Apply)];
        bool[] isPerson = SamePerson.Of(all, existing.Count, thresholds.SamePerson()) ?? throw Refused(
            name, "these pictures show different people, and none of them is on more than half of the pictures", findings);
        foreach ((int File, EnrolledPicture _) one in good.Where((_, i) => !isPerson[existing.Count + i]))
            Replace(findings, one.File, PictureWords.AnotherPerson(files[one.File]));
        return [.. good.Where((_, i) => isPerson[existing.Count + i])];
    }

    /// <summary>
    /// Removes pictures that look like somebody else who is enrolled: pictures nearer than the strictest distance at which a badge may open
    /// here, so that no number of further pictures could tell the two people apart. If that is half of the pictures or more, the set shows
    /// one person under two names, or a twin, and is refused. A picture that is only nearer than the present distances of the badges is
    /// kept with a note: with one picture each, that happens among a dozen strangers. Where look-alikes are separated, a set that would be
    /// refused is accepted if a stricter rule tells the two apart.
    /// </summary>
    private (List<(int File, EnrolledPicture Picture)> Good, IReadOnlyList<(string, float)> Separated) WithoutLookAlikes(string name,
        IReadOnlyList<string> files, IReadOnlyList<EnrolledPicture> existing, Gallery? everybody,
        List<(int File, EnrolledPicture Picture)> good, PictureFinding[] findings)
    {
        List<(int File, EnrolledPicture Picture)> kept = [];
        List<LookAlike> alike = [];
        FaceEncoding[] own = [.. existing.Select(picture => picture.Encoding)];
        HashSet<long> known = [.. PartnersOf(name, everybody)];
        float strictest = thresholds.StrictestVerification(most);
        foreach ((int File, EnrolledPicture Picture) one in good)
        {
            LookAlike? found = LookAlike.Of(one.Picture.Encoding, everybody, name);
            bool isOwn = found is not null && known.Contains(found.Person.Id)
                && own.Any(mine => Distance(mine, one.Picture.Encoding, everybody!.Centre) < found.Distance);
            // Whoever is separated from the nearest person may look like a third one too.
            if (isOwn)
                found = LookAlike.Of(one.Picture.Encoding, everybody, name, known);
            if (found?.Distance < strictest)
            {
                alike.Add(found);
                Replace(findings, one.File, PictureWords.LooksLike(files[one.File], found));
                continue;
            }

            kept.Add(one);
            if (found is not null && found.Distance < thresholds.Verification(
                Math.Min(found.Person.EncodingCount, Templates(existing.Count + good.Count))))
                Replace(findings, one.File, PictureWords.KeptThoughSimilar(files[one.File], found));
        }

        if (alike.Count == 0 || 2 * kept.Count > good.Count)
            return (kept, []);
        FaceEncoding[] all = [.. own, .. good.Select(one => one.Picture.Encoding)];
        // Not only from the nearest person of each picture: a badge opens for everybody whom the door cannot tell from its owner.
        IEnumerable<Person> near = everybody!.People.Where(person => alike.Any(one => one.Person.Id == person.Id)
            || (!known.Contains(person.Id) && PersonName.KeyOf(person.Name) != PersonName.KeyOf(name)
                && good.Any(one => everybody.DistanceTo(person, one.Picture.Encoding) < strictest)));
        (Person Person, Separation Rule)[] rules = separator is null ? []
            : [.. near.Select(person => (person, separator.Between(all, person.Name, everybody.Centre)))];
        if (rules.Length == 0 || !rules.All(one => one.Rule.IsPossible))
        {
            string next = rules.Length == 0 ? "" : ", and a stricter rule does not tell them apart. More pictures of both may";
            throw Refused(name, $"{name} looks like {alike[^1].Person.Name}, who is enrolled: the badge of one would open for the other "
                + $"(one person under two names, or a twin?){next}", findings);
        }

        foreach ((int File, EnrolledPicture _) one in good.Where(one => findings[one.File].Verdict == PictureVerdict.LooksLike))
            Replace(findings, one.File, PictureWords.Separated(files[one.File], rules.Select(rule => rule.Person.Name)));
        return (good, [.. rules.Select(one => (one.Person.Name, one.Rule.Distance))]);
    }

    private static float Distance(FaceEncoding one, FaceEncoding other, EncodingCentre? centre) =>
        centre is null ? one.DistanceTo(other) : centre.Apply(one).DistanceTo(centre.Apply(other));

    /// <summary>Returns the people from whom a person is separated already.</summary>
    private static IEnumerable<long> PartnersOf(string name, Gallery? everybody)
    {
        Person? self = everybody?.People.FirstOrDefault(person => PersonName.KeyOf(person.Name) == PersonName.KeyOf(name));
        return self is null ? [] : everybody!.Separated.Where(pair => pair.One == self.Id || pair.Other == self.Id)
            .Select(pair => pair.Beside(self.Id));
    }

    private EnrolmentResult Choose(IReadOnlyList<string> files, IReadOnlyList<EnrolledPicture> existing,
        List<(int File, EnrolledPicture Picture)> good, PictureFinding[] findings)
    {
        EnrolledPicture[] all = [.. existing, .. good.Select(one => one.Picture)];
        int[] chosen = [.. EncodingSelection.Choose(all, most).Order()];
        // Fails now, and not at the daemon's next start, if the calibration does not support so many encodings.
        _ = thresholds.Verification(Templates(chosen.Length));
        for (int i = 0; i < good.Count; i++)
        {
            if (!chosen.Contains(existing.Count + i))
                Replace(findings, good[i].File, PictureWords.LeftOut(files[good[i].File], most));
        }

        return new EnrolmentResult(findings, [.. chosen.Select(i => all[i])], existing.Count - chosen.Count(i => i < existing.Count));
    }

    private int Templates(int encodings) => PersonTemplate.Count(thresholds.Rule.Template, encodings);

    /// <summary>Replaces a finding, but keeps what was measured in the picture.</summary>
    private static void Replace(PictureFinding[] findings, int file, PictureFinding finding) =>
        findings[file] = finding with
        {
            TurnedBy = findings[file].TurnedBy,
            Quality = findings[file].Quality,
            Face = findings[file].Face,
        };

    private static UserErrorException Refused(string name, string why, IReadOnlyList<PictureFinding> findings) => new(
        $"Nothing was enrolled for {name}: {why}. The gallery is unchanged.{Environment.NewLine}"
        + string.Join(Environment.NewLine, FindingLines.Of(findings).Select(line => $"  {line}")));
}
