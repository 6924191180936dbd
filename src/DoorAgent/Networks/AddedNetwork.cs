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

    /// <summary>Reads the description of an added network.</summary>
    /// <exception cref="InvalidDataException">The text is not a description of a network; the message says why.</exception>
    public static AddedNetwork Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            AddedNetwork read = JsonSerializer.Deserialize<AddedNetwork>(text, Json) ?? throw new JsonException("it is empty.");
            return read.KnownAnswer.Length == read.Dimension && read.Dimension > 0 ? read : throw new JsonException(
                $"its known answer has {read.KnownAnswer.Length} numbers and must have {read.Dimension}, at least one.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }

    /// <summary>Makes the network's entry of the catalogue.</summary>
    /// <param name="id">Id of the network.</param>
    /// <param name="like">The entry that <see cref="Like"/> names.</param>
    /// <exception cref="InvalidDataException">The entry has another input size, so that its alignment does not fit.</exception>
    public CatalogueEntry ToEntry(string id, CatalogueEntry like)
    {
        if ((Input.Width, Input.Height) != (like.Input.Width, like.Input.Height))
        {
            throw new InvalidDataException($"its input is {Input.Width} x {Input.Height}, and {like.Id} has "
                + $"{like.Input.Width} x {like.Input.Height}.");
        }

        return new CatalogueEntry(id, ModelTask.Encoder, FileOf(id), Bytes, Sha256, "its owner's",
            FormattableString.Invariant($"added here from {From} on {Added:yyyy-MM-dd}, to be used like {Like}"))
        {
            Input = Input,
            Output = new ModelOutput(Dimension),
            Alignment = like.Alignment,
            KnownAnswer = KnownAnswer,
            IsAdded = true,
        };
    }

    /// <summary>Serialises the description for its file.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
