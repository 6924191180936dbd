using System.Text.Json;

namespace DoorAgent.Networks;

/// <summary>
/// What is known of a network that was made on this machine from weights that the user brought: it lies beside the network's
/// file, under the same name with the ending json. The catalogue knows how such a network is fed, and only this which one it is.
/// </summary>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">Its digest.</param>
/// <param name="KnownAnswer">The unit output for the made input, as this machine computed it.</param>
internal sealed record MadeModel(long Bytes, string Sha256, float[] KnownAnswer)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Where the record of a network's file lies.</summary>
    public static string PathBeside(string file) => Path.ChangeExtension(file, ".json");

    /// <summary>The catalogue's entry with what only the record beside its file knows.</summary>
    /// <exception cref="UserErrorException">The record is not there, or none.</exception>
    public static CatalogueEntry Complete(CatalogueEntry entry, string file)
    {
        string path = PathBeside(file);
        try
        {
            MadeModel made = JsonSerializer.Deserialize<MadeModel>(File.ReadAllBytes(path), Json) ?? throw new JsonException("it is empty.");
            if (made.KnownAnswer.Length != entry.Output!.Dimension)
                throw new JsonException($"its known answer has {made.KnownAnswer.Length} numbers and must have {entry.Output.Dimension}.");
            return entry with { Bytes = made.Bytes, Sha256 = made.Sha256, KnownAnswer = made.KnownAnswer };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserErrorException($"{file} cannot be used: what it must be stands in {path}, and that cannot be read: {failure.Message} "
                + "Import the weights again with 'dooragent models import --openface-csv DIR'.", failure);
        }
    }

    /// <summary>As the record's file holds it.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
