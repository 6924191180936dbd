using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>The picture of a trial: a pure function of its state, at most 80 columns and 24 lines.</summary>
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

    /// <summary>What to say where a terminal is too small for the picture; null where it is not.</summary>
    public static string? Misfit(int columns, int lines) => columns >= Columns && lines >= LeastHeight
        ? null
        : $"This terminal has {columns} x {lines} characters, and the picture takes at least {Columns} x {LeastHeight}: make the window larger, or some of it is not seen.";

    /// <summary>Draws.</summary>
    /// <param name="state">What there is to see.</param>
    /// <param name="now">Monotonic time, for what runs out.</param>
    /// <param name="height">Lines of the terminal: in a small one fewer lines of news are shown.</param>
    public static IReadOnlyList<DrawnLine> Draw(TryState state, TimeSpan now, int height = Height)
    {
        IReadOnlyList<DrawnLine> door = DoorPicture.Of(state);
        IReadOnlyList<DrawnLine> words = [DrawnLine.Empty, .. Status(state, now)];
        IReadOnlyList<DrawnLine> prompt = [.. Prompt(state)];
        int rows = Math.Max(door.Count, words.Count);
        // Only the news give way, so that the keys stay where they are.
        int room = NewsLines - Math.Max(0, Height - height) - (rows - door.Count) - (prompt.Count - 1);
        return
        [
            DrawnLine.Of((Tone.Plain, "  DoorAgent"), (Tone.Dim, "   a simulated door: the decisions are real, the lock is not")),
            .. Enumerable.Range(0, rows).Select(i => At(door, i).Beside(DoorPicture.Width, At(words, i))),
            DrawnLine.Empty,
            .. News(state, Math.Max(0, room)),
            DrawnLine.Empty,
            .. TryKeys.Help(state),
            .. prompt,
        ];
    }

    private static DrawnLine At(IReadOnlyList<DrawnLine> lines, int i) => i < lines.Count ? lines[i] : DrawnLine.Empty;

    private static IEnumerable<DrawnLine> Status(TryState state, TimeSpan now) => Facts(state, now).SelectMany(fact => Rows(fact.Name, fact.Value));

    private static IEnumerable<(string Name, (Tone Tone, string Text) Value)> Facts(TryState state, TimeSpan now)
    {
        yield return ("door", Door(state));
        yield return ("relay", state.UnlockedUntil is { } until
            ? (Tone.Good, string.Create(CultureInfo.InvariantCulture, $"on, {Math.Max(0, Math.Ceiling((until - now).TotalSeconds)):0} s left"))
            : (Tone.Plain, "off"));
        yield return ("camera", Camera(state));
        yield return ("face", state.IsLooking ? (Tone.Warning, state.Face ?? "looking for one") : (Tone.Dim, Awaited(state.Mode)));
        if (state.Last is { } last)
        {
            yield return ("decision", (last.IsGrant ? Tone.Good : Tone.Bad, last.Words));
            if (last.Distance is { } distance)
            {
                Tone tone = distance.Is < distance.Below ? Tone.Good : Tone.Bad;
                yield return ("distance", (tone, string.Create(CultureInfo.InvariantCulture, $"{distance.Is:0.000}, must be below {distance.Below:0.000}")));
                yield return ("", (tone, Gauge(distance.Is, distance.Below)));
            }
        }

        if (state.Alarm is { } alarm)
            yield return ("ALARM", (Tone.Bad, DoorLog.WordsOf(alarm)));
    }

    private static string Awaited(AccessMode mode) => mode switch
    {
        AccessMode.FaceOnly => "waits for a face",
        AccessMode.BadgeOrFace => "waits for a badge or a face",
        _ => "waits for a badge",
    };

    private static (Tone Tone, string Text) Door(TryState state) => (state.IsOn(DoorPart.Leaf), state.IsOn(DoorPart.Relay)) switch
    {
        (true, _) when state.Alarm?.Kind == DoorEventKind.DoorForced => (Tone.Bad, "FORCED open"),
        (true, _) => (Tone.Warning, "open"),
        (false, true) => (Tone.Good, "UNLOCKED, push it open (o)"),
        _ => (Tone.Plain, "closed and locked"),
    };

    private static (Tone Tone, string Text) Camera(TryState state) => state switch
    {
        { IsUnplugged: true } => (Tone.Bad, "its cable is pulled (c)"),
        { IsDark: true } => (Tone.Bad, "dark, the light is off (l)"),
        { Camera: { } real } => (Tone.Plain, real),
        { Standing: { IsEnrolled: false } who } => (Tone.Plain, $"a {who.Name}, rather like adam"),
        { Standing: { } who } => (Tone.Plain, $"{who.Name} stands there"),
        _ => (Tone.Dim, "nobody stands there"),
    };

    /// <summary>Full up to the distance, a bar at the threshold.</summary>
    private static string Gauge(float distance, float threshold)
    {
        int full = Cell(distance), mark = Cell(threshold);
        return $"[{string.Concat(Enumerable.Range(0, GaugeCells).Select(i => i == mark ? "|" : i < full ? "=" : "."))}]";
    }

    private static int Cell(float distance) => (int)Math.Clamp(distance / GaugeEnd * GaugeCells, 0, GaugeCells - 1);

    private static IEnumerable<DrawnLine> Rows(string name, (Tone Tone, string Text) value) =>
        WrappedText.Of(value.Text, Columns - DoorPicture.Width - NameWidth, LinesOfOneRow)
            .Select((line, i) => DrawnLine.Of((Tone.Dim, $"{(i == 0 ? name : ""),-8}  "), (value.Tone, line)));

    /// <summary>The last things that happened, always as many lines, so that nothing below them jumps.</summary>
    private static IEnumerable<DrawnLine> News(TryState state, int room)
    {
        List<DrawnLine> lines = [];
        foreach (NewsLine line in state.News.Reverse())
        {
            DrawnLine[] drawn = [.. Lines(line, Math.Max(1, room))];
            if (lines.Count + drawn.Length > room)
                break;
            lines.InsertRange(0, drawn);
        }

        return lines.Concat(Enumerable.Repeat(DrawnLine.Empty, room - lines.Count));
    }

    private static IEnumerable<DrawnLine> Lines(NewsLine line, int atMost)
    {
        string time = line.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return WrappedText.Of(line.Text, Columns - 12, atMost)
            .Select((text, i) => DrawnLine.Of((Tone.Dim, i == 0 ? $"  {time}  " : new string(' ', 12)), (line.Tone, text)));
    }

    private static IEnumerable<DrawnLine> Prompt(TryState state) => state switch
    {
        { Typed: { } typed } => [DrawnLine.Of((Tone.Key, "  badge number: "), (Tone.Plain, $"{typed}_"), (Tone.Dim, "   Enter shows it, Esc does not"))],
        { Note: { } note } => WrappedText.Of(note, Columns - 2, LinesOfAnswer).Select(line => DrawnLine.Of((Tone.Warning, $"  {line}"))),
        _ => [DrawnLine.Empty],
    };
}
