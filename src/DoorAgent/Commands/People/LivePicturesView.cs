using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.People;

/// <summary>Shows how pictures are taken: on a terminal the camera's picture as in a mirror, with two lines that change; elsewhere a line
/// for each change.</summary>
internal static class LivePicturesView
{
    private const int SketchWidth = 48, LinesBeside = 4;

    /// <summary>Runs the work and shows its progress.</summary>
    /// <param name="count">Number of pictures to take.</param>
    /// <param name="seen">Returns the frame of the last finding and its face.</param>
    /// <param name="work">The work.</param>
    public static async Task RunAsync(int count, Func<(Frame? Frame, FaceBox? Face)> seen,
        Func<IProgress<(LiveFinding Finding, TimeSpan Left)>, Task> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            string? last = null;
            await work(new Told(told =>
            {
                string line = Line(told.Finding, count);
                if (line != last)
                    Console.WriteLine(line);
                last = line;
            }));
            return;
        }

        await LiveView.RunAsync(new Text("  waiting for the camera"), isCleared: true, context => work(new Told(told =>
            context.UpdateTarget(Target(seen(), Screen(told.Finding, count, told.Left))))));
    }

    private static IRenderable Target((Frame? Frame, FaceBox? Face) seen, string words)
    {
        if (seen.Frame is not { } frame)
            return new Text(words);
        // The picture is smaller on a small terminal, so that the words below stay visible.
        int most = 2 * Math.Max(1, AnsiConsole.Profile.Height - LinesBeside) * frame.Width / frame.Height;
        int width = Math.Min(Math.Min(SketchWidth, AnsiConsole.Profile.Width), most);
        return new Rows(new PictureSketch(frame, width, seen.Face, isMirrored: true), new Text(words));
    }

    /// <summary>Returns one line for a log.</summary>
    internal static string Line(LiveFinding finding, int count)
    {
        bool isTaken = finding.Verdict == PictureVerdict.Kept;
        string next = isTaken && finding.Taken == count ? "" : $": {finding.Advice}";
        return string.Create(CultureInfo.InvariantCulture, $"  {(isTaken ? '+' : '-')} {finding.Taken} of {count}  {finding.Words}{next}");
    }

    /// <summary>Returns the two lines for a terminal: progress and advice.</summary>
    internal static string Screen(LiveFinding finding, int count, TimeSpan left) => string.Create(CultureInfo.InvariantCulture,
        $"  [{new string('#', finding.Taken)}{new string('.', count - finding.Taken)}] {finding.Taken} of {count}, "
            + $"{Math.Max(0, left.TotalSeconds):0} s left\n"
        + $"  {finding.Words}: {finding.Advice}");

    /// <summary>Reports progress synchronously and in order, which <see cref="Progress{T}"/> does not guarantee.</summary>
    private sealed class Told(Action<(LiveFinding Finding, TimeSpan Left)> tell) : IProgress<(LiveFinding Finding, TimeSpan Left)>
    {
        public void Report((LiveFinding Finding, TimeSpan Left) value) => tell(value);
    }
}
