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
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics;

/// <summary>What the doctor's checks look at, and the ways to what is slow to open or not of this process.</summary>
internal sealed class DoctorContext : IDisposable
{
    private FacePipeline? _reader;

    public required Places Places { get; init; }

    /// <summary>The settings; null when the file, a key or a value's form is wrong, and then why.</summary>
    public required DoorSettings? Settings { get; init; }

    /// <summary>Why there are no settings.</summary>
    public string? SettingsRefusal { get; init; }

    /// <summary>The configuration file; null where there is none.</summary>
    public string? SettingsFile { get; init; }

    public required DoctorRequest Request { get; init; }

    public required Machine Machine { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>How the door is that runs on these data; null when none runs, or it may not be asked.</summary>
    public DoorStatus? Running { get; init; }

    /// <summary>Why the door could not be asked, where there is one.</summary>
    public string? RunningRefusal { get; init; }

    /// <summary>Asks the running door.</summary>
    public Func<OperatorVerb, CancellationToken, Task<OperatorAnswer>> Ask { get; init; } =
        (_, _) => throw new UserErrorException("No door runs. Start it with 'systemctl start dooragent'.");

    /// <summary>Says something to whoever stands at the door, at once.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>Asks whoever sits at the terminal; null when nobody does.</summary>
    public Func<string, bool?> Confirm { get; init; } = _ => null;

    /// <summary>The lines of the configured chip, with who holds them.</summary>
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

    /// <summary>Opens the configured chip; the caller closes it.</summary>
    /// <exception cref="NotExaminedException">There is none; the check of the lines says why.</exception>
    public IGpioLines OpenLines(HardwareOptions hardware)
    {
        try
        {
            return Chip(hardware);
        }
        catch (IOException)
        {
            throw new NotExaminedException("the GPIO chip cannot be opened");
        }
    }

    /// <summary>A file of the data directory: whether it is there. A directory that may not be looked into has no files at all for .NET.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody knows: the directory is another user's.</exception>
    public bool Has(string file)
    {
        if (Directory.Exists(Places.Data))
            _ = Directory.EnumerateFileSystemEntries(Places.Data).Any();
        return File.Exists(file);
    }

    /// <summary>Whether a real door is configured.</summary>
    public bool IsReal => Options<HardwareOptions>().Kind == HardwareOptions.RealLines;

    /// <summary>The encoder that the door would use, by its catalogue id.</summary>
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
                // What is wrong with the gallery is the gallery's check to say.
                return Options<EncodingOptions>().Encoder;
            }
        }
    }

    /// <summary>The door's networks, proven.</summary>
    /// <exception cref="UserErrorException">They cannot be used.</exception>
    public FacePipeline Reader => _reader ??= FacePipelineFactory.Open(Places, Options<FaceOptions>(), EncoderId);

    /// <summary>A section's values, once they are right.</summary>
    /// <exception cref="NotExaminedException">They are not; the check of the configuration says why.</exception>
    public T Options<T>() where T : class, ICheckedOptions
    {
        try
        {
            return (Settings ?? throw new NotExaminedException("the configuration cannot be read")).Section<T>();
        }
        catch (UserErrorException)
        {
            throw new NotExaminedException($"section {T.Section} of the configuration is wrong");
        }
    }

    public void Dispose() => _reader?.Dispose();
}
