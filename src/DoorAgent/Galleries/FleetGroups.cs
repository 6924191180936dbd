using DoorAgent.Fleet;

namespace DoorAgent.Galleries;

/// <summary>Takes the manifests and group keys of a delivery.</summary>
/// <param name="secrets">The door's own keys.</param>
/// <param name="refuse">Receives key and reason of each record that is not taken.</param>
internal sealed class FleetGroups(DoorSecrets secrets, Action<string, string> refuse)
{
    /// <summary>Returns the membership after a record; the same one where the record is not taken, or changes nothing.</summary>
    public FleetMembership Take(FleetMembership membership, FleetItem item)
    {
        try
        {
            using OfficePublicKey office = OfficePublicKey.Read(membership.Office);
            if (item.Key == $"{membership.Group}.manifest")
                return TakeManifest(membership, item, office);
            if (item.Key == $"{membership.Group}.key.{membership.Door}")
                return TakeKeys(membership, item, office);
            refuse(item.Key, $"the key does not belong to the door '{membership.Door}' in the group '{membership.Group}'");
        }
        catch (FleetRecordException wrong)
        {
            refuse(item.Key, wrong.Message);
        }

        return membership;
    }

    private FleetMembership TakeManifest(FleetMembership membership, FleetItem item, OfficePublicKey office)
    {
        FleetManifest manifest = ManifestSeal.Open(membership.Group, item.Value, office);
        if (manifest.Serial > membership.Serial)
            return membership with { Manifest = manifest, SignedManifest = item.Value };
        if (manifest.Serial < membership.Serial)
        {
            refuse(item.Key, FormattableString.Invariant($"the manifest is of publication {manifest.Serial}, and the door knows that of ")
                + FormattableString.Invariant($"publication {membership.Serial}: the hub has an old copy. ")
                + "The office sends the difference with 'dooragent fleet repair'");
        }
        else if (!item.Value.AsSpan().SequenceEqual(membership.SignedManifest))
        {
            refuse(item.Key, FormattableString.Invariant($"there are two manifests of publication {manifest.Serial}: two offices have one key"));
        }

        return membership;
    }

    private FleetMembership TakeKeys(FleetMembership membership, FleetItem item, OfficePublicKey office)
    {
        (long serial, GroupKeys keys) = GroupKeySeal.Open(membership.Group, membership.Door, item.Value, office, secrets);
        if (serial >= membership.KeySerial)
            return membership with { Keys = keys, KeySerial = serial };
        refuse(item.Key, FormattableString.Invariant(
            $"the keys are of publication {serial}, and the door has those of publication {membership.KeySerial}: the record is an old one"));
        return membership;
    }
}
