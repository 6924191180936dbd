using System.Threading.Channels;

namespace DoorAgent.Hardware.Displays;

/// <summary>Reports that the display failed or works again.</summary>
/// <param name="Fault">What is wrong with the display, in words; null when the display works again.</param>
public sealed record DisplayHealth(string? Fault);

/// <summary>
/// Drives the display at the door on a task of its own, so that a slow, hanging or missing display never delays the caller. Only the
/// newest texts are queued. A failure is reported once, and the display is opened again with growing delays until it works.
/// </summary>
internal sealed class DoorDisplay : IDisposable
{
    /// <summary>The time for which one of several texts is shown.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    /// <summary>The time that a display must work before the next failure starts again with the shortest delay.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan TimeToDarken = TimeSpan.FromMilliseconds(500);

    private readonly Channel<IReadOnlyList<string>> _texts = Channel.CreateBounded<IReadOnlyList<string>>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Func<IDisplay> _open;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private IReadOnlyList<string> _current = [];
    private bool _isGone;

    /// <param name="description">The display's description in log lines.</param>
    /// <param name="open">Opens the display; throws an <see cref="IOException"/> while the display is missing.</param>
    /// <param name="time">The clock.</param>
    public DoorDisplay(string description, Func<IDisplay> open, TimeProvider time)
    {
        (Description, _open, _time) = (description, open, time);
        _running = Task.Run(RunAsync);
    }

    public string Description { get; }

    /// <summary>The texts of the last call of <see cref="Show"/>.</summary>
    public IReadOnlyList<string> Texts { get; private set; } = [];

    /// <summary>Reports when the display fails and when it works again.</summary>
    public Mailbox<DisplayHealth> Health { get; } = new(capacity: 16);

    /// <summary>Shows texts in turn until the next call; an empty list darkens the display. Returns at once.</summary>
    public void Show(IReadOnlyList<string> texts)
    {
        Texts = texts;
        _texts.Writer.TryWrite(texts);
    }

    /// <summary>Darkens the display; waits at most 500 ms for a display that hangs.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAny([_running], TimeToDarken);
        Health.Close();
    }

    private async Task RunAsync()
    {
        Backoff backoff = new();
        while (!_stop.IsCancellationRequested)
        {
            TimeSpan begun = _time.Monotonic();
            try
            {
                await DriveAsync();
            }
            catch (IOException gone)
            {
                if (!_isGone)
                    Health.Post(new DisplayHealth(gone.Message));
                _isGone = true;
            }

            if (_time.Monotonic() - begun >= Steady)
                backoff.Reset();
            await Task.Delay(backoff.Next(), _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Shows the queued texts until the display fails or the door stops.</summary>
    private async Task DriveAsync()
    {
        using IDisplay display = BindingCall.Ask(_open);
        for (int turn = 0; !_stop.IsCancellationRequested; turn++)
        {
            if (_texts.Reader.TryRead(out IReadOnlyList<string>? newest))
                (_current, turn) = (newest, 0);
            BindingCall.Ask(() => ShowText(display, _current.Count == 0 ? "" : _current[turn % _current.Count]));
            if (_isGone)
                Health.Post(new DisplayHealth(Fault: null));
            _isGone = false;
            await NextAsync();
        }

        BindingCall.Ask(() => ShowText(display, ""));
    }

    /// <summary>Waits for new texts, the end of the current text's turn, or the stop.</summary>
    private async Task NextAsync()
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Task next = _texts.Reader.WaitToReadAsync(over.Token).AsTask();
        Task either = _current.Count > 1 ? Task.WhenAny(next, Task.Delay(Turn, _time, over.Token)) : next;
        await either.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync();
    }

    private static string ShowText(IDisplay display, string text)
    {
        display.Show(text);
        return text;
    }
}
