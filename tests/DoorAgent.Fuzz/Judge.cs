using System.Diagnostics;

namespace DoorAgent.Fuzz;

/// <summary>The limits beyond which a run is a finding.</summary>
/// <param name="Time">The longest processor time; a machine that is busy does not count.</param>
/// <param name="Wait">The longest wait, for a parser that blocks without using the processor.</param>
/// <param name="Bytes">The most memory: what the run allocates in the managed heap, in bytes.</param>
internal sealed record FuzzLimits(TimeSpan Time, TimeSpan Wait, long Bytes)
{
    /// <summary>The limits of issue and guide: one second, 512 MB.</summary>
    public static FuzzLimits Usual { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), 512 << 20);
}

/// <summary>Runs a parser on an input and says what must not happen.</summary>
internal sealed class Judge(FuzzLimits limits)
{
    /// <summary>Runs a parser on an input.</summary>
    /// <returns>The finding; null when the parser kept its contract.</returns>
    public Finding? Examine(FuzzTarget target, ReadOnlySpan<byte> input)
    {
        long before = GC.GetTotalAllocatedBytes(), began = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        try
        {
            target.Read(input);
        }
        catch (Exception failure) when (failure is BrokenPromiseException || !target.Allows(failure))
        {
            return Finding.Of(failure);
        }
        catch (Exception failure) when (target.Allows(failure))
        {
            // The contract names it.
        }

        if (Stopwatch.GetElapsedTime(began) is var waited && waited > limits.Time)
        {
            TimeSpan worked = Environment.CpuUsage.TotalTime - used;
            if (worked > limits.Time || waited > limits.Wait)
                return new Finding("Hang", target.Name, FormattableString.Invariant(
                    $"{worked.TotalSeconds:0.0} s of processor time, {waited.TotalSeconds:0.0} s in all"));
        }

        return GC.GetTotalAllocatedBytes() - before is var allocated && allocated > limits.Bytes
            ? new Finding("Memory", target.Name, FormattableString.Invariant($"{allocated >> 20} MiB allocated")) : null;
    }
}
