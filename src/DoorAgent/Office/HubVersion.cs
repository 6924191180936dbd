using System.Globalization;

namespace DoorAgent.Office;

/// <summary>The version of a hub's nats-server, and what it can do.</summary>
/// <param name="Number">The version.</param>
internal sealed record HubVersion(Version Number)
{
    /// <summary>The version whose configuration is written while the hub's own is not known: the settings of 2.10, which every later
    /// version reads.</summary>
    public static HubVersion Unknown { get; } = new(new Version(2, 10, 0));

    /// <summary>The first version for doors that matter: below it a server that is killed loses what it has acknowledged.</summary>
    public static Version First { get; } = new(2, 10, 0);

    /// <summary>Whether the server can write each message to the disk before it acknowledges the message (sync_interval: always).</summary>
    public bool HasSyncAlways => Number >= First;

    /// <summary>Whether the server limits the consumers of a stream to 1,000 where the configuration does not say otherwise.</summary>
    public bool HasConsumerLimit => Number >= new Version(2, 15, 0);

    /// <summary>Whether the server is good for a test only.</summary>
    public bool IsForTestOnly => Number < First;

    /// <summary>What should be known of the version before doors depend on it, as a sentence; null where there is nothing to say.</summary>
    public string? Advice => IsForTestOnly
        ? $"nats-server {this} is good for a test only: it acknowledges what it has not written to the disk, and it stands still with 200 "
            + "doors and 100,000 people. Debian 13 has 2.10."
        : Number < new Version(2, 11, 15) || (Number >= new Version(2, 12, 0) && Number < new Version(2, 12, 6))
            ? $"nats-server {this} has a known weakness (CVE-2026-33222): take 2.11.15, 2.12.6 or later where the hub is reached from other "
                + "networks."
            : null;

    /// <summary>Reads a version, such as <c>2.10.27</c> or the line <c>nats-server: v2.9.10</c>; null for any other text.</summary>
    public static HubVersion? Parse(string text)
    {
        string number = text.Trim();
        number = number[(number.LastIndexOf(' ') + 1)..].TrimStart('v');
        int end = 0;
        while (end < number.Length && (char.IsAsciiDigit(number[end]) || number[end] == '.'))
            end++;
        string[] parts = number[..end].TrimEnd('.').Split('.');
        return parts.Length is 2 or 3 && Array.TrueForAll(parts, part => part.Length is > 0 and <= 5 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? new HubVersion(new Version(Number(parts[0]), Number(parts[1]), parts.Length == 3 ? Number(parts[2]) : 0)) : null;

        static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
    }

    public override string ToString() => Number.ToString(3);
}
