using System.Text.Json;
using System.Text.Json.Serialization;

namespace DoorAgent.Storage;

/// <summary>A small file of the data directory that keeps a state over a restart, as JSON.</summary>
/// <typeparam name="T">The state.</typeparam>
/// <param name="path">Path of the file.</param>
internal class StateFile<T>(string path) where T : class
{
    private const int MostBytes = 4096;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads the file; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The content is not what this program writes.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public T? Read()
    {
        using UntrustedFile? file = UntrustedFile.Open(path);
        if (file is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(file.ReadAll(MostBytes), Json) ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{path} is damaged: {failure.Message}", failure);
        }
    }

    /// <summary>Writes the file, whole or not at all, to the disk.</summary>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Write(T state)
    {
        string unfinished = path + ".new";
        using (FileStream file = DataDirectory.CreateFile(unfinished))
        {
            JsonSerializer.Serialize(file, state, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        // Else a power cut shortly afterwards could bring the old name back, and with it a state that is over.
        Libc.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
