using DoorAgent.Hardware;

namespace DoorAgent.Commands.Trying;

/// <summary>A trial line by line, for scripts: a command is read, done, and when the door has answered the picture is printed.</summary>
internal static class TryLines
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // Patience is counted in looks and not in time: a machine that holds this loop up holds the door up too.
    private const int Quiet = 6;

    // What is done at the door is answered by an event, however busy the machine is; a badge that is read again is not.
    private const int Answered = 40;

    // Longer than an attempt may take.
    private const int Patience = 1500;

    /// <summary>Until the input ends, a line says so, the token ends it, or the door fails.</summary>
    public static async Task RunAsync(TrySession session, TextReader commands, TextWriter output, TimeProvider time, CancellationToken stopping)
    {
        await output.WriteLineAsync("A line is a key that the picture names, or words; 'help' lists them.");
        await PrintAsync(session, output, time);
        // On a thread of its own: reading a console blocks even where it says it does not.
        while (!session.Ended.IsCompleted && await Task.Run(commands.ReadLine, CancellationToken.None).WaitAsync(stopping) is { } text)
        {
            if (TryLineParser.Read(session.Board.State, text) is not { } action)
                continue;
            await output.WriteLineAsync($"> {text.Trim()}");
            if (action is TryAction.Help)
            {
                await output.WriteLineAsync(TryLineParser.Help(session.Board.State, session.Typed));
                continue;
            }

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
        TryState seen = session.Board.State;
        int quiet = 0;
        for (int looks = 1; looks <= Patience && !session.Ended.IsCompleted; looks++)
        {
            await Task.Delay(Look, time, stopping);
            TryState now = session.Board.State;
            quiet = ReferenceEquals(now, seen) ? quiet + 1 : 0;
            seen = now;
            if (!now.IsLooking && quiet >= Quiet && (looks >= Answered || before != session.Board.Events))
                return;
        }
    }

    private static Task PrintAsync(TrySession session, TextWriter output, TimeProvider time) =>
        output.WriteLineAsync(string.Join(Environment.NewLine, TryDrawing.Draw(session.Board.State, time.Monotonic())));
}
