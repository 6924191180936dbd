using System.Text.Json;

namespace DoorAgent.Networks;

/// <summary>
/// A network that the user added to a model directory: own-NAME.onnx, and beside it own-NAME.json, which this record describes. The
/// network is used as an entry of the catalogue is, and differs only in its file, its dimension and, where given, its input format.
/// </summary>
/// <param name="Like">Id of the entry whose input size and alignment the network uses.</param>
/// <param name="Bytes">Length of the network's file.</param>
/// <param name="Sha256">Digest of the network's file.</param>
/// <param name="Input">The input format.</param>
/// <param name="Dimension">Length of an encoding.</param>
/// <param name="KnownAnswer">The unit output for the synthetic input, as this machine computed it when the network was added.</param>
/// <param name="From">Name of the file from which the network was added.</param>
/// <param name="Added">Date on which the network was added.</param>
internal sealed record AddedNetwork(
    string Like, long Bytes, string Sha256, ModelInput Input, int Dimension, float[] KnownAnswer, string From, DateOnly Added)
{
    /// <summary>How the id of every added network begins, and of no other: a later catalogue can never take the id of an added
    /// network.</summary>
    public const string Prefix = "own-";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    };

    /// <summary>Whether an id can only be the id of an added network.</summary>
    public static bool IsId(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Returns the name of the network's file.</summary>
    public static string FileOf(string id) => id + ".onnx";

    /// <summary>The calibration tables that were measured for the network, at most one for a detector and a rule.</summary>
    public CalibrationFile[] Calibration { get; init; } = [];

    /// <summary>Returns the name of the file that describes the network.</summary>
    public static string DescriptionOf(string id) => id + ".json";

    /// <summary>Reads the description of an added network.</summary>
    /// <exception cref="InvalidDataException">The text is not a description of a network; the message says why.</exception>
    public static AddedNetwork Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            AddedNetwork read = JsonSerializer.Deserialize<AddedNetwork>(text, Json) ?? throw new JsonException("it is empty.");
            return read.KnownAnswer.Length == read.Dimension && read.Dimension > 0 && read.KnownAnswer.All(float.IsFinite)
                ? read
                : throw new JsonException($"its known answer has {read.KnownAnswer.Length} numbers and must have {read.Dimension} finite ones, "
                    + "at least one.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }

    /// <summary>Makes the network's entry of the catalogue.</summary>
    /// <param name="id">Id of the network.</param>
    /// <param name="catalogue">The embedded entries, among them the one that <see cref="Like"/> names.</param>
    /// <exception cref="InvalidDataException">This version has no such entry, its input has another size, so that its alignment does not
    /// fit, or a calibration table does not belong to the network.</exception>
    public CatalogueEntry ToEntry(string id, IReadOnlyList<CatalogueEntry> catalogue)
    {
        CatalogueEntry like = catalogue.FirstOrDefault(entry => entry.Id == Like && CanBeLike(entry))
            ?? throw new InvalidDataException($"it is like {Like}, which is no encoder with a network in this version.");
        if ((Input.Width, Input.Height) != (like.Input.Width, like.Input.Height))
        {
            throw new InvalidDataException($"its input is {Input.Width} x {Input.Height}, and {like.Id} has "
                + $"{like.Input.Width} x {like.Input.Height}.");
        }

        if (Input is not { Channels: "RGB" or "BGR", Mean.Length: 3, Std.Length: 3 } || Input.Scale == 0 || Input.Std.Contains(0)
            || !Input.Mean.Concat(Input.Std).Append(Input.Scale).All(float.IsFinite))
        {
            throw new InvalidDataException("its input needs channels RGB or BGR, a scale and three deviations that are not zero, and three "
                + "means.");
        }

        CatalogueEntry made = new(id, ModelTask.Encoder, FileOf(id), Bytes, Sha256, "its owner's",
            FormattableString.Invariant($"added here from {From} on {Added:yyyy-MM-dd}, to be used like {Like}"))
        {
            Input = Input,
            Output = new ModelOutput(Dimension),
            Alignment = like.Alignment,
            KnownAnswer = KnownAnswer,
            IsAdded = true,
        };
        if (Calibration.DistinctBy(table => (table.Detector, table.Rule)).Count() < Calibration.Length)
            throw new InvalidDataException("it has two tables for one detector and rule.");
        foreach (CalibrationFile table in Calibration)
            CalibrationFit.Ensure(table, made, like, catalogue);
        return made with { Calibration = [.. Calibration.Select(table => table.ToEntry(catalogue))] };
    }

    /// <summary>Whether an added network can be used like an entry: the entry has one network, and an alignment.</summary>
    public static bool CanBeLike(CatalogueEntry entry) => entry is { Task: ModelTask.Encoder, HasFile: true, Alignment: not null };

    /// <summary>Returns the description with a table, which replaces the one for the same detector and rule.</summary>
    public AddedNetwork With(CalibrationFile table) => this with
    {
        Calibration = [.. Calibration.Where(one => (one.Detector, one.Rule) != (table.Detector, table.Rule)), table],
    };

    /// <summary>Serialises the description for its file.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
