using DoorAgent.Decisions;
using DoorAgent.Galleries;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Shows people in a table, or as JSON.</summary>
/// <param name="rules">Decides who may enter; null where the settings cannot be used.</param>
/// <param name="now">The moment for which the answer is given.</param>
internal sealed class PeopleView(AccessRules? rules, DateTimeOffset now)
{
    /// <summary>The age of pictures from which a person should be enrolled again; null for never.</summary>
    public TimeSpan? ReEnrolAfter { get; init; }

    /// <summary>The door's group in its fleet; null for a door in none.</summary>
    public string? Group { get; init; }

    /// <summary>Returns the people who should be enrolled again.</summary>
    public IReadOnlyList<PersonEntry> Due(IEnumerable<PersonEntry> people) => ReEnrolment.DueOf(people, ReEnrolAfter, now);

    public Table Table(IReadOnlyCollection<PersonEntry> people)
    {
        bool hasRules = people.Any(person => person.Rules.Length > 0), isInFleet = people.Any(person => person.Origin is not null);
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("name", "may enter", "hours", "valid", "pictures", "badges", "since", "consent");
        if (isInFleet)
            table.AddColumn("from");
        if (hasRules)
            table.AddColumn("rules");
        foreach (PersonEntry person in people)
        {
            string mayEnter = rules is { } known ? EligibilityView.Short(person.EligibilityBy(known.Rule, now), known.Hours, now)
                : EligibilityView.Unknown;
            string[] cells =
            [
                Markup.Escape(person.Name), Markup.Escape(mayEnter), Markup.Escape(person.Schedule), person.Validity,
                $"{person.Pictures}", $"{person.Badges.Count}", Markup.Escape(person.Added), person.Consent?.Day ?? "",
            ];
            string[] from = isInFleet ? [GalleryOrigin.Words(person, Group)] : [], own = hasRules ? [Markup.Escape(person.Rules)] : [];
            table.AddRow([.. cells, .. from, .. own]);
        }

        return table;
    }

    /// <summary>Returns a person for programs; badges as format and last two digits.</summary>
    public object Json(PersonEntry person)
    {
        Eligibility? eligibility = rules?.Rule is { } rule ? person.EligibilityBy(rule, now) : null;
        return new
        {
            person.Name,
            eligibility?.MayEnter,
            eligibility?.Next,
            WhyNot = eligibility?.Obstacles.Select(obstacle => new { Reason = $"{obstacle.Reason}", obstacle.Words, obstacle.Ends }),
            Enabled = person.IsEnabled,
            Extended = person.IsExtended,
            Lockdown = person.IsForLockdown,
            TwoPerson = person.NeedsSecondPerson,
            Escorted = person.IsEscorted,
            person.Hosts,
            person.Schedule,
            ValidFrom = person.ValidFrom?.ToString(),
            ValidUntil = person.ValidUntil?.ToString(),
            Pin = person.HasPin,
            person.Pictures,
            person.PicturesSince,
            EnrolAgain = Due([person]).Count > 0,
            Badges = person.Badges.Select(badge => new { Badge = badge.Hint, State = BadgeStateText.Of(badge.State) }),
            person.Added,
            Consent = person.Consent?.Day,
            ConsentNote = person.Consent?.Note,
            Fleet = person.Origin is null ? null : Group,
            FleetId = person.Origin,
        };
    }
}
