using DoorAgent.Auditing;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Storage;
using Microsoft.Extensions.Hosting.Systemd;
using Serilog;
using Serilog.Core;

namespace DoorAgent.Running;

/// <summary>The daemon: opens everything in the data's order, runs the worker under the host, and tells the truth at the end.</summary>
internal static class DoorHost
{
    /// <summary>The exit code of a start that was refused: an error that its message explains.</summary>
    public const int NotStarted = 2;

    // Longer than any step of a stop takes, shorter than systemd's patience.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan TimeToSayIt = TimeSpan.FromSeconds(1);

    /// <summary>Runs until it is told to stop.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="places">Where everything lies.</param>
    /// <param name="simulated">Is called where the lines are simulated, before the door begins: whoever plays the people at the door.</param>
    /// <param name="stopping">Ends the run.</param>
    /// <returns>0 after a stop that was asked for, 1 after a failure, 2 where it could not start; locked each time.</returns>
    /// <exception cref="UserErrorException">Settings, networks or devices cannot be used.</exception>
    public static async Task<int> RunAsync(DoorSettings settings, Places places,
        Action<SimulatedGpioLines, HardwareOptions, BadgeOptions> simulated, CancellationToken stopping)
    {
        settings.NeedAll();
        LogFiles files = new(places.Logs);
        Logger log = LogSetup.Create(settings.Auditing, settings.Serilog, places, TimeProvider.System, simulated: false, files);
        try
        {
            return await RunAsync(log, files, settings, places, simulated, stopping);
        }
        finally
        {
            LogSetup.Close(log);
        }
    }

    private static async Task<int> RunAsync(Logger log, LogFiles files, DoorSettings settings, Places places,
        Action<SimulatedGpioLines, HardwareOptions, BadgeOptions> simulated, CancellationToken stopping)
    {
        log.Information("Data in {Data}", places.Data);
        bool isOpen = false;
        try
        {
            using DataLock mine = DataLock.Acquire(places.Data);
            foreach (string refusal in StartCheck.RefusalsOfZone(settings, places, TimeProvider.System))
                throw new UserErrorException(refusal);
            HardwareOptions hardware = settings.Hardware;
            // The lines first: from here on the relay's is driven to locked, while the networks take their time to prove themselves.
            using IGpioLines lines = OpenLines(hardware);
            using DoorDevices devices = OpenDevices(settings, lines);
            using FacePipeline reader = FacePipelineFactory.Open(places, settings.Faces, EncoderOf(settings.Encodings, places));
            if (StartCheck.EncoderNote(settings, GalleryEncoders.ActiveName(places.GalleryFile)) is { } note)
                log.Warning("{Note}", note);
            using RepeatFilteringLog calm = new(new DoorLog(log), TimeProvider.System);
            using DoorRuntime runtime = new(settings, places, reader, devices, [calm], TimeProvider.System, log: files.Check);
            await using OperatorSocket? operators = OperatorSocket.Open(places, runtime, log, TimeProvider.System);
            if (lines is SimulatedGpioLines made)
                simulated(made, hardware, settings.Badges);

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
#pragma warning disable CA1031 // The last one to know: whatever it was, it is written down and the exit code says so.
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
        // The host ends with 0 whatever its workers met; the worker knows.
        try
        {
            await host.Services.GetServices<IHostedService>().OfType<DoorWorker>().Single().ExecuteTask!;
            return 0;
        }
        finally
        {
            await SayUnpublishedAsync(runtime.Unpublished);
        }
    }

    // The log itself may be what hangs, and standard error may hang with it: the end waits for neither.
    private static async Task SayUnpublishedAsync(IReadOnlyList<string> unpublished)
    {
        Task said = Task.Run(() =>
        {
            foreach (string what in unpublished)
                Console.Error.WriteLine($"dooragent: {what}");
        });
        await Task.WhenAny(said, Task.Delay(TimeToSayIt, TimeProvider.System));
    }

    /// <summary>Under a unit of Type=notify: says when the door is ready, and that it still works. The package's own way to find
    /// systemd looks at the parent process, which the unit's hardening hides.</summary>
    private static void UseSystemd(IServiceCollection services, DoorRuntime runtime)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 })
            return;
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddSingleton<IHostLifetime, SystemdLifetime>();
        if (Watchdog.Patience is { } patience)
            services.AddHostedService(made => new Watchdog(made.GetRequiredService<ISystemdNotifier>(), runtime, patience, TimeProvider.System));
    }

    /// <summary>The gallery names its encoder; only an empty one takes the configured.</summary>
    internal static string EncoderOf(EncodingOptions configured, Places places) =>
        GalleryEncoders.ActiveName(places.GalleryFile) ?? configured.Encoder;

    private static IGpioLines OpenLines(HardwareOptions hardware)
    {
        if (hardware.Kind == HardwareOptions.RealLines)
            return Opened(() => new LinuxGpioLines(GpioChip.Find(hardware.Chip)));
        SimulatedGpioLines lines = new(TimeProvider.System, HardwareOptions.SimulatedLineCount);
        // The door stands closed until somebody types that it opens.
        if (hardware.ContactLine is { } contact)
            lines.Drive(contact, hardware.ContactOpenIsLow);
        return lines;
    }

    private static DoorDevices OpenDevices(DoorSettings settings, IGpioLines lines) => Opened(() =>
    {
        HardwareOptions hardware = settings.Hardware;
        ICamera camera = CameraFactory.Open(hardware, TimeProvider.System);
        return new DoorDevices(lines, camera, hardware, settings.Badges, settings.Doors.Debounce, TimeProvider.System);
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
