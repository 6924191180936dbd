using DoorAgent.Auditing;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Enrolment;

/// <summary>Asks a gallery about one picture, with the comparison that the door makes.</summary>
/// <param name="gallery">Whom it knows.</param>
/// <param name="read">Reads a picture.</param>
/// <param name="thresholds">Rates to distances, for the networks in use.</param>
/// <param name="options">Checked options.</param>
/// <param name="notAllowedNow">Why somebody may not enter now, by validity and schedule; null when they may.</param>
internal sealed class FaceQuestion(Gallery gallery, Func<string, PictureReading> read, Thresholds thresholds, MatchingOptions options, Func<Person, Refusal?> notAllowedNow)
{
    /// <summary>Is this the person?</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or the picture shows no usable face.</exception>
    public FaceAnswer Verify(string name, string picture)
    {
        string[] names = [.. gallery.People.Select(one => one.Name)];
        string meant = PersonName.Find(name, names) ?? throw new UserErrorException($"Nobody called {name} is enrolled.{DidYouMean.Hint(name, names)}");
        Person person = gallery.People.First(one => one.Name == meant);
        FaceReading reading = Read(picture);
        FaceMatch match = new FaceMatcher(gallery, thresholds, options, identifies: false).Verify(person, reading.Encoding!);
        FaceAnswer answer = match.IsMatch ? Recognised(person, match) : new FaceAnswer(person, match, $"It's not {person.Name}, please go away", "too far");
        return answer with { TurnedBy = reading.TurnedBy };
    }

    /// <summary>Who is this?</summary>
    /// <exception cref="UserErrorException">Nobody is enrolled, or the picture shows no usable face.</exception>
    public FaceAnswer Identify(string picture)
    {
        FaceReading reading = Read(picture);
        FaceMatch match = new FaceMatcher(gallery, thresholds, options, identifies: true).Identify(reading.Encoding!)
            ?? throw new UserErrorException("Nobody is enrolled. Enrol with 'dooragent people add NAME --images DIR'.");
        Person person = gallery.Find(match.PersonId)!;
        if (match.IsMatch)
            return Recognised(person, match) with { TurnedBy = reading.TurnedBy };
        string why = match.Distance < match.Threshold ? "too near to somebody else" : "too far";
        return new FaceAnswer(person, match, "Not in the database.", why) { TurnedBy = reading.TurnedBy };
    }

    private FaceAnswer Recognised(Person person, FaceMatch match)
    {
        if (!person.IsEnabled)
            return new FaceAnswer(person, match, $"It's {person.Name}, who is disabled: please go away", "disabled");
        return notAllowedNow(person) is { } refusal
            ? new FaceAnswer(person, match, $"It's {person.Name}, but not now: please go away", $"{DenialWords.Of(refusal.Reason).Why} ({refusal.Detail})")
            : new FaceAnswer(person, match, $"It's {person.Name}, welcome in!", null);
    }

    /// <summary>A reading with an encoding.</summary>
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
