using System.Text.Json.Serialization;

namespace DoorAgent.Modes;

/// <summary>A lockdown that the office of the fleet ordered for all doors of a group. It stands beside a lockdown of this door, and nobody
/// at the door ends it but root.</summary>
/// <param name="Since">When the office ordered the lockdown.</param>
/// <param name="Until">When the lockdown ends by itself.</param>
/// <param name="Why">The office's reason.</param>
internal sealed record GroupLockdown(DateTimeOffset Since, DateTimeOffset Until, string Why)
{
    /// <summary>Who is named where a lockdown of the group suspends the unlock hours.</summary>
    public const string By = "the fleet";

    /// <summary>Who ended the lockdown at this door although the office has not; null while the lockdown is in force. The same order stays
    /// ended, and another one is in force.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Whether the door is in lockdown because of this order.</summary>
    [JsonIgnore]
    public bool IsInForce => EndedBy is null;

    /// <summary>Whether two orders are the same one: a newer manifest repeats an order that is in force.</summary>
    public bool IsSameAs(GroupLockdown? other) => other is not null && (Since, Until) == (other.Since, other.Until);
}
