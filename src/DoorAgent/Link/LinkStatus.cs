using System.Text.Json;
using DoorAgent.Link.Fleet;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Link;

/// <summary>How the link fares: what <c>dooragent link status</c> shows.</summary>
/// <param name="Since">When the link started.</param>
/// <param name="Door">Why the door does not answer; null while it does.</param>
/// <param name="Channels">The channels.</param>
internal sealed record LinkStatus(DateTimeOffset Since, string? Door, IReadOnlyList<ChannelStatus> Channels)
{
    /// <summary>The connection to the fleet's hub; null for a door in no fleet.</summary>
    public FleetLinkStatus? Fleet { get; init; }

    private const UnixFileMode ForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Reads the status file; null where none exists.</summary>
    /// <exception cref="UserErrorException">The file cannot be read.</exception>
    public static LinkStatus? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LinkStatus>(File.ReadAllBytes(path), OperatorProtocol.Json);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserErrorException($"The link's status {path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Replaces the status file. It contains no secrets and no people, and everybody may read it.</summary>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    public void Write(string path)
    {
        string part = path + ".part";
        using (FileStream file = DataDirectory.CreateFile(part))
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this, OperatorProtocol.Json));
        File.SetUnixFileMode(part, ForAll);
        File.Move(part, path, overwrite: true);
    }

    /// <summary>Whether another status says the same.</summary>
    public bool IsSameAs(LinkStatus? other) => other is not null && Door == other.Door && Channels.SequenceEqual(other.Channels)
        && (Fleet?.IsSameAs(other.Fleet) ?? other.Fleet is null);
}
