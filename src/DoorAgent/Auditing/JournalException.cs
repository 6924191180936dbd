namespace DoorAgent.Auditing;

/// <summary>A record could not be written. The message says why, in words for the one who must fix that; the door
/// answers with an alarm and, by <see cref="AuditingOptions.OnFailure"/>, with a denial.</summary>
internal sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
