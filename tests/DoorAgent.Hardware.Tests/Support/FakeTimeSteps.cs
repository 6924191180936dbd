using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Support;

internal static class FakeTimeSteps
{
    /// <summary>Advances the time in steps of a millisecond: after a single large step all timers would see the final time.</summary>
    public static void Pass(this FakeTimeProvider time, TimeSpan span)
    {
        TimeSpan step = TimeSpan.FromMilliseconds(1);
        for (TimeSpan left = span; left > TimeSpan.Zero; left -= step)
            time.Advance(left < step ? left : step);
    }
}
