using System.Text.Json;
using System.Text.Json.Nodes;
using DoorAgent.Commands.Log;
using DoorAgent.Galleries;
using DoorAgent.Operating;
using DoorAgent.Privacy;

namespace DoorAgent.Commands.People;

/// <summary>What a door knows of one person, for programs. The records have the fields of 'log --json'.</summary>
internal static class PersonExportJson
{
    private static readonly JsonSerializerOptions Form = new(OperatorProtocol.Json) { WriteIndented = true };

    public static byte[] Of(PersonData data, DateTimeOffset now)
    {
        PersonEntry? enrolled = data.Person.Enrolled;
        JsonObject all = new()
        {
            ["made"] = now.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["name"] = data.Person.Name,
            ["formerNames"] = Node(data.Person.Names.Skip(1)),
            ["numbers"] = Node(data.Person.Numbers.Select(number => number.Id)),
            ["enrolled"] = enrolled is null ? null : Node(Rules(enrolled)),
            ["consent"] = enrolled?.Consent is { } consent ? Node(new { Date = consent.Day, consent.Note }) : null,
            ["badges"] = Node(data.Badges.Select(badge => new { badge.Badge.Number, State = BadgeStateText.Of(badge.State) })),
            ["encodings"] = Node(data.Encodings),
            ["keptFaces"] = Node(data.Crops.Select(crop => new { crop.Picture, crop.Alignment, crop.KeepUntil,
                File = PersonExportFile.FaceName(crop) })),
            ["pictures"] = Node(data.Pictures.Select((picture, index) =>
                new { picture.Record, File = PersonExportFile.PictureName(index, picture) })),
            ["records"] = new JsonArray([.. data.Records.Select(EventJson.Of)]),
        };
        return JsonSerializer.SerializeToUtf8Bytes(all, Form);
    }

    private static object Rules(PersonEntry person) => new
    {
        person.Added,
        MayEnter = person.IsEnabled,
        Extended = person.IsExtended,
        Lockdown = person.IsForLockdown,
        TwoPerson = person.NeedsSecondPerson,
        Escorted = person.IsEscorted,
        person.Hosts,
        person.Schedule,
        ValidFrom = person.ValidFrom?.ToString(),
        ValidUntil = person.ValidUntil?.ToString(),
        Pin = person.HasPin,
        DuressPin = person.HasDuressPin,
        FleetId = person.Origin,
    };

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Form);
}
