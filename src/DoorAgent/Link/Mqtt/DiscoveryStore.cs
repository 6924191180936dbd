using System.Text.Json;
using DoorAgent.Storage;

namespace DoorAgent.Link.Mqtt;

/// <summary>Keeps the last discovery message that the broker accepted, so that a later link can remove what is gone.</summary>
/// <param name="path">Path of the file.</param>
internal sealed class DiscoveryStore(string path)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Reads the message; null where there is none, or none that can be read: then nothing is removed.</summary>
    public MqttMessage? Read()
    {
        try
        {
            return UntrustedFile.ReadAll(path, MostBytes) is { } text ? JsonSerializer.Deserialize<MqttMessage>(text, Strict) : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the message.</summary>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Write(MqttMessage message)
    {
        string unfinished = path + ".new";
        using (FileStream file = DataDirectory.CreateFile(unfinished))
            file.Write(JsonSerializer.SerializeToUtf8Bytes(message));
        File.Move(unfinished, path, overwrite: true);
    }

    private static readonly JsonSerializerOptions Strict =
        new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
}
