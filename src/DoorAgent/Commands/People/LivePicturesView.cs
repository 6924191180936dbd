using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Enrolment;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Shows how pictures are taken: on a terminal two lines that change, elsewhere a line for each change.</summary>
internal static class LivePicturesView
{
    /// <summary>Runs the work and shows its progress.</summary>
    public static async Task RunAsync(int count, Func<IProgress<(LiveFinding Finding, TimeSpan Left)>, Task> work)
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
            context.UpdateTarget(new Text(Screen(told.Finding, count, told.Left))))));
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
