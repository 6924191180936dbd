namespace DoorAgent;

/// <summary>Reports invalid input, files or settings of the user. The message has the next step; commands print the message
/// without a stack trace and exit with 2.</summary>
internal sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The message with a reference in place of each person's name, for a record of the journal.</summary>
    public string ForRecord { get; init; } = message;
}
