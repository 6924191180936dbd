using NATS.NKeys;

namespace DoorAgent.Hub;

/// <summary>Who connects to the hub, and whose certificate is accepted there.</summary>
/// <param name="seed">The seed of the user's NKEY, which begins with <c>SU</c>. It is never printed.</param>
/// <param name="inbox">The beginning of the user's inboxes.</param>
/// <param name="client">What the connection is called in the hub's own lists.</param>
internal sealed class HubLogin(string seed, string inbox, string client)
{
    /// <summary>File (PEM) with the only trusted certificates: the authorities of the system do not count. Null only for a hub on this
    /// machine without TLS, as in tests.</summary>
    public string? CaFile { get; init; }

    /// <summary>What names the file in messages, such as the setting.</summary>
    public string CaSetting { get; init; } = "The authority's certificate";

    /// <summary>The beginning of the user's inboxes.</summary>
    public string Inbox => inbox;

    /// <summary>What the connection is called in the hub's own lists.</summary>
    public string Client => client;

    internal string Seed => seed;

    /// <summary>The login of a door.</summary>
    /// <param name="door">Name of the door.</param>
    /// <param name="seed">The seed of its NKEY.</param>
    /// <param name="caFile">See <see cref="CaFile"/>.</param>
    /// <exception cref="UserErrorException">The seed cannot be used.</exception>
    public static HubLogin OfDoor(string door, string seed, string? caFile) =>
        new(Checked(seed), HubNames.InboxOf(door), $"dooragent {door}") { CaFile = caFile, CaSetting = "Fleet:CaFile" };

    /// <summary>The login of the office.</summary>
    /// <param name="seed">The seed of its NKEY.</param>
    /// <param name="caFile">See <see cref="CaFile"/>.</param>
    /// <exception cref="UserErrorException">The seed cannot be used.</exception>
    public static HubLogin OfOffice(string seed, string? caFile) =>
        new(Checked(seed), HubNames.OfficeInbox, "dooragent office") { CaFile = caFile };

    /// <summary>The public key of the NKEY, which begins with <c>U</c>: the user's name in the hub's configuration.</summary>
    public string PublicKey()
    {
        using KeyPair pair = KeyPair.FromSeed(seed);
        return pair.GetPublicKey();
    }

    public override string ToString() => client;

    private static string Checked(string seed)
    {
        try
        {
            using KeyPair pair = KeyPair.FromSeed(seed);
            return pair.GetPublicKey().StartsWith('U') ? seed
                : throw new UserErrorException("The NKEY is not one of a user: its seed begins with SU.");
        }
        catch (Exception wrong) when (wrong is NKeysException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            // The message of the other library may have a part of the seed.
            throw new UserErrorException("The NKEY cannot be used: its seed has 58 letters and digits, and begins with SU.");
        }
    }
}
