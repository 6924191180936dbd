using System.Security.Cryptography;
using DoorAgent.Fleet;

namespace DoorAgent.Fuzz.Targets;

/// <summary>A record of the hub. After a first byte of 0 the rest is the record as the hub gives it, which must be one of ours; otherwise
/// the rest is the content, which the office signs (and seals) although it made a mistake.</summary>
/// <param name="name">Name of the target.</param>
internal abstract class FleetRecordTarget(string name) : FuzzTarget
{
    private byte[][]? _ours;

    public override string Name => name;

    public override int MaxLength => 4096;

    /// <summary>Records as the program makes them; signatures differ in each run.</summary>
    private byte[][] Ours => _ours ??= [.. Records()];

    public override IEnumerable<byte[]> Seeds() =>
        [.. Ours.Select(record => (byte[])[0, .. record]), .. Contents().Select(content => (byte[])[1, .. content])];

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        byte[] rest = [.. input[1..]];
        Open(input[0] == 0 ? rest : Signed(rest));
        BrokenPromiseException.Unless(input[0] != 0 || Ours.Any(rest.SequenceEqual),
            "A record was accepted that the office did not sign.");
    }

    public override bool Allows(Exception failure) => failure is FleetRecordException;

    protected abstract IEnumerable<byte[]> Records();

    protected abstract IEnumerable<byte[]> Contents();

    protected abstract byte[] Signed(byte[] content);

    /// <summary>Reads a record, and checks what the reader promises.</summary>
    protected abstract void Open(byte[] record);
}

/// <summary>A record of the bucket of people.</summary>
internal sealed class FleetPersonTarget() : FleetRecordTarget("fleet-person")
{
    public override IReadOnlyList<string> Tokens =>
    [
        "DoFl\u0001", "\"isEnabled\":true,", "\"hosts\":[", "\"badges\":[", "\"encoder\":", "\"dimension\":4", "\"consent\":", "null",
        "2026-03-31", "H10301:1:2", "\\ud800", "\\u0000", "-1", "1e9", "NaN", "{}", "[]",
    ];

    protected override IEnumerable<byte[]> Records() =>
    [
        PersonSeal.Close(MadeFleetKeys.Person, MadeFleetKeys.Group, 7, MadeFleetKeys.Keys.Newest!, MadeFleetKeys.Office),
        PersonSeal.CloseRemoval(MadeFleetKeys.Anna, MadeFleetKeys.Group, 8, erase: true, MadeFleetKeys.Office),
    ];

    protected override IEnumerable<byte[]> Contents() =>
        [PersonBody.Write(MadeFleetKeys.Person), PersonBody.Write(new FleetPerson(MadeFleetKeys.Anna, "A"))];

    protected override byte[] Signed(byte[] content)
    {
        byte[] head = new RecordHead(RecordKind.Person, 7, 2, MadeFleetKeys.Group, MadeFleetKeys.Anna).ToBytes();
        byte[] nonce = new byte[12], tag = new byte[16], made = new byte[content.Length];
        using AesGcm cipher = new(MadeFleetKeys.Keys.Newest!.Secret, tag.Length);
        cipher.Encrypt(nonce, content, made, tag, head);
        return MadeFleetKeys.Signed(RecordKind.Person, 2, MadeFleetKeys.Anna, [.. nonce, .. made, .. tag]);
    }

    protected override void Open(byte[] record)
    {
        SealedRecord read = PersonSeal.Open(MadeFleetKeys.Group, MadeFleetKeys.Anna, record, MadeFleetKeys.Office.Public,
            MadeFleetKeys.Keys);
        if (read.Person is not { } person)
            return;
        BrokenPromiseException.Unless(person.Id == MadeFleetKeys.Anna && person.Name.Length > 0, "A person has another id, or no name.");
        BrokenPromiseException.Unless(
            person.Encodings.All(encoding => encoding.Values.All(float.IsFinite) && encoding.Values.Length == person.Encoder?.Dimension),
            "An encoding is not a vector of the encoder's dimension.");
        byte[] again = PersonBody.Write(person);
        BrokenPromiseException.Unless(PersonBody.Write(PersonBody.Read(again)).SequenceEqual(again),
            "A person changes when written again.");
    }
}

/// <summary>A manifest.</summary>
internal sealed class FleetManifestTarget() : FleetRecordTarget("fleet-manifest")
{
    public override IReadOnlyList<string> Tokens =>
    [
        "\"serial\":7", "\"schedules\":{", "\"lockdown\":", "\"holidays\":", "\"issued\":\"2026-03-01T08:00:00Z\"", "null",
            "Mon-Fri 07:00-19:00",
        "holidays closed", "12-24..01-01", "9223372036854775807", "-1", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "{}",
            "[]",
    ];

