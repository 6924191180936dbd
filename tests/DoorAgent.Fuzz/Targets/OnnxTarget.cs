using DoorAgent.Models;

namespace DoorAgent.Fuzz.Targets;

/// <summary>ONNX files, as our own code reads and rewrites them.</summary>
internal sealed class OnnxTarget : FuzzTarget
{
    public override string Name => "onnx";

    public override int MaxLength => 16_384;

    public override IReadOnlyList<string> Tokens => ["PRelu", "Conv", "slope", "\u003a", "\u0042", "\u004a", "\u0010\u0001"];

    public override IEnumerable<byte[]> Seeds() => [MadeOnnx.Small()];

    public override void Read(ReadOnlySpan<byte> input)
    {
        byte[] file = [.. input];
        IReadOnlyList<OnnxArray> arrays = OnnxFile.ReadInitializers(file);
        _ = OnnxFile.CountParameters(file);
        byte[] rewritten = PReluAsMaximum.Rewritten(file);
        BrokenPromiseException.Unless(OnnxFile.ReadInitializers(rewritten).Count == arrays.Count, "A rewritten file has other weights.");
        Dictionary<string, float[]> values = [];
        foreach (OnnxArray array in arrays.Where(array => array.IsFloat))
            values[array.Name] = new float[2];
        _ = OnnxFile.With(file, values);
    }

    public override bool Allows(Exception failure) => failure is InvalidDataException;
}
