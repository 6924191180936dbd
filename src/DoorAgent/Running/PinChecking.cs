using DoorAgent.Decisions;
using DoorAgent.Hardware;

namespace DoorAgent.Running;

/// <summary>
/// Checks typed PINs beside the deciding loop: a slow hash takes tens to hundreds of milliseconds, in which a door that opens
/// must still be seen.
/// </summary>
internal sealed class PinChecking(Mailbox<DoorMessage> inbox)
{
    // One attempt asks once, and there is one attempt at a time.
    private readonly Mailbox<PinQuestion> _questions = new(capacity: 4);

    /// <summary>Asks; the answer comes into the inbox.</summary>
    public void Ask(PinQuestion question) => _questions.Post(question);

    /// <summary>Completes when every question so far has been answered.</summary>
    public Task WhenIdleAsync() => _questions.WhenIdleAsync();

    /// <summary>Answers until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (PinQuestion question in _questions.ReadAllAsync(stopping))
                inbox.Post(new DoorMessage.ForPolicy(new PinChecked(question.Number, question.Pin.Verify(question.Digits))));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }
}
