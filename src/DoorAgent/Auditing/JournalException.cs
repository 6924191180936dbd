namespace DoorAgent.Auditing;

/// <summary>A record could not be written. The message tells the operator why; the door raises an alarm and, by
/// <see cref="AuditingOptions.OnFailure"/>, with a denial.</summary>
internal sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
