using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Storage;

namespace DoorAgent.Modes;

/// <summary>The file that keeps a lockdown, and suspended hours, over a restart.</summary>
/// <param name="path">Path of the file, in the data directory.</param>
internal sealed class ModeFile(string path)
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
    public LastingMode? Read()
    {
        using UntrustedFile? file = UntrustedFile.Open(path);
        if (file is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<LastingMode>(file.ReadAll(MostBytes), Json)
                ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{path} is damaged: {failure.Message}", failure);
        }
    }

    /// <summary>Writes the file, whole or not at all, to the disk.</summary>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Write(LastingMode mode)
    {
        string unfinished = path + ".new";
        using (FileStream file = DataDirectory.CreateFile(unfinished))
        {
            JsonSerializer.Serialize(file, mode, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        // Else a power cut shortly afterwards could bring the old name back, and end a lockdown.
        Libc.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
