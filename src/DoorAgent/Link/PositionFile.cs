using System.Text.Json;
using DoorAgent.Auditing;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Link;

/// <summary>The stored position of one channel. The file is replaced as a whole, so that after a power cut it has the old position or the
/// new one.</summary>
/// <param name="path">The file.</param>
internal sealed class PositionFile(string path)
{
    /// <summary>Reads the position; null where none is stored, or where the file is not a position.</summary>
    /// <param name="problem">Why the file cannot be used; null when it can, or does not exist.</param>
    public JournalPosition? Read(out string? problem)
    {
        problem = null;
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (JsonSerializer.Deserialize<JournalPosition>(bytes, OperatorProtocol.Json) is { Sequence: >= 0 } position)
                return position;
            problem = "it contains no position";
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            problem = failure.Message;
        }

        return null;
    }

    /// <summary>Stores the position, and waits until it is on the disk.</summary>
    /// <exception cref="IOException">The disk is full or failed; the file is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Write(JournalPosition position)
    {
        string part = path + ".part";
        using (FileStream file = DataDirectory.CreateFile(part))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(position, OperatorProtocol.Json));
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }
}
