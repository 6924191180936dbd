using System.Globalization;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Settings;

namespace DoorAgent.Office;

/// <summary>Who can travel to a group. Each accepted person counts for those after them: a badge and a name belong to one person.</summary>
internal sealed class PublicationRules
{
    private readonly Dictionary<string, FleetPerson> _owners = [], _names = [];
    private readonly IReadOnlyCollection<string> _schedules;
    private readonly Func<FleetPerson, int> _sizeOf;
    private FleetEncoder? _encoder;

    /// <param name="staying">Who is in the group, and is not published now.</param>
    /// <param name="schedules">Names of the group's hours.</param>
    /// <param name="sizeOf">Returns the size of a person's record in bytes.</param>
    public PublicationRules(IEnumerable<FleetPerson> staying, IReadOnlyCollection<string> schedules, Func<FleetPerson, int> sizeOf)
    {
        (_schedules, _sizeOf) = (schedules, sizeOf);
        foreach (FleetPerson person in staying)
            Take(person);
    }

    /// <summary>Returns why a person cannot travel, as a sentence; null for a person who can.</summary>
    public string? WhyNot(FleetPerson person)
    {
        string? why = Name(person) ?? Face(person) ?? Badges(person) ?? Hours(person) ?? Visit(person) ?? Form(person) ?? Size(person);
        if (why is null)
            Take(person);
        return why;
    }

    private void Take(FleetPerson person)
    {
        _names[PersonName.KeyOf(person.Name)] = person;
        _encoder ??= person.Encoder;
        foreach (string badge in person.Badges)
            _owners[badge] = person;
    }

    private string? Name(FleetPerson person)
    {
        try
        {
            PersonName.Parse(person.Name);
        }
        catch (UserErrorException refused)
        {
            return refused.Message;
        }

        return _names.ContainsKey(PersonName.KeyOf(person.Name)) ? $"Somebody else in the group is called {person.Name}." : null;
    }

    private string? Face(FleetPerson person)
    {
        if (person.Encodings.Count == 0 || person.Encoder is not { } encoder)
            return "No face is enrolled: 'dooragent people add' enrols pictures.";
        if (person.Encodings.Count > FleetPerson.MostEncodings)
            return $"More than {FleetPerson.MostEncodings} pictures are enrolled: choose the best with 'dooragent people pictures'.";
        return _encoder is { } group && (group with { Name = encoder.Name }) != encoder
            ? $"The encodings are of {encoder.Name} ({encoder.Rule}), and the group's are of {group.Name} ({group.Rule}): "
                + "publish the whole group after 'dooragent people re-encode', at the office and at its doors."
            : null;
    }

    private string? Badges(FleetPerson person)
    {
        foreach (string number in person.Badges)
        {
            if (Badge.TryParse(number) is not { } badge)
                return "A badge has no badge number.";
            if (_owners.TryGetValue(number, out FleetPerson? owner))
                return $"The badge {badge.Hint} belongs to {owner.Name} in this group: a badge opens for one person.";
        }

        return null;
    }

    private string? Hours(FleetPerson person) => person.Schedule is not { } name || _schedules.Contains(name) ? null
        : $"The group has no hours called '{name}'{DidYouMean.Hint(name, _schedules)}: 'dooragent fleet group' sets them.";

    private static string? Visit(FleetPerson person) => person is { IsEscorted: true, ValidUntil: null }
        ? "A visit has an end: set it with 'dooragent people until'." : null;

    private static string? Form(FleetPerson person)
    {
        try
        {
            PersonRules.Require(person);
            return null;
        }
        catch (FleetRecordException refused)
        {
            return $"Doors would refuse the record: {refused.Message}.";
        }
    }

    private string? Size(FleetPerson person) => _sizeOf(person) is var size && size > PublicationPlan.LargestRecord
        ? string.Create(CultureInfo.InvariantCulture, $"The record would have {size:N0} bytes, and a record has at most "
            + $"{PublicationPlan.LargestRecord:N0}: keep fewer pictures of this person.") : null;
}
