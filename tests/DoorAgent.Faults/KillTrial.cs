using System.Diagnostics;

namespace DoorAgent.Faults;

/// <summary>What an undisturbed run of an operation does: how long it takes, how often it changes the disk, and what it leaves.</summary>
/// <param name="Takes">Wall-clock time from start to end.</param>
/// <param name="Changes">The number of changes of the disk.</param>
/// <param name="Before">The gallery before.</param>
/// <param name="After">The gallery after.</param>
/// <param name="Log">Everything the program did.</param>
internal sealed record Undisturbed(TimeSpan Takes, int Changes, string Before, string After, IReadOnlyList<DiskStep> Log);

/// <summary>Runs an operation from its beginning and kills it at a point.</summary>
internal sealed class KillTrial(Operation operation, FaultBench bench)
{
    private string Log => bench.Beside("operation.log");

    /// <summary>Runs the operation undisturbed.</summary>
    /// <exception cref="InvalidOperationException">It fails even so.</exception>
    public Undisturbed Measure()
    {
        bench.Restore();
        string before = Contents.OfGallery(Path.Combine(bench.Data, "gallery.db"), GalleryKey);
        Stopwatch watch = Stopwatch.StartNew();
        (int code, string said) = Run(KillPoint.Never);
        TimeSpan takes = watch.Elapsed;
        if (code != 0 || operation.Done is { } done && !said.Contains(done, StringComparison.Ordinal))
            throw new InvalidOperationException($"{operation.Name} fails without being killed: {said}");
        IReadOnlyList<DiskStep> log = DiskLog.Read(Log);
        return new Undisturbed(takes, log.Count(step => step.IsChange), before,
            Contents.OfGallery(Path.Combine(bench.Data, "gallery.db"), GalleryKey), log);
    }

    /// <summary>Kills the operation once; returns what is wrong afterwards, nothing when all is well.</summary>
    /// <param name="undisturbed">What the operation does when nothing disturbs it.</param>
    /// <param name="point">Where to kill.</param>
    /// <param name="startsAgain">Whether the door is started again afterwards.</param>
    public (bool WasKilled, IReadOnlyList<string> Findings) Kill(Undisturbed undisturbed, KillPoint point, bool startsAgain = true)
    {
        bench.Restore();
        SortedDictionary<long, string> before = Contents.OfJournal(Path.Combine(bench.Data, "journal.db"));
        (int code, string said) = Run(point);
        AfterKill after = new(operation, new Promises(operation, undisturbed), bench);
        return (code is 137 or 9, [.. after.Check(before, said, DiskLog.Read(Log), startsAgain)]);
    }

    /// <summary>What is written for a gallery's key: the number itself differs from run to run.</summary>
    internal static string GalleryKey(string? id) => id is null ? "open" : "sealed";

    private (int Code, string Said) Run(KillPoint point)
    {
        File.Delete(Log);
        using DoorProgram program = new(bench.With(operation.Arguments(bench)), bench, point, Log);
        if (operation.Traffic is { } traffic)
        {
            traffic(bench, program);
            program.Signal("TERM");
        }

        return (program.WaitForEnd(), program.Said);
    }
}
