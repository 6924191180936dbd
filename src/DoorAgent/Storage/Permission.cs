namespace DoorAgent.Storage;

/// <summary>
/// Checks whether this user may see and read a file. .NET reports a file in an unreadable directory as missing, and a technician would
/// conclude that nobody is enrolled and nothing has happened.
/// </summary>
internal static class Permission
{
    private const string UserDatabase = "/etc/passwd";

    /// <summary>Returns whether a file exists.</summary>
    /// <exception cref="UserErrorException"> This user may not search the directory, and the message names the owner and the next step; or
    /// the system call failed.
    /// </exception>
    public static bool Exists(string path)
    {
        try
        {
            return Libc.Stat(path) is not null;
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Denied(path, failure);
        }
        catch (IOException failure)
        {
            // For example a link to itself: the file does not exist, and no new file may be started in its place.
            throw new UserErrorException(failure.Message, failure);
        }
    }

    /// <summary>Returns whether a file exists, and throws if the file exists and cannot be read.</summary>
    /// <exception cref="UserErrorException">This user may not see or read the file; the message names the owner and the next
    /// step.</exception>
    public static bool IsReadable(string path) => Exists(path) && (Libc.MayRead(path) ? true : throw Denied(path, null));

    /// <summary>Makes the error for a file that this user may not read.</summary>
    public static UserErrorException Denied(string path, Exception? inner)
    {
        string owner = OwnerOf(path) is { } id ? NameOf(id, UserLines()) : "another user";
        return new UserErrorException($"{path} may not be read by {NameOf(Libc.UserId, UserLines())}: the file belongs to {owner}. "
            + $"Run the command with sudo{(owner == "root" ? "" : $", or as that user ('sudo -u {owner} dooragent ...')")}.", inner);
    }

    /// <summary>Finds a user's name in lines of /etc/passwd; returns the number of an unknown user.</summary>
    internal static string NameOf(uint id, IEnumerable<string> lines)
    {
        string number = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return lines.Select(line => line.Split(':')).FirstOrDefault(parts => parts.Length > 2 && parts[2] == number)?[0]
            ?? $"user {number}";
    }

    /// <summary>Returns the owner of a file, or of its nearest visible parent directory.</summary>
    private static uint? OwnerOf(string path)
    {
        for (string? at = Path.GetFullPath(path); at is not null; at = Path.GetDirectoryName(at))
        {
            try
            {
                if (Libc.Stat(at) is { } facts)
                    return facts.Owner;
            }
            catch (UnauthorizedAccessException)
            {
                // The parent directory may be visible.
            }
        }

        return null;
    }

    private static IEnumerable<string> UserLines() => File.Exists(UserDatabase) ? File.ReadLines(UserDatabase) : [];
}
