using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Draws the picture of a trial from its state, at most 80 columns and 24 lines. Pure.</summary>
internal static class TryDrawing
{
    private const int Columns = 78;
    private const int Height = 23;
    private const int LeastHeight = Height - NewsLines + 1;
    private const int NewsLines = 7;
    private const int LinesOfOneRow = 2;
    private const int LinesOfAnswer = 4;
    private const int NameWidth = 10;
    private const int GaugeCells = 30;
    private const float GaugeEnd = 1.5f;

    /// <summary>Returns a message where a terminal is too small for the picture; null where the terminal is large enough.</summary>
    public static string? Misfit(int columns, int lines) => columns >= Columns && lines >= LeastHeight
        ? null
        : $"This terminal has {columns} x {lines} characters, and the picture needs at least {Columns} x {LeastHeight}: make the window "
            + $"larger, or part of the picture is cut off.";

    /// <summary>Draws the picture.</summary>
    /// <param name="state">The state to draw.</param>
    /// <param name="now">Monotonic time, for countdowns.</param>
    /// <param name="height">Lines of the terminal; a small terminal shows fewer lines of events.</param>
    public static IReadOnlyList<StyledLine> Draw(TryState state, TimeSpan now, int height = Height)
    {
        IReadOnlyList<StyledLine> door = DoorPicture.Of(state);
        IReadOnlyList<StyledLine> words = [StyledLine.Empty, .. Status(state, now)];
        IReadOnlyList<StyledLine> prompt = [.. Prompt(state)];
        int rows = Math.Max(door.Count, words.Count);
        // Only the events shrink, so that the keys keep their place.
        int room = NewsLines - Math.Max(0, Height - height) - (rows - door.Count) - (prompt.Count - 1);
        return
        [
            StyledLine.Of((TextStyle.Plain, "  DoorAgent"),
                (TextStyle.Dim, "   a simulated door: the decisions are real, the lock is not")),
            .. Enumerable.Range(0, rows).Select(i => At(door, i).Beside(DoorPicture.Width, At(words, i))),
            StyledLine.Empty,
            .. News(state, Math.Max(0, room)),
            StyledLine.Empty,
            .. TryKeys.Help(state),
            .. prompt,
        ];
    }

    private static StyledLine At(IReadOnlyList<StyledLine> lines, int i) => i < lines.Count ? lines[i] : StyledLine.Empty;

    private static IEnumerable<StyledLine> Status(TryState state, TimeSpan now) =>
        Facts(state, now).SelectMany(fact => Rows(fact.Name, fact.Value));

    private static IEnumerable<(string Name, (TextStyle Style, string Text) Value)> Facts(TryState state, TimeSpan now)
    {
        yield return ("door", Door(state));
        yield return ("relay", state.UnlockedUntil is { } until
            ? (TextStyle.Good, string.Create(CultureInfo.InvariantCulture,
            $"on, {Math.Max(0, Math.Ceiling((until - now).TotalSeconds)):0} s left"))
            : (TextStyle.Plain, "off"));
        yield return ("camera", Camera(state));
        yield return ("face", state.IsLooking ? (TextStyle.Warning, state.Asked ?? state.Face ?? "looking for one")
            : (TextStyle.Dim, Awaited(state.Mode)));
        if (state.Last is { } last)
        {
            yield return ("decision", (last.IsGrant ? TextStyle.Good : TextStyle.Bad, last.Words));
            if (last.Distance is { } distance)
            {
                TextStyle style = distance.Is < distance.Below ? TextStyle.Good : TextStyle.Bad;
                yield return ("distance",
                    (style, string.Create(CultureInfo.InvariantCulture, $"{distance.Is:0.000}, must be below {distance.Below:0.000}")));
                yield return ("", (style, Gauge(distance.Is, distance.Below)));
            }
        }

        if (state.Alarm is { } alarm)
            yield return ("ALARM", (TextStyle.Bad, DoorLog.WordsOf(alarm)));
    }

    private static string Awaited(AccessMode mode) => mode switch
    {
        AccessMode.FaceOnly => "waits for a face",
        AccessMode.BadgeOrFace => "waits for a badge or a face",
        _ => "waits for a badge",
    };

    private static (TextStyle Style, string Text) Door(TryState state) => (state.IsOn(DoorPart.Leaf), state.IsOn(DoorPart.Relay)) switch
    {
        (true, _) when state.Alarm?.Kind == DoorEventKind.DoorForced => (TextStyle.Bad, "FORCED open"),
        (true, _) => (TextStyle.Warning, "open"),
        (false, true) => (TextStyle.Good, "UNLOCKED, push it open (o)"),
        _ => (TextStyle.Plain, "closed and locked"),
    };

    private static (TextStyle Style, string Text) Camera(TryState state) => state switch
    {
        { IsUnplugged: true } => (TextStyle.Bad, "unplugged (c)"),
        { IsDark: true } => (TextStyle.Bad, "dark, the light is off (l)"),
        { Camera: { } real } => (TextStyle.Plain, real),
        { InFrontOfCamera: { IsEnrolled: false } who } => (TextStyle.Plain, $"a {who.Name}, rather like adam"),
        { InFrontOfCamera: { } who } => (TextStyle.Plain, $"{who.Name} stands there"),
        _ => (TextStyle.Dim, "nobody stands there"),
    };

    /// <summary>Draws a gauge that is full up to the distance, with a bar at the threshold.</summary>
    private static string Gauge(float distance, float threshold)
    {
        int full = Cell(distance), mark = Cell(threshold);
        return $"[{string.Concat(Enumerable.Range(0, GaugeCells).Select(i => i == mark ? "|" : i < full ? "=" : "."))}]";
    }

    private static int Cell(float distance) => (int)Math.Clamp(distance / GaugeEnd * GaugeCells, 0, GaugeCells - 1);

    private static IEnumerable<StyledLine> Rows(string name, (TextStyle Style, string Text) value) =>
        WrappedText.Of(value.Text, Columns - DoorPicture.Width - NameWidth, LinesOfOneRow)
            .Select((line, i) => StyledLine.Of((TextStyle.Dim, $"{(i == 0 ? name : ""),-8}  "), (value.Style, line)));

    /// <summary>Draws the last events in a constant number of lines, so that the lines below do not move.</summary>
    private static IEnumerable<StyledLine> News(TryState state, int room)
    {
        List<StyledLine> lines = [];
        foreach (NewsLine line in state.News.Reverse())
        {
            StyledLine[] drawn = [.. Lines(line, Math.Max(1, room))];
            if (lines.Count + drawn.Length > room)
                break;
            lines.InsertRange(0, drawn);
        }

        return lines.Concat(Enumerable.Repeat(StyledLine.Empty, room - lines.Count));
    }

    private static IEnumerable<StyledLine> Lines(NewsLine line, int atMost)
    {
        string time = line.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return WrappedText.Of(line.Text, Columns - 12, atMost)
            .Select((text, i) => StyledLine.Of((TextStyle.Dim, i == 0 ? $"  {time}  " : new string(' ', 12)), (line.Style, text)));
    }

    private static IEnumerable<StyledLine> Prompt(TryState state) => state switch
    {
        { Typed: { } typed } => [StyledLine.Of((TextStyle.Key, "  badge number: "), (TextStyle.Plain, $"{typed}_"), (TextStyle.Dim,
            "   Enter shows it, Esc does not"))],
        { Note: { } note } => WrappedText.Of(note, Columns - 2, LinesOfAnswer)
            .Select(line => StyledLine.Of((TextStyle.Warning, $"  {line}"))),
        _ => [StyledLine.Empty],
    };
}
