using DoorAgent.Auditing;
using DoorAgent.Link;
using DoorAgent.Link.Fleet;
using DoorAgent.Link.Metrics;
using DoorAgent.Settings;
using DoorAgent.Storage;
using Microsoft.Extensions.Hosting.Systemd;
using Serilog.Core;

namespace DoorAgent.Running;

/// <summary>Runs the link: makes the channels that the settings turn on, and returns the exit code.</summary>
internal static class LinkHost
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>Runs the link until it is stopped.</summary>
    /// <param name="settings">The link's settings.</param>
    /// <param name="door">The door's places.</param>
    /// <param name="stopping">Stops the link.</param>
    /// <returns>0 after a requested stop.</returns>
    /// <exception cref="UserErrorException">No channel is turned on, the settings cannot be used, or another link runs.</exception>
    public static async Task<int> RunAsync(LoadedSettings settings, Places door, CancellationToken stopping)
    {
        LinkOptions options = settings.Section<LinkOptions>();
        LinkPlaces places = LinkPlaces.Of(door);
        using LinkLock mine = LinkLock.Acquire(places.State);
        DataDirectory.Ensure(places.Runtime);
        using Logger log = LogOf(settings, door);
        LinkDoor running = new(door.ForOtherUser());
        LinkContext context = new(settings, places, running, LinkSecrets.OfThisProcess(), log, TimeProvider.System);
        MetricsWriter? metrics = MetricsWriter.Make(context);
        FleetRunner? fleet = FleetRunner.Make(context);
        (IReadOnlyList<ILinkChannel> channels, IReadOnlyList<ChannelStatus> off) = LinkChannels.Create(context);
        try
        {
            if (channels.Count + off.Count == 0 && metrics is null && fleet is null)
            {
                throw new UserErrorException($"Nothing is to leave the house: {LinkPlaces.SystemFile} turns no channel, no metrics and no "
                    + "fleet on. 'dooragent help configuration' lists the settings.");
            }

            IEnumerable<string> names = channels.Select(channel => channel.Name);
            names = metrics is null ? names : names.Append("metrics");
            log.Information("The link runs: {Channels}", string.Join(", ", fleet is null ? names : names.Append(FleetRunner.Name)));
            LinkRunner runner = new(places, channels, off, running, options.Start, log, TimeProvider.System, Random.Shared, fleet);
            await Task.WhenAll(runner.RunAsync(stopping), metrics?.RunAsync(stopping) ?? Task.CompletedTask, NotifyAsync(runner, stopping));
            log.Information("The link has stopped");
            return 0;
        }
        finally
        {
            foreach (ILinkChannel channel in channels)
                await channel.DisposeAsync();
        }
    }

    /// <summary>Creates the log of a link: the console, which is systemd's journal in a service, and what section Serilog adds.</summary>
    public static Logger LogOf(LoadedSettings settings, Places door) =>
        LogSetup.Create(new AuditingOptions { LogToFiles = false }, settings.Serilog, door, TimeProvider.System, simulated: false);

    private static async Task NotifyAsync(LinkRunner runner, CancellationToken stopping)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 })
            return;
        SystemdNotifier systemd = new();
        systemd.Notify(ServiceState.Ready);
        try
        {
            using PeriodicTimer timer = new(Watchdog.Patience / Watchdog.PingsInTime ?? Timeout.InfiniteTimeSpan, TimeProvider.System);
            while (await timer.WaitForNextTickAsync(stopping))
            {
                if (runner.HasMoved)
                    systemd.Notify(Alive);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            systemd.Notify(ServiceState.Stopping);
        }
    }
}
