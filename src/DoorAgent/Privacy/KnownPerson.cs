using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Storage;

namespace DoorAgent.Privacy;

/// <summary>A number that a person has or had.</summary>
/// <param name="Id">The number, in the gallery and in the journal's records.</param>
/// <param name="Names">Every name that the journal has for the number and that is this person's, the newest first.</param>
/// <param name="Only">The only name of the number that is this person's; null where all are. Galleries of older versions issued a number
/// again, so that a number of somebody removed may be the number of somebody enrolled.</param>
internal sealed record PersonNumber(long Id, IReadOnlyList<string> Names, string? Only);

/// <summary>Whom a name means: somebody enrolled, and somebody whose name only the journal has.</summary>
/// <param name="Called">The name that was asked for.</param>
/// <param name="Enrolled">The person in the gallery; null where nobody of that name is enrolled.</param>
/// <param name="Numbers">The numbers of the person.</param>
internal sealed record KnownPerson(string Called, PersonEntry? Enrolled, IReadOnlyList<PersonNumber> Numbers)
{
    /// <summary>Whether gallery or journal know the person.</summary>
    public bool IsKnown => Enrolled is not null || Numbers.Count > 0;

    /// <summary>The name as the gallery or the journal has it.</summary>
    public string Name => Enrolled?.Name ?? Numbers.SelectMany(number => number.Names)
        .FirstOrDefault(name => JournalFilter.NameKey(name) == JournalFilter.NameKey(Called)) ?? Called;

    /// <summary>Every name of the person, earlier ones too.</summary>
    public IReadOnlyList<string> Names =>
        [.. Numbers.SelectMany(number => number.Names).Prepend(Name).Distinct()];

    /// <summary>Looks the name up in gallery and journal; both may be missing.</summary>
    /// <exception cref="UserErrorException">A file cannot be read.</exception>
    public static KnownPerson Find(Places places, string called)
    {
        IReadOnlyList<PersonEntry> people = EverybodyIn(places.GalleryFile);
        PersonEntry? enrolled = PersonName.Find(called, [.. people.Select(person => person.Name)]) is { } meant
            ? people.First(person => person.Name == meant) : null;
        JournalNames names = JournalNames.OfFile(places.JournalFile);
        string key = JournalFilter.NameKey(enrolled?.Name ?? called)!;
        IEnumerable<long> ids = names.Called(key);
        if (enrolled is not null)
            ids = ids.Prepend(enrolled.Id).Distinct();
        return new KnownPerson(called.Trim(), enrolled, [.. ids.Select(Number)]);

        PersonNumber Number(long id)
        {
            IReadOnlyList<string> all = names.AllOf(id);
            bool isAnothersNow = id != enrolled?.Id && people.Any(person => person.Id == id);
            return isAnothersNow
                ? new PersonNumber(id, [.. all.Where(name => JournalFilter.NameKey(name) == key)], enrolled?.Name ?? called)
                : new PersonNumber(id, all, null);
        }
    }

    /// <summary>Looks up somebody who is no longer in the gallery by the number that they had.</summary>
    /// <returns>The person with every name that the journal has for the number, except names that somebody enrolled has now.</returns>
    /// <exception cref="UserErrorException">A file cannot be read.</exception>
    public static KnownPerson Removed(Places places, long number)
    {
        HashSet<string?> taken = [.. EverybodyIn(places.GalleryFile).Select(person => JournalFilter.NameKey(person.Name))];
        string[] names = [.. JournalNames.OfFile(places.JournalFile).AllOf(number).Where(name => !taken.Contains(JournalFilter.NameKey(name)))];
        return new KnownPerson(names.FirstOrDefault() ?? "", Enrolled: null, [new PersonNumber(number, names, Only: null)]);
    }

    private static IReadOnlyList<PersonEntry> EverybodyIn(string path)
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(path);
        return gallery?.People ?? [];
    }
}
