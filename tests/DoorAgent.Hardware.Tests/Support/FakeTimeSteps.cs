using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Support;

internal static class FakeTimeSteps
{
    /// <summary>Advances by milliseconds: in one leap, timers would see the time at the end of it.</summary>
    public static void Pass(this FakeTimeProvider time, TimeSpan span)
    {
        TimeSpan step = TimeSpan.FromMilliseconds(1);
        for (TimeSpan left = span; left > TimeSpan.Zero; left -= step)
            time.Advance(left < step ? left : step);
    }
}
