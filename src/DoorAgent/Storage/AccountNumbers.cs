using System.Globalization;

namespace DoorAgent.Storage;

/// <summary>The users and groups of this machine, by name.</summary>
internal static class AccountNumbers
{
    /// <summary>Returns the number of a user; null for an unknown name.</summary>
    public static uint? User(string name) => IdOf(name, "/etc/passwd");

    /// <summary>Returns the number of a group; null for an unknown name.</summary>
    public static uint? Group(string name) => IdOf(name, "/etc/group");

    /// <summary>Returns the number beside a name, from lines of /etc/passwd or /etc/group; null for an unknown name.</summary>
    internal static uint? IdOf(string name, IEnumerable<string> lines) => lines
        .Select(line => line.Split(':'))
        .Where(parts => parts.Length > 2 && parts[0] == name && uint.TryParse(parts[2], CultureInfo.InvariantCulture, out _))
        .Select(parts => (uint?)uint.Parse(parts[2], CultureInfo.InvariantCulture)).FirstOrDefault();

    private static uint? IdOf(string name, string file)
    {
        try
        {
            return IdOf(name, File.ReadLines(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
