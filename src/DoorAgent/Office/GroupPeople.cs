using DoorAgent.Fleet;

namespace DoorAgent.Office;

/// <summary>Reads who is in a group, from the records that the office keeps.</summary>
internal static class GroupPeople
{
    /// <summary>Returns everybody in a group, as the doors have them.</summary>
    /// <exception cref="UserErrorException">A record does not open: office.key and office.db do not belong together, or the database was
    /// changed.</exception>
    public static IReadOnlyList<FleetPerson> Of(FleetOffice office, string group)
    {
        using OfficePublicKey signer = OfficePublicKey.Read(office.Keys.Signing.ExportSubjectPublicKeyInfo());
        GroupKeys keys = new(office.Groups.KeysInUse(group).Select(key => new GroupKey(key.Key, key.Value)));
        return
        [
            .. office.Records.Of(group).Where(record => record.State == RecordState.Present).Select(record => Open(record, signer, keys)),
        ];
    }

    private static FleetPerson Open(OfficeRecord record, OfficePublicKey signer, GroupKeys keys)
    {
        try
        {
            return PersonSeal.Open(record.Group, record.Person, record.Value, signer, keys).Person
                ?? throw new FleetRecordException("the record is a removal");
        }
        catch (FleetRecordException broken)
        {
            throw new UserErrorException($"The record of {record.Person} in the group {record.Group} cannot be used ({broken.Message}): "
                + "office.key and office.db are not of one office, or somebody changed the database. Restore both from one backup.", broken);
        }
    }
}
