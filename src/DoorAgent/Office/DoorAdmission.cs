using System.Security.Cryptography.X509Certificates;
using DoorAgent.Fleet;
using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>Admits doors to groups, and revokes them. Each is one transaction with its publication.</summary>
internal static class DoorAdmission
{
    /// <summary>Admits the door of a request to a group. The same request again changes nothing.</summary>
    /// <returns>The publication; null where the door was admitted before.</returns>
    /// <exception cref="UserErrorException">The door, its name or its keys are known otherwise; the message says what to do.</exception>
    public static OfficePublication? Admit(FleetOffice office, JoinRequest request, string text, string group)
    {
        office.Groups.Require(group);
        OfficeDoor? known = office.Doors.Find(request.Door);
        if (known is { IsRevoked: false })
        {
            if (!IsSame(known, request))
            {
                throw new UserErrorException($"There is a door {known.Name} with other keys, accepted {known.Since:yyyy-MM-dd}. Where this is a new "
                    + $"machine for it: 'dooragent fleet revoke --door {known.Name}' first. Where it is another door, it needs another name.");
            }

            return known.Group == group ? null : throw new UserErrorException($"{known.Name} is in the group {known.Group}, and a door has one "
                + $"group. To move it: 'dooragent fleet revoke --door {known.Name}' here, and on the door 'sudo dooragent fleet leave' and 'join'.");
        }

        foreach (OfficeDoor other in office.Doors.All())
        {
            if (!HasKeysOf(other, request) && other.Nkey != request.Nkey)
                continue;
            throw new UserErrorException(other.IsRevoked
                ? $"These keys were revoked with the door {other.Name} and are not accepted again. On the door 'sudo dooragent fleet leave', then "
                    + "'join': that makes new keys."
                : $"The door {other.Name} has these keys already: the data of one door were copied to another. On the new door 'sudo dooragent "
                    + "fleet leave', then 'join': that makes new keys.");
        }

        return office.Publish(group, $"door {request.Door} accepted", change =>
        {
            office.Doors.Accept(request.Door, group, text, request.Nkey);
            change.GiveKeys(office.Doors.Find(request.Door)!);
        });
    }

    /// <summary>Returns the answer to an admitted door, as text.</summary>
    public static string Answer(FleetOffice office, OfficeDoor door)
    {
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(File.ReadAllText(office.Places.Authority));
        return new JoinAnswer(door.Name, door.Group, office.Identity.Address.ToTls(), HubNames.InboxOf(door.Name)) { Certificate = authority.RawData }
            .Write(JoinRequest.Parse(door.Request).Keys, office.Keys.Signing);
    }

    /// <summary>Revokes a door: the hub does not accept its NKEY any more, and its group gets a new key for all later records.</summary>
    /// <returns>The publication; null where the door was revoked before.</returns>
    /// <exception cref="UserErrorException">There is no such door.</exception>
    public static OfficePublication? Revoke(FleetOffice office, string name)
    {
        OfficeDoor door = office.Doors.Find(name) ?? throw new UserErrorException($"There is no door {name}. There are: "
            + $"{string.Join(", ", office.Doors.All().Where(one => !one.IsRevoked).Select(one => one.Name).DefaultIfEmpty("none"))}.");
        return door.IsRevoked ? null : office.Publish(door.Group, $"door {name} revoked, new key", change =>
        {
            office.Doors.Revoke(name);
            change.ExchangeKey();
            change.TakeKeys(door);
        });
    }

    /// <summary>Returns what made the encodings of a group's people; null while nobody has a face there.</summary>
    public static FleetEncoder? EncoderOf(FleetOffice office, string group) =>
        office.PeopleOf(group).Select(person => person.Encoder).FirstOrDefault(encoder => encoder is not null);

    private static bool IsSame(OfficeDoor door, JoinRequest request) => HasKeysOf(door, request) && door.Nkey == request.Nkey;

    private static bool HasKeysOf(OfficeDoor door, JoinRequest request) =>
        JoinRequest.Parse(door.Request).Keys.Digest.AsSpan().SequenceEqual(request.Keys.Digest);
}
