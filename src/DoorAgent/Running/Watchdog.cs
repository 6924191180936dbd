using Microsoft.Extensions.Hosting.Systemd;

namespace DoorAgent.Running;

/// <summary>
/// Notifies systemd three times per WatchdogSec that the door works, but only while every loop makes progress: vision loop, lines
/// and decision loop. systemd kills a door that hangs and starts it again; the door is locked meanwhile.
/// </summary>
internal sealed class Watchdog(ISystemdNotifier systemd, DoorRuntime door, TimeSpan patience, TimeProvider time) : BackgroundService
{
    private const string Variable = "WATCHDOG_USEC";
    /// <summary>Notifications in the time that systemd waits for one.</summary>
    public const int PingsInTime = 3;


    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>How long systemd waits for a notification; null without a watchdog.</summary>
    public static TimeSpan? Patience =>
        long.TryParse(Environment.GetEnvironmentVariable(Variable), out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds) : null;

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
            // Normal shutdown.
        }
    }
}
