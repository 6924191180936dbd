using System.Text;
using DoorAgent.Fleet;

namespace DoorAgent.Fuzz.Targets;

/// <summary>A request or an answer that somebody copied. After a first byte of 0 the rest is the text; otherwise it is the body of the
/// record, which is signed.</summary>
/// <param name="kind">Name of the kind of text.</param>
internal abstract class FleetTextTarget(string kind) : FuzzTarget
{
    public override string Name => $"fleet-{kind}";

    public override IReadOnlyList<string> Tokens =>
    [
        $"dooragent-{kind}-1:", ".", "\r\n", "=", "-_", MadeFleetKeys.Nkey, "tls://hub:4222", "nats://hub:4222",
            "nats://a:b@hub:1/x?y#z", "_INBOX_lab-3",
        "\u0000\u0000", "\u0000\u005b", "{\"name\":\"made\"",
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        string text = Write();
        byte[] record = JoinText.Read(kind, text);
        yield return [0, .. Encoding.ASCII.GetBytes(text)];
        yield return [0, .. Encoding.ASCII.GetBytes(string.Join("\n  ", text.Chunk(60).Select(line => new string(line))))];
        yield return [1, .. record.AsSpan(RecordHead.Read(record).Length..^P256.SignatureBytes)];
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (!input.IsEmpty)
            Open(input[0] == 0 ? Encoding.Latin1.GetString(input[1..]) : JoinText.Write(kind, Signed([.. input[1..]])));
    }

    public override bool Allows(Exception failure) => failure is FleetRecordException;

    protected abstract string Write();

    protected abstract byte[] Signed(byte[] body);

    protected abstract void Open(string text);
}

/// <summary>A door's request.</summary>
internal sealed class FleetRequestTarget() : FleetTextTarget("request")
{
    protected override string Write() => new JoinRequest(MadeFleetKeys.Door, MadeFleetKeys.Secrets.Public, MadeFleetKeys.Nkey, "1.2.0",
        MadeFleetKeys.Encoder).Write(MadeFleetKeys.Secrets);

    protected override byte[] Signed(byte[] body) =>
        SignedRecord.Close(new RecordHead(RecordKind.Request, 0, 0, "", MadeFleetKeys.Door), body, MadeFleetKeys.Secrets.Sign);

    protected override void Open(string text)
    {
        JoinRequest read = JoinRequest.Parse(text);
        BrokenPromiseException.Unless(read.Keys.Digest.SequenceEqual(MadeFleetKeys.Secrets.Public.Digest),
            "A request without its keys is read.");
        BrokenPromiseException.Unless(FleetIds.IsName(read.Door) && read.Nkey.All(char.IsAsciiLetterOrDigit),
            "A name would break a configuration.");
        BrokenPromiseException.Unless(JoinRequest.Parse(read.Write(MadeFleetKeys.Secrets)).Fingerprint == read.Fingerprint,
            "A request changes when written again.");
    }
}

/// <summary>The office's answer.</summary>
internal sealed class FleetAnswerTarget() : FleetTextTarget("answer")
{
    protected override string Write() =>
        new JoinAnswer(MadeFleetKeys.Door, MadeFleetKeys.Group, "nats://hub.example:4222", "_INBOX_lab-3")
            .Write(MadeFleetKeys.Secrets.Public, MadeFleetKeys.Office);

    protected override byte[] Signed(byte[] body) => MadeFleetKeys.Signed(RecordKind.Answer, 0, MadeFleetKeys.Door, body);

    protected override void Open(string text)
    {
        (JoinAnswer answer, OfficePublicKey office) = JoinAnswer.Parse(text, MadeFleetKeys.Secrets.Public);
        office.Dispose();
        Uri hub = new(answer.Hub);
        BrokenPromiseException.Unless(hub.UserInfo.Length == 0 && hub.Port > 0
            && (hub.Scheme == "tls") == (answer.Certificate is not null),
            "An answer has an impossible hub.");
    }
}

/// <summary>Records on their way from the link to the daemon. The first byte is the size of the pieces in which they arrive.</summary>
internal sealed class FleetParcelTarget : FuzzTarget
{
    public override string Name => "fleet-parcel";

    public override IReadOnlyList<string> Tokens => ["\u0000\u0005lab.x", "\u0000\u0000\u0000\u0000", "\u007f\u00ff\u00ff\u00ff",
        "lab.manifest"];

    public override IEnumerable<byte[]> Seeds()
    {
        using MemoryStream made = new();
        FleetParcel.Write(made, new FleetItem($"lab.{MadeFleetKeys.Anna}", 12, [1, 2, 3]));
        FleetParcel.Write(made, new FleetItem("lab.manifest", ulong.MaxValue, []));
        yield return [7, .. made.ToArray()];
        yield return [0];
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        byte[] parcel = [.. input[1..]];
        using MemoryStream again = new();
        foreach (FleetItem item in FleetParcel.Read(new Pieces(parcel, input[0] + 1), parcel.Length))
            FleetParcel.Write(again, item);
        BrokenPromiseException.Unless(again.ToArray().SequenceEqual(parcel), "A parcel changes when written again.");
    }

    public override bool Allows(Exception failure) => failure is FleetRecordException;

    private sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(most, buffer.Length)]);
    }
}
