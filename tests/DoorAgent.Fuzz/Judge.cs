using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DoorAgent.Fuzz;

/// <summary>The limits beyond which a run is a finding.</summary>
/// <param name="Time">The longest processor time of the thread; work of others on a busy machine does not count.</param>
/// <param name="Wait">The longest wait, for a parser that blocks without using the processor.</param>
/// <param name="Bytes">The most memory, in bytes: what the thread allocates in the managed heap, and what native code takes.</param>
internal sealed record FuzzLimits(TimeSpan Time, TimeSpan Wait, long Bytes)
{
    /// <summary>One second, 512 MB.</summary>
    public static FuzzLimits Usual { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), 512 << 20);

    /// <summary>Whether nothing else runs in the process, so that the kernel's count of its memory is that of native code.</summary>
    public bool IsAlone { get; init; }
}

/// <summary>Runs a parser on an input and says what must not happen.</summary>
internal sealed class Judge(FuzzLimits limits)
{
    private const int ThreadClock = 3;

    private static TimeSpan ThreadTime => clock_gettime(ThreadClock, out KernelTime time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000)
        : throw new InvalidOperationException("The kernel has no clock of a thread's processor time.");

    /// <summary>Runs a parser on an input.</summary>
    /// <returns>The finding; null when the parser kept its contract.</returns>
    public Finding? Examine(FuzzTarget target, ReadOnlySpan<byte> input)
    {
        bool countsMemory = limits.IsAlone && target.IsNative;
        long native = countsMemory ? ResidentMemory.Reset() : 0, before = GC.GetAllocatedBytesForCurrentThread();
        long began = Stopwatch.GetTimestamp();
        TimeSpan used = ThreadTime;
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

        TimeSpan waited = Stopwatch.GetElapsedTime(began), worked = ThreadTime - used;
        if (worked > limits.Time || waited > limits.Wait)
        {
            return new Finding("Hang", target.Name, FormattableString.Invariant(
                $"{worked.TotalSeconds:0.0} s of processor time, {waited.TotalSeconds:0.0} s in all"));
        }

        long allocated = Math.Max(GC.GetAllocatedBytesForCurrentThread() - before, countsMemory ? ResidentMemory.Peak - native : 0);
        return allocated > limits.Bytes
            ? new Finding("Memory", target.Name, FormattableString.Invariant($"{allocated >> 20} MiB")) : null;
    }

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out KernelTime time);

    /// <summary>struct timespec where a long has 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct KernelTime(long Seconds, long Nanoseconds);
}
