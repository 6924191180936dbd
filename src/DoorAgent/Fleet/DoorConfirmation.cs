namespace DoorAgent.Fleet;

/// <summary>What a door has, signed by the door: the office shows which doors have a change, and a hub cannot claim it for them.</summary>
/// <param name="Door">Name of the door.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="Serial">Serial of the newest manifest whose set of people the door has exactly; 0 for none.</param>
/// <param name="Count">Number of people of the fleet at the door.</param>
/// <param name="Digest">Digest of the set that the door has; see <see cref="FleetSet"/>.</param>
/// <param name="Time">When the door signed, UTC.</param>
/// <param name="Version">Version of the door's program.</param>
internal sealed record DoorConfirmation(
    string Door, string Group, long Serial, int Count, string Digest, DateTimeOffset Time, string Version)
{
    private const int LongestVersion = 64;

    /// <summary>Signs the confirmation.</summary>
    /// <exception cref="FleetRecordException">A value is impossible.</exception>
    public byte[] Close(DoorSecrets secrets)
    {
        Content content = new(Count, Digest, Time, Version);
        Require(content);
        return SignedRecord.Close(new RecordHead(RecordKind.Confirmation, Serial, 0, Group, Door), FleetJson.Write(content), secrets.Sign);
    }

    /// <summary>Verifies a confirmation.</summary>
    /// <param name="group">Name of the door's group.</param>
    /// <param name="door">Name of the door.</param>
    /// <param name="record">The record.</param>
    /// <param name="keys">The door's public keys, which the office knows.</param>
    /// <exception cref="FleetRecordException">The door did not sign this, or it is not as it must be.</exception>
    public static DoorConfirmation Open(string group, string door, ReadOnlySpan<byte> record, DoorPublicKeys keys)
    {
        RecordHead head = SignedRecord.Expect(record, group, door, RecordKind.Confirmation);
        Content content = FleetJson.Read<Content>(SignedRecord.Open(record, head, keys.Verify, $"the door {door}"), "the confirmation");
        Require(content);
        return new DoorConfirmation(door, group, head.Serial, content.Count, content.Digest, content.Time, content.Version);
    }

    private static void Require(Content content)
    {
        if (content.Count is < 0 or > ManifestRules.MostPeople || !PersonRules.IsDigest(content.Digest)
            || content.Time.Offset != TimeSpan.Zero || !PersonRules.IsPlain(content.Version, LongestVersion))
            throw new FleetRecordException("the confirmation has an impossible number, digest, time or version");
    }

    private sealed record Content(int Count, string Digest, DateTimeOffset Time, string Version);
}
