namespace DoorAgent;

/// <summary>Something the user gave or owns cannot be used. The message says what and what to do next; commands print it
/// without a stack trace and exit with 2, the daemon stays locked and exits with 1.</summary>
internal sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);
