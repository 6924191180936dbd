using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>Posts what a device reports to the decision loop.</summary>
internal static class InboxPump
{
    /// <summary>Posts until it is cancelled.</summary>
    /// <param name="from">The device's queue.</param>
    /// <param name="inbox">The decision loop's inbox.</param>
    /// <param name="what">The device, for the message of a failure.</param>
    /// <param name="messageOf">Makes a message; null for what means nothing.</param>
    /// <param name="stopping">Ends the posting.</param>
    /// <exception cref="IOException">The device is gone.</exception>
    public static async Task RunAsync<T>(
        Mailbox<T> from, Mailbox<DoorMessage> inbox, string what, Func<T, DoorMessage?> messageOf, CancellationToken stopping)
    {
        try
        {
            await foreach (T item in from.ReadAllAsync(stopping))
            {
                if (messageOf(item) is { } message)
                    inbox.Post(message);
            }

            // A queue ends when its device fails, or when this side stops.
            if (!stopping.IsCancellationRequested)
                throw new IOException($"The chip behind {what} is gone.");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }
}
