using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;
using DoorAgent.Hardware.Settings;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics;

/// <summary>Gives the doctor's checks the door's places, settings, state and devices; devices and networks are opened on demand.</summary>
internal sealed class DoctorContext : IDisposable
{
    private FacePipeline? _pipeline;

    public required Places Places { get; init; }

    /// <summary>Where the key of the door may be.</summary>
    public KeyPlaces Keys { get => field ?? KeyPlaces.Of(Places.Data); init; }

    /// <summary>The settings; null when the file, a key or the form of a value is wrong.</summary>
    public required DoorSettings? Settings { get; init; }

    /// <summary>Why the settings could not be read; null when they could.</summary>
    public string? SettingsRefusal { get; init; }

    /// <summary>The configuration file; null where there is none.</summary>
    public string? SettingsFile { get; init; }

    public required DoctorRequest Request { get; init; }

    public required Machine Machine { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>State of the door that runs on these data; null when no door runs, or the door did not answer.</summary>
    public DoorStatus? Running { get; init; }

    /// <summary>Why the running door did not answer; null when it did, or no door runs.</summary>
    public string? RunningRefusal { get; init; }

    /// <summary>Asks the running door.</summary>
    public Func<OperatorVerb, CancellationToken, Task<OperatorAnswer>> Ask { get; init; } =
        (_, _) => throw new UserErrorException("No door runs. Start it with 'systemctl start dooragent'.");

    /// <summary>Prints a line at once, for the person at the door.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>Asks the user for a yes; returns null when there is no interactive terminal.</summary>
    public Func<string, bool?> Confirm { get; init; } = _ => null;

    /// <summary>Returns the lines of the configured chip, with the program that holds each.</summary>
    public Func<HardwareOptions, IReadOnlyList<GpioLine>> Lines { get; init; } = hardware => GpioChip.Find(hardware.Chip).Lines();

    /// <summary>Opens the configured chip.</summary>
    public Func<HardwareOptions, IGpioLines> Chip { get; init; } = hardware => new LinuxGpioLines(GpioChip.Find(hardware.Chip));

    /// <summary>Opens the configured RFID chip, without its reset line.</summary>
    public Func<BadgeOptions, CancellationToken, Task<IRfidChip>> OpenRfidChip { get; init; } =
        (badges, stopping) => RfidBus.OpenAsync(badges, null, TimeProvider.System, stopping);

    /// <summary>Opens the configured display.</summary>
    public Func<DisplayPlace, IDisplay> OpenDisplay { get; init; } = place => BindingCall.Ask(() => DisplayFactory.Open(place));

    /// <summary>Opens the configured camera.</summary>
    public Func<HardwareOptions, ICamera> OpenCamera { get; init; } = hardware => CameraFactory.Open(hardware, TimeProvider.System);

    /// <summary>Opens the configured chip; the caller disposes the lines.</summary>
    /// <exception cref="CheckSkippedException">The chip cannot be opened; the check of the lines says why.</exception>
    public IGpioLines OpenLines(HardwareOptions hardware)
    {
        try
        {
            return Chip(hardware);
        }
        catch (IOException)
        {
            throw new CheckSkippedException("the GPIO chip cannot be opened");
        }
    }

    /// <summary>Returns whether a file of the data directory exists. For .NET an unreadable directory would contain no files.</summary>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be read: it belongs to another user.</exception>
    public bool DataFileExists(string file)
    {
        if (Directory.Exists(Places.Data))
            _ = Directory.EnumerateFileSystemEntries(Places.Data).Any();
        return File.Exists(file);
    }

    /// <summary>Whether a real door is configured.</summary>
    public bool IsReal => Options<HardwareOptions>().Kind == HardwareOptions.RealLines;

    /// <summary>Catalogue id of the encoder that the door would use.</summary>
    public string EncoderId
    {
        get
        {
            try
            {
                return GalleryEncoders.ActiveName(Places.GalleryFile) ?? Options<EncodingOptions>().Encoder;
            }
            catch (UserErrorException)
            {
                // The check of the gallery reports what is wrong with the gallery.
                return Options<EncodingOptions>().Encoder;
            }
        }
    }

    /// <summary>The door's networks, opened and proven at the first use.</summary>
    /// <exception cref="UserErrorException">The networks cannot be used.</exception>
    public FacePipeline Pipeline => _pipeline ??= FacePipelineFactory.Open(Places, Options<FaceOptions>(), EncoderId);

    /// <summary>Returns the valid values of a section.</summary>
    /// <exception cref="CheckSkippedException">A value is not valid; the check of the configuration says why.</exception>
    public T Options<T>() where T : class, ICheckedOptions
    {
        try
        {
            return (Settings ?? throw new CheckSkippedException("the configuration cannot be read")).Section<T>();
        }
        catch (UserErrorException)
        {
            throw new CheckSkippedException($"section {T.Section} of the configuration is wrong");
        }
    }

    public void Dispose() => _pipeline?.Dispose();
}

/// <summary>What the user asks the doctor to do beyond checking.</summary>
/// <param name="Listen">How long to listen to the badge reader; null not to listen.</param>
/// <param name="Picture">File for the camera's picture.</param>
/// <param name="MovesRelay">Whether to unlock the door for a moment.</param>
internal sealed record DoctorRequest(TimeSpan? Listen, string Picture, bool MovesRelay);
