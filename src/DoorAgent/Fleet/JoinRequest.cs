using System.Text.RegularExpressions;

namespace DoorAgent.Fleet;

/// <summary>
/// A door's request to join a fleet: everything that the office needs to know about the door, and nothing that is secret. The fields of
/// the record are the public key of the agreement, that of the signatures, the public NKEY, the version, and the encoder as JSON (empty
/// without one). The door signs the request, which proves that the door has the private keys; who the door is, is proven only by
/// people who compare <see cref="Fingerprint"/> on both screens.
/// </summary>
/// <param name="Door">The name that the door would have in the fleet.</param>
/// <param name="Keys">The door's public keys.</param>
/// <param name="Nkey">The public NKEY of the door's connection: U and 55 more letters and digits.</param>
/// <param name="Version">Version of the door's program.</param>
/// <param name="Encoder">The encoder of the door's gallery; null where the gallery has none yet.</param>
internal sealed partial record JoinRequest(string Door, DoorPublicKeys Keys, string Nkey, string Version, FleetEncoder? Encoder)
{
    private const string Kind = "request";
    private const int LongestVersion = 64, LongestNkey = 56;

    /// <summary>The text by which people compare the requests on two screens. It covers all fields.</summary>
    public string Fingerprint => P256.Fingerprint([.. Head.ToBytes(), .. Body]);

    private RecordHead Head => new(RecordKind.Request, 0, 0, "", Door);

    private byte[] Body => new FieldWriter().Add(Keys.Agreement).Add(Keys.Signing).Add(Nkey).Add(Version)
        .Add(Encoder is null ? [] : FleetJson.Write(Encoder)).Made.ToArray();

    /// <summary>Signs the request and returns its text.</summary>
    /// <param name="secrets">The door's private keys.</param>
    /// <exception cref="FleetRecordException">A value is impossible.</exception>
    public string Write(DoorSecrets secrets)
    {
        Require();
        return JoinText.Write(Kind, SignedRecord.Close(Head, Body, secrets.Sign));
    }

    /// <summary>Reads a request.</summary>
    /// <exception cref="FleetRecordException">The text is not a request, is cut off, or was changed; the message says which.</exception>
    public static JoinRequest Parse(string text)
    {
        byte[] record = JoinText.Read(Kind, text);
        RecordHead head = RecordHead.Read(record);
        SignedRecord.Expect(record, "", head.Subject, RecordKind.Request);
        FieldReader fields = new(SignedRecord.Open(record, head, (_, _) => true, "the door"));
        DoorPublicKeys keys = new(fields.Next(), fields.Next());
        SignedRecord.Open(record, head, keys.Verify, "the door");
        (string nkey, string version) = (fields.NextText(LongestNkey), fields.NextText(LongestVersion));
        ReadOnlySpan<byte> encoder = fields.Next();
        fields.RequireEnd();
        JoinRequest request = new(head.Subject, keys, nkey, version,
            encoder.IsEmpty ? null : FleetJson.Read<FleetEncoder>(encoder, "the encoder"));
        request.Require();
        return request;
    }

    private void Require()
    {
        if (!FleetIds.IsName(Door))
            throw new FleetRecordException($"the door's name is not {FleetIds.NameRule}");
        if (!PublicNkey().IsMatch(Nkey))
            throw new FleetRecordException("the request has no public NKEY of a user");
        if (!PersonRules.IsPlain(Version, LongestVersion) || Encoder is { } encoder && !PersonRules.IsPossible(encoder))
            throw new FleetRecordException("the request has an impossible version or encoder");
    }

    [GeneratedRegex(@"\AU[A-Z2-7]{55}\z")]
    private static partial Regex PublicNkey();
}
