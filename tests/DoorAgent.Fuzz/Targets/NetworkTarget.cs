using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Fuzz.Targets;

/// <summary>A network that 'models add' is to take: ONNX Runtime loads and runs it, in native code that AFL++ cannot see into.</summary>
internal sealed class NetworkTarget : FuzzTarget
{
    private static readonly CatalogueEntry Like = Catalogue.Embedded.Find("mobilefacenet", ModelTask.Encoder);

    public override string Name => "network";

    public override bool IsNative => true;

    public override int MaxLength => 16_384;

    public override IReadOnlyList<string> Tokens =>
        ["Conv", "PRelu", "GlobalAveragePool", "Identity", "Reshape", "Tile", "input", "output"];

    public override IEnumerable<byte[]> Seeds() => [MadeOnnx.Small()];

    public override void Read(ReadOnlySpan<byte> input) => _ = EncoderProof.DimensionOf(Like, [.. input]);

    public override bool Allows(Exception failure) => failure is UserErrorException or NetworkFaultException;
}
