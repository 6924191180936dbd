using DoorAgent.Hardware;

namespace DoorAgent.Commands.Trying;

/// <summary>A trial line by line, for scripts: a command is read, done, and when the door has answered the picture is printed.</summary>
internal static class TryLines
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    // What is done at the door is answered by an event, however busy the machine is; a badge that is read again is not.
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(2);

    // Longer than an attempt may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    /// <summary>Until the input ends, a line says so, the token ends it, or the door fails.</summary>
    public static async Task RunAsync(TrySession session, TextReader commands, TextWriter output, TimeProvider time, CancellationToken stopping)
    {
        await output.WriteLineAsync(TryWords.Help);
        await PrintAsync(session, output, time);
        // On a thread of its own: reading a console blocks even where it says it does not.
        while (!session.Ended.IsCompleted && await Task.Run(commands.ReadLine, CancellationToken.None).WaitAsync(stopping) is { } text)
        {
            if (TryWords.Read(session.Board.State, text) is not { } action)
                continue;
            await output.WriteLineAsync($"> {text.Trim()}");
            long before = session.Board.Events;
            if (!session.Do(action))
                return;
            if (action is TryAction.Wait wait)
                await Task.Delay(wait.For, time, stopping);
            await SettleAsync(session, action is TryAction.Step && session.Board.State.Note is null ? before : null, time, stopping);
            await PrintAsync(session, output, time);
        }
    }

    /// <summary>Until the door has answered: something has happened where it must, it looks no more, and nothing changes for a moment.</summary>
    private static async Task SettleAsync(TrySession session, long? before, TimeProvider time, CancellationToken stopping)
    {
        TimeSpan start = time.Monotonic();
        do
        {
            await Task.Delay(Look, time, stopping);
        }
        while (!session.Ended.IsCompleted && IsBusy(time.Monotonic() - start));

        bool IsBusy(TimeSpan since) => since < Patience
            && (session.Board.State.IsLooking || session.Board.QuietFor < Quiet || (since < Answered && before == session.Board.Events));
    }

    private static Task PrintAsync(TrySession session, TextWriter output, TimeProvider time) =>
        output.WriteLineAsync(string.Join(Environment.NewLine, TryDrawing.Draw(session.Board.State, time.Monotonic())));
}
