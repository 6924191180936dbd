using DoorAgent.Events;

namespace DoorAgent.Schedules;

/// <summary>Why a person may not enter now, whatever their face.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">More, in words.</param>
internal readonly record struct Refusal(DenyReason Reason, string? Detail = null);
