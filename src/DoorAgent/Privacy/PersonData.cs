using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Storage;

namespace DoorAgent.Privacy;

/// <summary>A picture of an attempt in which the door recognised the person.</summary>
/// <param name="Record">Number of the record.</param>
/// <param name="Jpeg">The picture.</param>
internal sealed record AttemptPicture(long Record, byte[] Jpeg);

/// <summary>Everything that a door knows of one person, and nothing of anybody else.</summary>
/// <param name="Person">The person.</param>
/// <param name="Encodings">The encodings.</param>
/// <param name="Crops">The kept faces.</param>
/// <param name="Badges">The badges with their numbers.</param>
/// <param name="Records">The person's records in the journal, oldest first.</param>
/// <param name="Pictures">Kept pictures of attempts in which the door recognised the person.</param>
/// <param name="OtherAttempts">Number of kept attempts that concern the person and in which somebody else may be seen.</param>
internal sealed record PersonData(KnownPerson Person, IReadOnlyList<StoredEncoding> Encodings, IReadOnlyList<StoredCrop> Crops,
    IReadOnlyList<NumberedBadge> Badges,
    IReadOnlyList<DoorEvent> Records, IReadOnlyList<AttemptPicture> Pictures, int OtherAttempts)
{
    /// <summary>Collects the data.</summary>
    /// <exception cref="UserErrorException">Nobody of that name is known, or a file cannot be read.</exception>
    public static PersonData Read(Places places, string name)
    {
        KnownPerson person = KnownPerson.Find(places, name);
        if (!person.IsKnown)
            throw new UserErrorException($"Neither the gallery nor the journal knows anybody called {name}. "
                + "'dooragent people list' shows who is enrolled.");
        (IReadOnlyList<StoredEncoding> encodings, IReadOnlyList<StoredCrop> crops, IReadOnlyList<NumberedBadge> badges) =
            OfGallery(places, person);
        KeptPictures kept = KeptPictures.Of(places);
        AttemptAccount[] theirs = [.. kept.Accounts.Where(account => IsTheirs(person, account))];
        // A denied attempt shows whoever stood there: with somebody else's badge that is not the person.
        ILookup<bool, AttemptAccount> recognised = theirs.ToLookup(account =>
            account is { Kind: DoorEventKind.Granted, Person: { } granted } && person.Numbers.Any(number => number.Id == granted));
        return new PersonData(person, encodings, crops, badges, RecordsOf(places, person),
            [.. recognised[true].SelectMany(account => kept.PicturesOf(account.Sequence)
                .Select(picture => new AttemptPicture(account.Sequence, Reading(kept, picture.File))))],
            recognised[false].Count());
    }

    private static byte[] Reading(KeptPictures kept, string file)
    {
        try
        {
            return kept.Read(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserErrorException($"A kept picture cannot be read: {failure.Message} Look at the file; deleting it leaves the "
                + "picture out.", failure);
        }
    }

    private static bool IsTheirs(KnownPerson person, AttemptAccount account) =>
        person.Numbers.Any(number => number.Only is null && account.People.Contains(number.Id));

    private static (IReadOnlyList<StoredEncoding>, IReadOnlyList<StoredCrop>, IReadOnlyList<NumberedBadge>) OfGallery(Places places, KnownPerson person)
    {
        if (person.Enrolled is not { } enrolled)
            return ([], [], []);
        using GalleryFile gallery = GalleryFile.OpenToRead(places.GalleryFile);
        return gallery.Query(connection => (
            PersonRows.EncodingsOf(connection, enrolled.Id), PersonRows.CropsOf(connection, enrolled.Id),
            (IReadOnlyList<NumberedBadge>)[.. GalleryLists.NumberedBadges(connection).Where(badge => badge.Person == enrolled.Name)]));
    }

    private static IReadOnlyList<DoorEvent> RecordsOf(Places places, KnownPerson person) =>
        !Permission.Exists(places.JournalFile) ? [] : [.. person.Numbers.SelectMany(number => RecordsOf(places, number)).OrderBy(entry =>
            entry.Sequence)];

    private static IEnumerable<DoorEvent> RecordsOf(Places places, PersonNumber number)
    {
        using JournalReader journal = new(places.JournalFile, new JournalFilter(PersonId: number.Id));
        return journal.Last(int.MaxValue).Entries.Where(entry => number.Only is null
            || JournalFilter.NameKey(entry.PersonName) == JournalFilter.NameKey(number.Only));
    }
}
