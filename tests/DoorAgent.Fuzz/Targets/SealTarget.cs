using System.Text;
using DoorAgent.Sealing;

namespace DoorAgent.Fuzz.Targets;

/// <summary>Sealed files (first byte 0), sealed values (1), key files (2), exports of a key (3), encrypted
/// credentials (4) and sealed streams (5). Only what the door has sealed opens, and as it was.</summary>
internal sealed class SealTarget : FuzzTarget
{
    private const string Identity = "picture 1204-2";

    private static readonly DoorKey Key = MadeGallery.OneKey.Newest!;

    private static readonly byte[] Plain = [.. "a face"u8];

    // An export takes a third of a second, by intent. The passphrase is tried in the tests of the export.
    private static readonly Lazy<byte[]> Export = new(() => Encoding.UTF8.GetBytes(KeyExport.Write(Key, "a long passphrase")));

    public override string Name => "sealed";

    public override int MaxLength => 1024;

    public override IReadOnlyList<string> Tokens =>
        ["DoSe\u0001", "dooragent-key-1 ", "dooragent-key-export-1 ", "\n", "# ", " =", "0123456789abcdef"];

    public override IEnumerable<byte[]> Seeds()
    {
        yield return [0, .. SealedFile.Close(Key, Plain, Identity)];
        using Seal seal = new(Key, "fuzzed");
        yield return [1, .. seal.Close(Plain, Encoding.UTF8.GetBytes(Identity))];
        yield return [2, .. Key.Reveal()];
        yield return [3, .. Export.Value];
        using MemoryStream stream = new();
        SealedStream.Close(Key, new MemoryStream(Plain), stream, Identity);
        yield return [5, .. stream.ToArray()];
        yield return [4, .. Encoding.UTF8.GetBytes(Convert.ToBase64String(Convert.FromHexString("5a1c6a86df9d4096b1d5a65e0862f19a00")))];
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        switch (input[0] % 6)
        {
            case 0:
                _ = SealedFile.KeyIdOf(input[1..]);
                byte[] content = SealedFile.Open(new KeyRing([Key], null), input[1..], Identity);
                BrokenPromiseException.Unless(content.AsSpan().SequenceEqual(Plain), "A changed file opens.");
                break;
            case 1:
                using (Seal seal = new(Key, "fuzzed"))
                {
                    byte[] value = seal.Open(input[1..], Encoding.UTF8.GetBytes(Identity));
                    BrokenPromiseException.Unless(value.AsSpan().SequenceEqual(Plain), "A changed value opens.");
                }

                break;
            case 2:
                if (DoorKey.Parse(input[1..]) is { } key)
                    BrokenPromiseException.Unless(DoorKey.Parse(key.Reveal())!.Id == key.Id, "A key changes when it is written.");
                break;
            case 3:
                string text = Encoding.UTF8.GetString(input[1..]);
                BrokenPromiseException.Unless(KeyExport.IdOf(text).Length == 16 && KeyExport.IsExport(text), "An export has no id.");
                BrokenPromiseException.Unless(KeyExport.BytesOf(text).Length == 76, "An export is not complete.");
                break;
            case 5:
                MemoryStream opened = new();
                SealedStream.Open(Key, new MemoryStream([.. input[1..]]), opened, Identity);
                BrokenPromiseException.Unless(opened.ToArray().AsSpan().SequenceEqual(Plain), "A changed stream opens.");
                break;
            default:
                _ = SystemdCreds.KindOf([.. input[1..]]);
                break;
        }
    }

    public override bool Allows(Exception failure) => failure is BrokenSealException or UserErrorException;
}
