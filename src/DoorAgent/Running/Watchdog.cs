using Microsoft.Extensions.Hosting.Systemd;

namespace DoorAgent.Running;

/// <summary>
/// Tells systemd that the door works, three times in its WatchdogSec, and only while every loop moves: the camera's, the
/// lines' and the deciding one. A door that hangs is ended and started anew by systemd; meanwhile it is locked.
/// </summary>
internal sealed class Watchdog(ISystemdNotifier systemd, DoorRuntime door, TimeSpan patience, TimeProvider time) : BackgroundService
{
    private const string Variable = "WATCHDOG_USEC";
    private const int PingsInTime = 3;

    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>How long systemd waits for a sign; null where it does not.</summary>
    public static TimeSpan? Patience =>
        long.TryParse(Environment.GetEnvironmentVariable(Variable), out long microseconds) && microseconds > 0 ? TimeSpan.FromMicroseconds(microseconds) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(patience / PingsInTime, time);
        try
        {
            do
            {
                if (door.HasMoved())
                    systemd.Notify(Alive);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }
}
