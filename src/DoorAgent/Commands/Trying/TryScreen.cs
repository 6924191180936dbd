using DoorAgent.Commands.Output;
using DoorAgent.Hardware;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Trying;

/// <summary>Runs a trial on a terminal: the picture changes in place, and single keys act.</summary>
internal static class TryScreen
{
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs until the user leaves, the token is cancelled, or the door fails.</summary>
    public static async Task RunAsync(TrySession session, TimeProvider time, CancellationToken stopping)
    {
        IReadOnlyList<StyledLine> drawn = Draw(session, time);
        await LiveView.RunAsync(Coloured(drawn), isCleared: false, async context =>
        {
            bool goesOn = true;
            while (goesOn)
            {
                goesOn = !stopping.IsCancellationRequested && !session.Ended.IsCompleted && ReadKeys(session);
                IReadOnlyList<StyledLine> next = Draw(session, time);
                if (!next.SequenceEqual(drawn))
                    context.UpdateTarget(Coloured(next));
                drawn = next;
                if (goesOn)
                    await Task.Delay(Blink, time, CancellationToken.None);
            }
        });
    }

    private static IReadOnlyList<StyledLine> Draw(TrySession session, TimeProvider time) =>
        [.. TryDrawing.Draw(session.Store.State, time.Monotonic(), AnsiConsole.Profile.Height)
            .Select(line => line.Cut(AnsiConsole.Profile.Width))];

    private static bool ReadKeys(TrySession session)
    {
        while (Console.KeyAvailable)
        {
            // Arrow keys and similar keys have no character and no meaning here.
            if (Console.ReadKey(intercept: true).KeyChar is not '\0' and var key && !session.Do(TryKeys.Read(session.Store.State, key)))
                return false;
        }

        return true;
    }

    private static Rows Coloured(IReadOnlyList<StyledLine> lines) => new(lines.Select(Coloured));

    private static IRenderable Coloured(StyledLine line)
    {
        // A line without characters would not take up a row.
        Paragraph paragraph = new(line.Length == 0 ? " " : "") { Overflow = Overflow.Crop };
        foreach ((TextStyle style, string text) in line.Pieces)
            paragraph.Append(text, StyleOf(style));
        return paragraph;
    }

    private static Style StyleOf(TextStyle style) => style switch
    {
        TextStyle.Dim => new Style(Color.Grey),
        TextStyle.Good => new Style(Color.Green, decoration: Decoration.Bold),
        TextStyle.Bad => new Style(Color.Red, decoration: Decoration.Bold),
        TextStyle.Warning => new Style(Color.Yellow),
        TextStyle.Key => new Style(Color.Aqua),
        _ => Style.Plain,
    };
}
