using System.Text.Json;
using DoorAgent.Auditing;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Link;

/// <summary>Up to where a channel's summaries have counted.</summary>
/// <param name="Since">The time of the last summary.</param>
/// <param name="Position">The last counted record.</param>
internal sealed record SummaryState(DateTimeOffset Since, JournalPosition Position)
{
    /// <summary>Reads the state; null where none is stored or the file is not a state: the next summary counts from now on then.</summary>
    public static SummaryState? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SummaryState>(File.ReadAllBytes(path), OperatorProtocol.Json) is { Position: not null } state
                ? state : null;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Stores the state, and waits until it is on the disk.</summary>
    /// <exception cref="IOException">The disk is full or failed; the file is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Write(string path)
    {
        string part = path + ".part";
        using (FileStream file = DataDirectory.CreateFile(part))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this, OperatorProtocol.Json));
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }
}
