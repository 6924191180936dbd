namespace DoorAgent.Storage;

/// <summary>
/// Whether this user may see and read a file. .NET says of a file in a directory that may not be looked into that it is not there, and a
/// technician would believe that nobody is enrolled and nothing has happened.
/// </summary>
internal static class Permission
{
    private const string Users = "/etc/passwd";

    /// <summary>Whether a file is there.</summary>
    /// <exception cref="UserErrorException">Nobody knows, since this user may not look, and the message says whose it is and what to do; or the system refused to say.</exception>
    public static bool IsThere(string path)
    {
        try
        {
            return Libc.Facts(path) is not null;
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Denied(path, failure);
        }
        catch (IOException failure)
        {
            // A link to itself, say: neither is it there, nor may anything be begun in its place.
            throw new UserErrorException(failure.Message, failure);
        }
    }

    /// <summary>Whether a file is there, for who would read it.</summary>
    /// <exception cref="UserErrorException">This user may not look, or may not read it; the message says whose it is and what to do.</exception>
    public static bool IsThereToRead(string path) => IsThere(path) && (Libc.MayRead(path) ? true : throw Denied(path, null));

    /// <summary>What to say to somebody who may not read a file.</summary>
    public static UserErrorException Denied(string path, Exception? inner)
    {
        string owner = OwnerOf(path) is { } id ? NameOf(id, Lines()) : "another user";
        return new UserErrorException($"{path} may not be read by {NameOf(Libc.UserId, Lines())}: it is {owner}'s. Give the command with sudo"
            + $"{(owner == "root" ? "" : $", or as that user ('sudo -u {owner} dooragent ...')")}.", inner);
    }

    /// <summary>A user's name, from lines of /etc/passwd; the number where there is none.</summary>
    internal static string NameOf(uint id, IEnumerable<string> lines)
    {
        string number = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return lines.Select(line => line.Split(':')).FirstOrDefault(parts => parts.Length > 2 && parts[2] == number)?[0] ?? $"user {number}";
    }

    /// <summary>The owner of a file, or of the nearest directory above it that may be seen.</summary>
    private static uint? OwnerOf(string path)
    {
        for (string? at = Path.GetFullPath(path); at is not null; at = Path.GetDirectoryName(at))
        {
            try
            {
                if (Libc.Facts(at) is { } facts)
                    return facts.Owner;
            }
            catch (UnauthorizedAccessException)
            {
                // The directory above may be seen.
            }
        }

        return null;
    }

    private static IEnumerable<string> Lines() => File.Exists(Users) ? File.ReadLines(Users) : [];
}
