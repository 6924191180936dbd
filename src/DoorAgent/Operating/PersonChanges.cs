using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Operating;

/// <summary>Shows people to the page, and changes them for the page by number: the daemon has the key, and the page has none. The loops of the
/// door follow the file as after every other change.</summary>
/// <param name="path">Path of the gallery.</param>
/// <param name="rules">Returns what tells who may enter; null where the settings cannot be used.</param>
/// <param name="schedules">The names of the configured hours.</param>
/// <param name="time">The clock.</param>
internal sealed class PersonChanges(string path, Func<EligibilityRule>? rules, IReadOnlyCollection<string> schedules, TimeProvider time)
{
    /// <summary>The names of all hours that a person can have.</summary>
    private IReadOnlyList<string> Schedules { get; } =
        [.. schedules.Append(ScheduleOptions.Always).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Returns people whose name contains a text, ordered by name.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used.</exception>
    public PagePeople List(PageQuery query)
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(path);
        string search = query.Search?.Trim() ?? "";
        string plain = NameSkeleton.Of(search).Small;
        PersonEntry[] found =
        [
            .. (gallery?.People ?? []).Where(person => query.Person is not { } id || person.Id == id).Where(person => search.Length == 0
                || person.Name.Contains(search, StringComparison.CurrentCultureIgnoreCase)
                || NameSkeleton.Of(person.Name).Small.Contains(plain, StringComparison.Ordinal)),
        ];
        EligibilityRule? rule = rules?.Invoke();
        string? group = gallery?.Query(GalleryOrigin.GroupOf);
        IEnumerable<PagePerson> shown = found.Skip(Math.Max(0, query.Skip)).Take(PageQuery.Most)
            .Select(person => Shown(person, rule, group));
        return new PagePeople(OperatorProtocol.Fitting(shown), found.Length, Schedules);
    }

    /// <summary>Judges a change.</summary>
    /// <returns>The person's name, and the change in words for a record, which has no names.</returns>
    /// <exception cref="UserErrorException">There is no such person or badge, a value cannot be used, or nothing would change.</exception>
    public (string Name, string Words) Judge(PersonChange change)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(path);
        PersonEntry person = PersonOf(gallery, change.Person);
        if (person.Origin is not null && change is not { Schedule: null, ValidFrom: null, ValidUntil: null, Badge: null })
            throw GalleryOrigin.OfFleet(person.Name);
        RequireValidity(person, change);
        if (change.Schedule is { } schedule && !Schedules.Contains(schedule, StringComparer.OrdinalIgnoreCase))
            throw new UserErrorException($"There are no hours called {schedule}: section Schedules of the configuration names them.");
        if ((change.Badge is null) != (change.State is null))
            throw new UserErrorException("A badge and its new state belong together.");
        string[] words =
        [
            .. change.IsEnabled is { } enabled ? [enabled ? "person enabled" : "person disabled"] : Array.Empty<string>(),
            .. change.Schedule is { } hours ? [$"hours {hours}"] : Array.Empty<string>(),
            .. change.ValidFrom is { } first ? [$"valid from {(first.Length > 0 ? first : "any day")}"] : Array.Empty<string>(),
            .. change.ValidUntil is { } last ? [$"valid until {(last.Length > 0 ? last : "any day")}"] : Array.Empty<string>(),
            .. change is { Badge: { } badge, State: { } state }
                ? [$"badge {BadgeOf(person, badge).Hint} {BadgeStateText.Of(state)}"] : Array.Empty<string>(),
        ];
        return words.Length > 0 ? (person.Name, string.Join(", ", words)) : throw new UserErrorException("The request changes nothing.");
    }

    /// <summary>Returns a person's name.</summary>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    public string NameOf(long person)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(path);
        return PersonOf(gallery, person).Name;
    }

    /// <summary>Makes a change in one transaction.</summary>
    /// <exception cref="UserErrorException">The change could not be made; nothing was written.</exception>
    public void Run(PersonChange change)
    {
        using GalleryFile gallery = GalleryFile.OpenToChange(path, time);
        string name = PersonOf(gallery, change.Person).Name;
        gallery.InOneTransaction(() =>
        {
            if (change.IsEnabled is { } enabled)
                gallery.SetEnabled(name, enabled);
            if (change.Schedule is { } schedule)
                gallery.SetSchedule(name, Schedules.First(known => known.Equals(schedule, StringComparison.OrdinalIgnoreCase)));
            // A new last day may be before the old first one, where both change.
            if (change is { ValidFrom: not null, ValidUntil: not null })
                gallery.SetValidity(name, ValidityLimit.From, null);
            if (change.ValidUntil is not null)
                gallery.SetValidity(name, ValidityLimit.Until, DateOf(change.ValidUntil));
            if (change.ValidFrom is not null)
                gallery.SetValidity(name, ValidityLimit.From, DateOf(change.ValidFrom));
            if (change is { Badge: { } badge, State: { } state })
                gallery.Change((connection, _) => GalleryBadges.SetState(connection, change.Person, badge, state));
        });
    }

    private PagePerson Shown(PersonEntry person, EligibilityRule? rule, string? group) => new(person.Id, person.Name)
    {
        IsEnabled = person.IsEnabled,
        IsExtended = person.IsExtended,
        Schedule = person.Schedule,
        ValidFrom = person.ValidFrom?.ToString(),
        ValidUntil = person.ValidUntil?.ToString(),
        Pictures = person.Pictures,
        HasPin = person.HasPin,
        Fleet = person.Origin is null ? null : group,
        Consent = person.Consent?.Day,
        Badges = [.. person.Badges.Select(badge => new PageBadge(badge.Id, badge.Hint, badge.State))],
        Obstacles = rule is null ? []
            : [.. person.EligibilityBy(rule, time.GetUtcNow()).Obstacles.Select(obstacle => $"{obstacle.Words}. {DenialWords.Of(obstacle.Reason).Remedy}.")],
    };

    private static PersonEntry PersonOf(GalleryFile gallery, long id) => gallery.People.FirstOrDefault(person => person.Id == id)
        ?? throw new NotFoundException("There is no such person: somebody may have removed them in the meantime.");

    // Judged before the record, so that no record tells of dates that the gallery refuses.
    private static void RequireValidity(PersonEntry person, PersonChange change)
    {
        PersonEntry after = person with
        {
            ValidFrom = change.ValidFrom is null ? person.ValidFrom : DateOf(change.ValidFrom),
            ValidUntil = change.ValidUntil is null ? person.ValidUntil : DateOf(change.ValidUntil),
        };
        if (after is { ValidFrom: { } first, ValidUntil: { } last } && last.IsBefore(first))
            throw new UserErrorException($"{person.Name} would be valid {after.Validity}, which is never; nothing was written.");
        if (change.ValidUntil is not null)
            GalleryHosts.RequireEnd(after);
    }

    private static BadgeEntry BadgeOf(PersonEntry person, long id) => person.Badges.FirstOrDefault(badge => badge.Id == id)
        ?? throw new NotFoundException("The person has no such badge: somebody may have removed it in the meantime.");

    private static ValidityDate? DateOf(string? text)
    {
        try
        {
            return text is not { Length: > 0 } ? null : ValidityDate.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new UserErrorException(wrong.Message, wrong);
        }
    }
}

/// <summary>What a request names does not exist.</summary>
internal sealed class NotFoundException(string message) : Exception(message);