    protected override IEnumerable<byte[]> Records() => [ManifestSeal.Close(MadeFleetKeys.Manifest, MadeFleetKeys.Office)];

    protected override IEnumerable<byte[]> Contents() => [FleetJson.Write(MadeFleetKeys.Manifest)];

    protected override byte[] Signed(byte[] content) => MadeFleetKeys.Signed(RecordKind.Manifest, 2, "", content);

    protected override void Open(byte[] record)
    {
        FleetManifest manifest = ManifestSeal.Open(MadeFleetKeys.Group, record, MadeFleetKeys.Office.Public);
        BrokenPromiseException.Unless(manifest is { Serial: 7, Key: 2, Count: >= 0, Horizon: >= 0 and <= 7 },
            "A manifest has impossible numbers.");
        BrokenPromiseException.Unless(manifest.Lockdown is not { } lockdown || lockdown.Until > lockdown.Since, "A lockdown has no end.");
        _ = ManifestSeal.Close(manifest, MadeFleetKeys.Office);
    }
}

/// <summary>The keys of a group. The content is the body: an ephemeral key and what is sealed.</summary>
internal sealed class FleetKeysTarget() : FleetRecordTarget("fleet-keys")
{
    protected override IEnumerable<byte[]> Records() =>
    [
        GroupKeySeal.Close(MadeFleetKeys.Keys, MadeFleetKeys.Group, MadeFleetKeys.Door, 7, MadeFleetKeys.Secrets.Public,
            MadeFleetKeys.Office),
    ];

    protected override IEnumerable<byte[]> Contents() =>
        Records().Select(record => record[RecordHead.Read(record).Length..^P256.SignatureBytes]);

    protected override byte[] Signed(byte[] content)
    {
        // The content of a seal that is broken is tried too.
        _ = Record(() => GroupKeys.Read(content));
        return MadeFleetKeys.Signed(RecordKind.GroupKeys, 2, MadeFleetKeys.Door, content);
    }

    protected override void Open(byte[] record)
    {
        (_, GroupKeys keys) =
            GroupKeySeal.Open(MadeFleetKeys.Group, MadeFleetKeys.Door, record, MadeFleetKeys.Office.Public, MadeFleetKeys.Secrets);
        BrokenPromiseException.Unless(keys.Reveal().SequenceEqual(MadeFleetKeys.Keys.Reveal()), "Keys were read that nobody sealed.");
    }

    private static bool Record(Func<GroupKeys> read)
    {
        try
        {
            GroupKeys keys = read();
            BrokenPromiseException.Unless(GroupKeys.Read(keys.Reveal()).All.Count == keys.All.Count, "Keys change when written again.");
            return true;
        }
        catch (FleetRecordException)
        {
            return false;
        }
    }
}

/// <summary>A door's confirmation, which the office reads.</summary>
internal sealed class FleetConfirmationTarget() : FleetRecordTarget("fleet-confirmation")
{
    private static readonly DoorConfirmation Made = new(MadeFleetKeys.Door, MadeFleetKeys.Group, 7, 1,
        FleetSet.Digest([(MadeFleetKeys.Anna, 7)]),
        new DateTimeOffset(2026, 3, 1, 8, 1, 0, TimeSpan.Zero), "1.2.0");

    public override IReadOnlyList<string> Tokens => ["\"count\":1", "\"digest\":", "\"time\":", "\"version\":", "null", "-1", "1e3"];

    protected override IEnumerable<byte[]> Records() => [Made.Close(MadeFleetKeys.Secrets)];

    protected override IEnumerable<byte[]> Contents() =>
        Records().Select(record => record[RecordHead.Read(record).Length..^P256.SignatureBytes]);

    protected override byte[] Signed(byte[] content) => SignedRecord.Close(
        new RecordHead(RecordKind.Confirmation, 7, 0, MadeFleetKeys.Group, MadeFleetKeys.Door), content, MadeFleetKeys.Secrets.Sign);

    protected override void Open(byte[] record)
    {
        DoorConfirmation read = DoorConfirmation.Open(MadeFleetKeys.Group, MadeFleetKeys.Door, record, MadeFleetKeys.Secrets.Public);
        BrokenPromiseException.Unless(read is { Serial: 7, Count: >= 0 }, "A confirmation has impossible numbers.");
        _ = read.Close(MadeFleetKeys.Secrets);
    }
}
