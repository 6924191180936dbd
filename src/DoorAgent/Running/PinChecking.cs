using DoorAgent.Decisions;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>
/// Checks typed PINs outside the decision loop: the slow hash takes tens to hundreds of milliseconds, during which the loop must
/// still notice an opened door.
/// </summary>
internal sealed class PinChecking(Mailbox<DoorMessage> inbox)
{
    // An attempt asks once, and only one attempt is open at a time.
    private readonly Mailbox<PinQuestion> _questions = new(capacity: 4);

    /// <summary>Queues a PIN check; the result is posted to the inbox.</summary>
    public void Post(PinQuestion question) => _questions.Post(question);

    /// <summary>Completes when every queued check has been answered.</summary>
    public Task WhenIdleAsync() => _questions.WhenIdleAsync();

    /// <summary>Checks PINs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (PinQuestion question in _questions.ReadAllAsync(stopping))
                inbox.Post(new DoorMessage.ForPolicy(new PinChecked(question.Number, question.Pin.Verify(question.Digits))));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }
}
