using System.Text.RegularExpressions;

namespace DoorAgent.Hub;

/// <summary>What a version of nats-server can do, as far as a fleet depends on it.</summary>
/// <param name="Version">The version, without what follows a hyphen.</param>
internal sealed partial record HubServer(Version Version)
{
    /// <summary>The first version with which a fleet is tried.</summary>
    public static readonly Version Oldest = new(2, 9, 0);

    private static readonly Version SyncAlways = new(2, 10, 0), ConsumerLimits = new(2, 15, 0);

    // CVE-2026-33222 is fixed in these and later.
    private static readonly Version SafeOfEleven = new(2, 11, 15), Safe = new(2, 12, 6);

    /// <summary>Whether the server can write each message to the disk before it acknowledges it (<c>sync_interval: always</c>).</summary>
    public bool HasSyncAlways => Version >= SyncAlways;

    /// <summary>Whether a stream has a largest number of consumers, 1,000 unless the configuration says otherwise
    /// (<c>default_max_consumers</c>).</summary>
    public bool LimitsConsumers => Version >= ConsumerLimits;

    /// <summary>Whether the server can carry a fleet at all.</summary>
    public bool IsKnown => Version >= Oldest;

    /// <summary>Whether the server has no known hole for a fleet, and keeps what it acknowledges.</summary>
    public bool IsForProduction => Version >= Safe || (Version.Minor == SafeOfEleven.Minor && Version >= SafeOfEleven);

    /// <summary>Why the server is for tests only, as a sentence; null where it is for production.</summary>
    public string? Objection => IsForProduction ? null
        : !HasSyncAlways ? $"nats-server {Version} acknowledges what is not on the disk yet ('sync_interval: always' is known from "
            + $"{SyncAlways.ToString(2)} on), and stands still under many doors: it is for tests only."
        : $"nats-server {Version} has a known hole (CVE-2026-33222): {SafeOfEleven}, {Safe} and later do not have it.";

    /// <summary>Reads a version as nats-server prints it, such as <c>2.9.10</c> or <c>v2.12.0-beta.1</c>; null for another text.</summary>
    public static HubServer? Find(string text) => Form().Match(text) is { Success: true } match
        && Version.TryParse(match.Groups[1].Value, out Version? version) ? new HubServer(version) : null;

    public override string ToString() => $"nats-server {Version}";

    [GeneratedRegex(@"\Av?(\d{1,4}\.\d{1,4}\.\d{1,4})(?:[-+][0-9A-Za-z.+-]{1,64})?\z")]
    private static partial Regex Form();
}
