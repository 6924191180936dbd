using DoorAgent.Hub;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>What the command line of 'fleet init' says; what it does not say stays as it is.</summary>
internal sealed record InitChoices
{
    public string? Hub { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string> Also { get; init; } = [];

    public string? Files { get; init; }

    public string? Store { get; init; }

    public string? Server { get; init; }

    public string? Keep { get; init; }

    public bool IsTest { get; init; }

    /// <summary>The server that the command line names; null where it names none.</summary>
    /// <exception cref="UserErrorException">The text is not a version.</exception>
    public HubServer? NamedServer => Server is null ? null : HubServer.Find(Server)
        ?? throw new UserErrorException($"--server is '{Server}', and must be a version such as 2.12.6.");

    /// <summary>Returns the office's identity.</summary>
    /// <param name="before">The identity of an office that is there; null for a new one.</param>
    /// <exception cref="UserErrorException">A value is wrong, or a new office has no hub.</exception>
    public OfficeIdentity Identity(OfficeIdentity? before)
    {
        HubAddress address = Hub is null
            ? before?.Address ?? throw new UserErrorException("A new office needs the address of its hub: --hub nats://HOST:4222.")
            : HubAddress.Find(Hub) ?? throw new UserErrorException($"--hub is '{Hub}', and must be {HubAddress.Form}.");
        OfficeIdentity identity = before ?? new OfficeIdentity(Environment.MachineName, address);
        string name = Name?.Trim() ?? identity.Name;
        if (name.Length is 0 or > 64 || name.Any(char.IsControl))
            throw new UserErrorException("--name must have 1 to 64 characters.");
        foreach (string host in Also)
        {
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
                throw new UserErrorException($"--also is '{host}', and must be a name or an address of the hub's machine.");
        }

        return identity with
        {
            Name = name, Address = address, Files = Absolute("--files", Files) ?? identity.Files, Store = Absolute("--store", Store) ?? identity.Store,
            IsTest = IsTest || identity.IsTest,
        };
    }

    // The paths stand in a configuration and in a script of another machine.
    private static string? Absolute(string option, string? path) =>
        path is null ? null : path.StartsWith('/') && path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-' or '_' or '.')
            ? path.TrimEnd('/') : throw new UserErrorException($"{option} is '{path}', and must be an absolute path of letters, digits, - _ and .");
}
