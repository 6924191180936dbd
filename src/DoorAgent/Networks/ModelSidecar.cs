using System.Text.Json;

namespace DoorAgent.Networks;

/// <summary>
/// The sidecar file of a network that was built on this machine: a JSON file with the name of the network's
/// file. The catalogue describes the network's input and output; the sidecar identifies the file.
/// </summary>
/// <param name="Bytes">Length of the network's file.</param>
/// <param name="Sha256">Digest of the network's file.</param>
/// <param name="KnownAnswer">The unit output for the synthetic input, as this machine computed it.</param>
internal sealed record ModelSidecar(long Bytes, string Sha256, float[] KnownAnswer)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Returns the path of the sidecar of a network's file.</summary>
    public static string PathFor(string file) => Path.ChangeExtension(file, ".json");

    /// <summary>Completes a catalogue entry with the data of the sidecar beside its file.</summary>
    /// <exception cref="UserErrorException">The sidecar is missing or invalid.</exception>
    public static CatalogueEntry Complete(CatalogueEntry entry, string file)
    {
        string path = PathFor(file);
        try
        {
            ModelSidecar sidecar = JsonSerializer.Deserialize<ModelSidecar>(File.ReadAllBytes(path), Json)
                ?? throw new JsonException("it is empty.");
            if (sidecar.KnownAnswer.Length != entry.Output!.Dimension)
                throw new JsonException($"its known answer has {sidecar.KnownAnswer.Length} numbers and "
                    + $"must have {entry.Output.Dimension}.");
            return entry with { Bytes = sidecar.Bytes, Sha256 = sidecar.Sha256, KnownAnswer = sidecar.KnownAnswer };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserErrorException($"{file} cannot be used: {path}, which describes the file, cannot be read: {failure.Message} "
                + (entry.OpenVino is null ? "Import the weights again with 'dooragent models import --openface-csv DIR'."
                    : $"Get the network again with 'dooragent models pull {entry.Id}'."), failure);
        }
    }

    /// <summary>Serialises the sidecar for its file.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
