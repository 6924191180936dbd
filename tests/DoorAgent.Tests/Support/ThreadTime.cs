using System.Runtime.InteropServices;

namespace DoorAgent.Tests.Support;

/// <summary>Processor time of the calling thread, which does not depend on other work on the machine.</summary>
internal static class ThreadTime
{
    /// <summary>CLOCK_THREAD_CPUTIME_ID.</summary>
    private const int ThreadClock = 3;

    public static TimeSpan Spent
    {
        get
        {
            Assert.Equal(0, clock_gettime(ThreadClock, out Time time));
            return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000);
        }
    }

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out Time time);

    /// <summary>struct timespec where a long has 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Time(long Seconds, long Nanoseconds);
}
