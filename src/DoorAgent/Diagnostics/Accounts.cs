using System.Globalization;

namespace DoorAgent.Diagnostics;

/// <summary>Looks up users and groups of a machine in /etc/passwd and /etc/group.</summary>
internal sealed class Accounts
{
    private const char Between = ':';

    private readonly string[][] _users, _groups;

    public Accounts(Machine machine) => (_users, _groups) = (Rows(machine, "/etc/passwd", 4), Rows(machine, "/etc/group", 4));

    /// <summary>Returns a user's name, or the number where the user has no name.</summary>
    public string UserOf(uint id) => _users.FirstOrDefault(row => row[2] == Text(id))?[0] ?? Text(id);

    /// <summary>Returns a group's name, or the number where the group has no name.</summary>
    public string GroupOf(uint id) => _groups.FirstOrDefault(row => row[2] == Text(id))?[0] ?? Text(id);

    public bool HasUser(string name) => _users.Any(row => row[0] == name);

    /// <summary>Returns the groups of a user: the primary group, and the groups that list the user.</summary>
    public IReadOnlySet<string> GroupsOf(string user)
    {
        string? own = _users.FirstOrDefault(row => row[0] == user)?[3];
        return _groups.Where(row => row[2] == own || row[3].Split(',').Contains(user)).Select(row => row[0])
            .ToHashSet(StringComparer.Ordinal);
    }

    private static string[][] Rows(Machine machine, string path, int columns) =>
        [.. (machine.Text(path) ?? "").Split('\n').Select(line => line.Split(Between)).Where(row => row.Length >= columns)];

    private static string Text(uint id) => id.ToString(CultureInfo.InvariantCulture);
}
