using DoorAgent.Auditing;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Events;
using DoorAgent.Hardware.Cameras;
using Spectre.Console;

namespace DoorAgent.Commands.Explain;

/// <summary>Shows an explained visit on the screen.</summary>
internal static class ExplainView
{
    private const int SketchWidth = 56, MostFrames = 40;

    /// <summary>Shows the answer, the path, and each picture in a line.</summary>
    public static void Show(VisitExplanation explained)
    {
        VisitTrace trace = explained.Trace;
        Write(trace.Opens ? "green" : "yellow", explained.Answer);
        foreach (string line in explained.Path)
            Write("default", $"  {line}");
        if (explained.Measures.Count > 0)
        {
            string failed = string.Join(", ", explained.Measures.Where(measure => !measure.Passes).Select(measure => measure.Name));
            Write("bold", trace.IsOnePicture ? "The face" : $"The face in {trace.Deciding.Name}");
            foreach (FaceMeasure measure in explained.Measures)
                Write(measure.Passes ? "default" : "yellow", $"  {(measure.Passes ? "ok" : "NO")}  {measure.Words}");
            if (failed.Length > 0)
                Write("default", $"  The door does not compare such a face: {failed}.");
        }

        ShowNearest(trace.Deciding.Nearest);
        if (trace.IsOnePicture)
            return;
        Write("bold", "The pictures");
        foreach ((VisitFrame frame, string words) in trace.Frames.Zip(explained.FrameLines).Take(MostFrames))
            Write("default", FormattableString.Invariant($"  {frame.Since.TotalSeconds,5:0.0} s  {frame.Name}: {words}"));
        if (trace.Frames.Count > MostFrames)
            Write("default", $"  and {trace.Frames.Count - MostFrames} more; --json has them all.");
    }

    /// <summary>Shows the records of an attempt, what they mean, and what the door saw.</summary>
    public static void Show(IReadOnlyList<DoorEvent> attempt, IReadOnlyList<string> path, IReadOnlyList<string> frames,
        IReadOnlyList<NearPerson> nearest, string? note)
    {
        foreach (DoorEvent record in attempt)
        {
            Write(record == attempt[^1] ? record.Kind == DoorEventKind.Granted ? "green" : "yellow" : "default",
                FormattableString.Invariant($"#{record.Sequence}  {record.Time?.ToLocalTime():yyyy-MM-dd HH:mm:ss}  ")
                    + DoorLog.WordsOf(record));
        }

        foreach (string line in path)
            Write("default", $"  {line}");
        if (frames.Count > 0)
            Write("bold", "What the door saw");
        foreach (string line in frames.Take(MostFrames))
            Write("default", $"  {line}");
        if (frames.Count > MostFrames)
            Write("default", $"  and {frames.Count - MostFrames} more; --json has them all.");
        ShowNearest(nearest);
        if (note is not null)
            Write("default", note);
    }

    /// <summary>Draws the picture with characters, where there is a terminal.</summary>
    public static void Sketch(Frame picture)
    {
        if (AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected)
            AnsiConsole.Write(new PictureSketch(picture, Math.Min(SketchWidth, AnsiConsole.Profile.Width)));
    }

    private static void ShowNearest(IReadOnlyList<NearPerson> nearest)
    {
        if (nearest.Count > 0)
            Write("bold", "The nearest people, and the distance that a badge of each would need");
        foreach (NearPerson person in nearest)
        {
            Write(person.Distance < person.Threshold ? "green" : "default", FormattableString.Invariant(
                $"  {person.Distance:0.000}  {Gauge(person)}  below {person.Threshold:0.000}  {person.Name}"));
        }
    }

    private static string Gauge(NearPerson person)
    {
        const int cells = 30;
        const float end = 1.5f;
        int full = Cell(person.Distance), mark = Cell(person.Threshold);
        return $"[{string.Concat(Enumerable.Range(0, cells).Select(i => i == mark ? "|" : i < full ? "=" : "."))}]";

        static int Cell(float distance) => (int)Math.Clamp(distance / end * cells, 0, cells - 1);
    }

    private static void Write(string style, string text) => AnsiConsole.Write(new Text(text + "\n", Style.Parse(style)));
}
