using DoorAgent.Auditing;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;
using DoorAgent.Link.Mqtt;
using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Storage;
using Microsoft.Extensions.Hosting.Systemd;
using Serilog;
using Serilog.Core;

namespace DoorAgent.Running;

/// <summary>Runs the daemon: opens lines, devices, networks and journal, runs the door in a host, and returns the exit code.</summary>
internal static class DoorHost
{
    /// <summary>The exit code of a refused start.</summary>
    public const int NotStarted = 2;

    // Longer than any step of a stop, shorter than systemd's stop timeout.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan TimeToReport = TimeSpan.FromSeconds(1);

    /// <summary>Runs the door until it is cancelled or fails.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="places">The data directory and its files.</param>
    /// <param name="simulated">Called before the start when the lines are simulated, to connect what plays the people at the door.</param>
    /// <param name="page">What the page shows and changes.</param>
    /// <param name="stopping">Cancels the run.</param>
    /// <returns>0 after a requested stop, 1 after a failure, 2 after a refused start; the door is locked in every case.</returns>
    /// <exception cref="UserErrorException">Settings, networks or devices cannot be used.</exception>
    public static async Task<int> RunAsync(DoorSettings settings, Places places,
        Action<SimulatedGpioLines, HardwareOptions, BadgeOptions> simulated, PageParts page, CancellationToken stopping)
    {
        settings.NeedAll();
        LogFiles files = new(places.Logs);
        Logger log = LogSetup.Create(settings.Auditing, settings.Serilog, places, TimeProvider.System, simulated: false, files);
        try
        {
            return await RunAsync(log, files, settings, places, simulated, page, stopping);
        }
        finally
        {
            LogSetup.Close(log);
        }
    }

    private static async Task<int> RunAsync(Logger log, LogFiles files, DoorSettings settings, Places places,
        Action<SimulatedGpioLines, HardwareOptions, BadgeOptions> simulated, PageParts page, CancellationToken stopping)
    {
        log.Information("Data in {Data}", places.Data);
        bool isOpen = false;
        try
        {
            using DataLock mine = DataLock.Acquire(places.Data);
            foreach (string refusal in StartCheck.RefusalsOfZone(settings, places, TimeProvider.System))
                throw new UserErrorException(refusal);
            HardwareOptions hardware = settings.Hardware;
            // The lines are opened first: the relay is driven to locked while the networks are loaded and verified.
            using IGpioLines lines = OpenLines(hardware);
            using DoorDevices devices = OpenDevices(settings, lines);
            using FacePipeline pipeline = FacePipelineFactory.Open(places, settings.Faces, EncoderOf(settings.Encodings, places));
            using LivenessCheck liveness = LivenessFactory.Open(places, settings.Liveness);
            if (StartCheck.EncoderNote(settings, GalleryEncoders.ActiveName(places.GalleryFile)) is { } note)
                log.Warning("{Note}", note);
            if (StartCheck.OpenGalleryNote(places) is { } open)
                log.Warning("{Note}", open);
            using RepeatFilteringLog filteredLog = new(new DoorLog(log, namesExplanation: true), TimeProvider.System);
            OperatorEvents events = new(places.JournalFile, TimeProvider.System);
            using DoorRuntime runtime = new(
                settings, places, pipeline, liveness, devices, [filteredLog, events], TimeProvider.System, log: files.Check);
            OperatorAccess access = OperatorAccess.OfThisMachine(mayLinkUnlock: settings.Section<MqttOptions>().Unlock);
            using PageDesk desk = new(page, runtime, runtime, TimeProvider.System);
            using FleetDesk fleet = new(runtime.Fleet, TimeProvider.System);
            await using OperatorSocket? operators = OperatorSocket.Open(
                places, runtime, log, TimeProvider.System, access, events, desk, fleet);
            if (lines is SimulatedGpioLines simulatedLines)
                simulated(simulatedLines, hardware, settings.Badges);

            isOpen = true;
            return await RunHostAsync(log, runtime, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            log.Information("Stopped before it had begun, the door is locked");
            return 0;
        }
        catch (UserErrorException refused) when (!isOpen)
        {
            log.Fatal("Not started, the door stays locked: {Why}", refused.Message);
            return NotStarted;
        }
#pragma warning disable CA1031 // The outermost handler: every failure is logged and sets the exit code.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.Fatal(failure, "Ended by a fault, the door is locked");
            return 1;
        }
    }

    private static async Task<int> RunHostAsync(Logger log, DoorRuntime runtime, CancellationToken stopping)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        UseSystemd(builder.Services, runtime);
        builder.Services.AddSerilog(log);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeToStop);
        builder.Services.AddHostedService(_ => new DoorWorker(runtime));
        using IHost host = builder.Build();
        await host.StartAsync(stopping);
        await host.WaitForShutdownAsync(stopping);
        // The host ends normally whatever its workers throw; the worker's task has the exception.
        try
        {
            await host.Services.GetServices<IHostedService>().OfType<DoorWorker>().Single().ExecuteTask!;
            return 0;
        }
        finally
        {
            await ReportUnpublishedAsync(runtime.Unpublished);
        }
    }

    // The log may be the publisher that hangs, and standard error may hang too: the exit waits for neither.
    private static async Task ReportUnpublishedAsync(IReadOnlyList<string> unpublished)
    {
        Task reported = Task.Run(() =>
        {
            foreach (string what in unpublished)
                Console.Error.WriteLine($"dooragent: {what}");
        });
        await Task.WhenAny(reported, Task.Delay(TimeToReport, TimeProvider.System));
    }

    /// <summary>Notifies systemd, under a unit of Type=notify, that the door is ready and works. The package's own detection of
    /// systemd reads the parent process, which the unit's hardening hides.</summary>
    private static void UseSystemd(IServiceCollection services, DoorRuntime runtime)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 })
            return;
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddSingleton<IHostLifetime, SystemdLifetime>();
        if (Watchdog.Patience is { } patience)
        {
            services.AddHostedService(provider =>
                new Watchdog(provider.GetRequiredService<ISystemdNotifier>(), runtime, patience, TimeProvider.System));
        }
    }

    /// <summary>Returns the gallery's encoder; only an empty gallery uses the configured one.</summary>
    internal static string EncoderOf(EncodingOptions configured, Places places) =>
        GalleryEncoders.ActiveName(places.GalleryFile) ?? configured.Encoder;

    private static IGpioLines OpenLines(HardwareOptions hardware)
    {
        if (hardware.Kind == HardwareOptions.RealLines)
            return Opened(() => new LinuxGpioLines(GpioChip.Find(hardware.Chip)));
        SimulatedGpioLines lines = new(TimeProvider.System, HardwareOptions.SimulatedLineCount);
        // A simulated door is closed until a command opens it.
        if (hardware.ContactLine is { } contact)
            lines.Drive(contact, hardware.ContactOpenIsLow);
        return lines;
    }

    private static DoorDevices OpenDevices(DoorSettings settings, IGpioLines lines) => Opened(() =>
    {
        HardwareOptions hardware = settings.Hardware;
        ICamera camera = CameraFactory.Open(hardware, TimeProvider.System);
        return settings.CreateDevices(lines, camera, hardware, TimeProvider.System);
    });

    private static T Opened<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or InvalidOperationException)
        {
            throw new UserErrorException(failure.Message, failure);
        }
    }
}

/// <summary>Runs the door inside the host until the host stops or the door fails.</summary>
internal sealed class DoorWorker(DoorRuntime runtime) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => runtime.RunAsync(stoppingToken);
}
