using DoorAgent.Hardware;

namespace DoorAgent.Commands.Trying;

/// <summary>Runs a trial line by line, for scripts: reads a command, performs it, and prints the picture when the door has
/// reacted.</summary>
internal static class TryLines
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // Waiting is counted in polls and not in time: a machine that delays this loop delays the door too.
    private const int StablePolls = 6;

    // An action at the door normally causes an event, however busy the machine is; a repeated badge read does not.
    private const int PollsForEvent = 40;

    // More polls than the longest attempt takes.
    private const int MaxPolls = 1500;

    /// <summary>Runs until the input ends, the user quits, the token is cancelled, or the door fails.</summary>
    public static async Task RunAsync(TrySession session, TextReader commands, TextWriter output, TimeProvider time,
        CancellationToken stopping)
    {
        await output.WriteLineAsync("A line is a key that the picture names, or words; 'help' lists them.");
        await PrintAsync(session, output, time);
        // A separate thread reads, because reading a console blocks even in asynchronous methods.
        while (!session.Ended.IsCompleted && await Task.Run(commands.ReadLine, CancellationToken.None).WaitAsync(stopping) is { } text)
        {
            if (TryLineParser.Read(session.Store.State, text) is not { } action)
                continue;
            await output.WriteLineAsync($"> {text.Trim()}");
            if (action is TryAction.Help)
            {
                await output.WriteLineAsync(TryLineParser.Help(session.Store.State, session.Typed));
                continue;
            }

            long before = session.Store.Events;
            if (!session.Do(action))
                return;
            if (action is TryAction.Wait wait)
                await Task.Delay(wait.For, time, stopping);
            await SettleAsync(session, action is TryAction.Step && session.Store.State.Note is null ? before : null, time, stopping);
            await PrintAsync(session, output, time);
        }
    }

    /// <summary>Waits until the door has reacted: an expected event has come, the attempt has ended, and the state is stable for a
    /// moment.</summary>
    private static async Task SettleAsync(TrySession session, long? before, TimeProvider time, CancellationToken stopping)
    {
        TryState seen = session.Store.State;
        int stable = 0;
        for (int polls = 1; polls <= MaxPolls && !session.Ended.IsCompleted; polls++)
        {
            await Task.Delay(PollInterval, time, stopping);
            TryState now = session.Store.State;
            stable = ReferenceEquals(now, seen) ? stable + 1 : 0;
            seen = now;
            if (!now.IsLooking && stable >= StablePolls && (polls >= PollsForEvent || before != session.Store.Events))
                return;
        }
    }

    private static Task PrintAsync(TrySession session, TextWriter output, TimeProvider time) =>
        output.WriteLineAsync(string.Join(Environment.NewLine, TryDrawing.Draw(session.Store.State, time.Monotonic())));
}
