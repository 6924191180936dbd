using DoorAgent.Auditing;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Enrolment;

/// <summary>The answer of the door to one picture.</summary>
/// <param name="Person">The claimed person, or the nearest one.</param>
/// <param name="Match">Distance, threshold and result of the comparison.</param>
/// <param name="Words">The answer in a sentence.</param>
/// <param name="WhyNot">Why the door would stay locked; null when it would open.</param>
internal sealed record PictureMatch(Person Person, FaceMatch Match, string Words, string? WhyNot)
{
    /// <summary>By how many degrees the picture was turned clockwise until a face in it was upright.</summary>
    public int TurnedBy { get; init; }

    public bool Opens => WhyNot is null;
}

/// <summary>Compares one picture with a gallery in the same way as the door.</summary>
/// <param name="gallery">The gallery.</param>
/// <param name="read">Reads a picture.</param>
/// <param name="thresholds">Converts error rates to distances, for the networks in use.</param>
/// <param name="options">Checked options.</param>
/// <param name="notAllowedNow">Returns why validity or schedule keeps a person out now; null when the person may enter.</param>
internal sealed class PictureMatcher(
    Gallery gallery, Func<string, PictureReading> read, Thresholds thresholds, MatchingOptions options,
    Func<Person, Refusal?> notAllowedNow)
{
    /// <summary>Compares a picture with a claimed person.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or the picture shows no usable face.</exception>
    public PictureMatch Verify(string name, string picture)
    {
        string[] names = [.. gallery.People.Select(one => one.Name)];
        string meant = PersonName.Find(name, names)
            ?? throw new UserErrorException($"Nobody called {name} is enrolled.{DidYouMean.Hint(name, names)}");
        Person person = gallery.People.First(one => one.Name == meant);
        FaceReading reading = Read(picture);
        FaceMatch match = new FaceMatcher(gallery, thresholds, options, identifies: false).Verify(person, reading.Encoding!);
        PictureMatch answer = match.IsMatch ? Recognised(person, match) : new PictureMatch(person, match,
            $"It's not {person.Name}, please go away", WhyNot(match));
        return answer with { TurnedBy = reading.TurnedBy };
    }

    /// <summary>Looks for the person in a picture.</summary>
    /// <exception cref="UserErrorException">Nobody is enrolled, or the picture shows no usable face.</exception>
    public PictureMatch Identify(string picture)
    {
        FaceReading reading = Read(picture);
        FaceMatch match = new FaceMatcher(gallery, thresholds, options, identifies: true).Identify(reading.Encoding!)
            ?? throw new UserErrorException("Nobody is enrolled. Enrol with 'dooragent people add NAME --images DIR'.");
        Person person = gallery.Find(match.PersonId)!;
        if (match.IsMatch)
            return Recognised(person, match) with { TurnedBy = reading.TurnedBy };
        return new PictureMatch(person, match, "Not in the database.", WhyNot(match)) { TurnedBy = reading.TurnedBy };
    }

    private static string WhyNot(FaceMatch match) => match.Distance < match.Threshold ? "too near to another person" : "too far";

    private PictureMatch Recognised(Person person, FaceMatch match)
    {
        if (!person.IsEnabled)
            return new PictureMatch(person, match, $"It's {person.Name}, who is disabled: please go away", "disabled");
        return notAllowedNow(person) is { } refusal
            ? new PictureMatch(person, match, $"It's {person.Name}, but not now: please go away",
                $"{DenialWords.Of(refusal.Reason).Why} ({refusal.Detail})")
            : new PictureMatch(person, match, $"It's {person.Name}, welcome in!", null);
    }

    /// <summary>Reads a picture and requires an encoding.</summary>
    private FaceReading Read(string picture)
    {
        try
        {
            FaceReading reading = read(picture).Face;
            return reading.Encoding is not null ? reading
                : throw new UserErrorException($"{picture}: {PictureWords.Unusable(picture, reading).Words}. Take another picture.");
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The picture cannot be read: {failure.Message}", failure);
        }
    }
}
