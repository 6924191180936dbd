using System.Text.Json;
using DoorAgent.Storage;

namespace DoorAgent.Link.Mqtt;

/// <summary>Keeps the state of the codes in a file, which is replaced whole: after a power cut it has the old state or the
/// new one.</summary>
/// <param name="path">Path of the file.</param>
internal sealed class CodeStore(string path)
{
    private const int MostBytes = 4096;

    // A file with half of the values is damaged, and not a state with zeros.
    private static readonly JsonSerializerOptions Strict =
        new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Reads the state; null before the first.</summary>
    /// <exception cref="IOException">The file cannot be read or is damaged: nobody knows then which codes were used.</exception>
    public CodeState? Read()
    {
        try
        {
            return UntrustedFile.ReadAll(path, MostBytes) is not { } text ? null
                : JsonSerializer.Deserialize<CodeState>(text, Strict) ?? throw Damaged(null);
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            throw Damaged(failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    /// <summary>Writes the state, and returns when it is on the disk.</summary>
    /// <exception cref="IOException">The disk is full or failed, or this user may not write there.</exception>
    public void Write(CodeState state)
    {
        try
        {
            string unfinished = path + ".new";
            using (FileStream file = DataDirectory.CreateFile(unfinished))
            {
                file.Write(JsonSerializer.SerializeToUtf8Bytes(state));
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
            // Otherwise a used code could count again after a power cut.
            Libc.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    private IOException Damaged(Exception? failure) =>
        new($"{path} is damaged, so nobody knows which codes were used. 'sudo dooragent link totp --new' makes another secret.", failure);
}
