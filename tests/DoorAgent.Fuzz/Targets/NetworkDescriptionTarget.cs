using DoorAgent.Networks;

namespace DoorAgent.Fuzz.Targets;

/// <summary>The catalogue's texts that come from outside: descriptions of added networks with their calibration tables, and sidecars. The
/// embedded catalogue.json itself cannot be exchanged without exchanging the program.</summary>
internal sealed class NetworkDescriptionTarget : FuzzTarget
{
    private const string File = "own-test.onnx";

    private static readonly CatalogueEntry Like = Catalogue.Embedded.Find("mobilefacenet", ModelTask.Encoder);

    public override string Name => "catalogue";

    public override IReadOnlyList<string> Tokens =>
    [
        "\"like\":", "\"mobilefacenet\"", "\"bytes\":", "\"sha256\":", "\"input\":", "\"width\":112", "\"channels\":\"RGB\"", "\"scale\":",
        "\"mean\":[0,0,0]", "\"std\":[1,1,1]", "\"dimension\":", "\"knownAnswer\":", "\"calibration\":", "\"rows\":", "\"fmr\":",
        "\"distance\":", "\"low\":", "\"isEstimate\":true", "\"rule\":\"nearest\"", "\"detector\":\"yunet-n\"", "null", "1e39", "1e999",
        "-1", "NaN", "[]", "{}",
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        AddedNetwork plain = new(Like.Id, 4, new string('a', 64), Like.Input, 2, [0.6f, 0.8f], "a.onnx", new DateOnly(2026, 3, 1));
        CalibrationFile table = new("own-test", plain.ToEntry("own-test", Catalogue.Embedded.Entries).EncodingSha256, "yunet-n", "nearest",
            [new CalibrationRow(0.01, 1.0), new CalibrationRow(0.001, 0.9) { Low = 0.88, High = 0.92 },
                new CalibrationRow(0.0001, 0.8) { IsEstimate = true }],
            "made pictures", new string('b', 64), 10, 5, 1000, new DateOnly(2026, 3, 1));
        yield return plain.ToJson();
        yield return plain.With(table).ToJson();
        yield return table.ToJson();
        yield return new ModelSidecar(4, new string('a', 64), new float[Like.Output!.Dimension]).ToJson();
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        ReadSidecar(input);
        ReadTable(input);
        AddedNetwork network = AddedNetwork.Parse(input);
        CatalogueEntry entry = network.ToEntry("own-test", Catalogue.Embedded.Entries);
        BrokenPromiseException.Unless(entry.IsAdded && entry.Output!.Dimension == entry.KnownAnswer.Length, "An entry contradicts itself.");
        BrokenPromiseException.Unless(
            entry.Calibration.SelectMany(table => table.Rows).All(row => row is { Fmr: > 0 and <= 1, Distance: >= 0 and <= 2 }),
            "A calibration table has an impossible row.");
        _ = (entry.EncodingSha256, entry.CalibrationOf("yunet-n", ComparisonRule.Nearest), network.ToJson());
    }

    public override bool Allows(Exception failure) => failure is InvalidDataException;

    private static void ReadSidecar(ReadOnlySpan<byte> input)
    {
        ScratchFolder.Write(ModelSidecar.PathFor(File), input);
        try
        {
            _ = ModelSidecar.Complete(Like, ScratchFolder.File(File)).EncodingSha256;
        }
        catch (UserErrorException)
        {
            // Not a sidecar.
        }
    }

    private static void ReadTable(ReadOnlySpan<byte> input)
    {
        try
        {
            _ = CalibrationFile.Parse(input).ToEntry(Catalogue.Embedded.Entries);
        }
        catch (InvalidDataException)
        {
            // Not a table.
        }
    }
}
