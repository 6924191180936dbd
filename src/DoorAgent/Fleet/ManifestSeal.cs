namespace DoorAgent.Fleet;

/// <summary>Signs the manifest of a group. The body of the record is the JSON of a <see cref="FleetManifest"/>, which is not sealed,
/// because nothing in a manifest is about a person.</summary>
internal static class ManifestSeal
{
    /// <summary>Signs a manifest.</summary>
    /// <exception cref="FleetRecordException">The manifest is not as a door takes it, or too long.</exception>
    public static byte[] Close(FleetManifest manifest, OfficeKey office)
    {
        ManifestRules.Require(manifest);
        return SignedRecord.Close(HeadOf(manifest), FleetJson.Write(manifest), office.Sign);
    }

    /// <summary>Verifies a manifest.</summary>
    /// <param name="group">Name of the group whose manifest is expected.</param>
    /// <param name="record">The record.</param>
    /// <param name="office">The office's pinned key.</param>
    /// <exception cref="FleetRecordException">The record is not a manifest of the group that the office wrote, or not as it must
    /// be.</exception>
    public static FleetManifest Open(string group, ReadOnlySpan<byte> record, OfficePublicKey office)
    {
        RecordHead head = SignedRecord.Expect(record, group, "", RecordKind.Manifest);
        FleetManifest manifest =
            FleetJson.Read<FleetManifest>(SignedRecord.Open(record, head, office.Verify, "the office"), "the manifest");
        ManifestRules.Require(manifest);
        return HeadOf(manifest) == head ? manifest : throw new FleetRecordException("the manifest and its record contradict each other");
    }

    private static RecordHead HeadOf(FleetManifest manifest) => new(RecordKind.Manifest, manifest.Serial, manifest.Key, manifest.Group, "");
}
