using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Matching;
using DoorAgent.People;
using DoorAgent.Settings;
using DoorAgent.Simulation;
using Microsoft.Extensions.Configuration;

namespace DoorAgent.Tests.Support;

/// <summary>The production worker with adam enrolled, on simulated hardware and time, for what no scenario can say.</summary>
internal sealed class RuntimeDoor : IAsyncDisposable
{
    public const int RelayLine = 22;

    private static readonly Hardware.Badges.Badge AdamsBadge = Hardware.Badges.Badge.Parse("H10301:123:4567");

    private readonly TemporaryFolder _folder = new();
    private readonly DoorScene _scene;
    private readonly FaceReader _reader;
    private readonly string[] _pictures = [.. PictureFile.In(Path.Combine(Places.BuiltInPeople, "adam", "door-1"))];
    private int _shown;
    private bool _isStopped;

    public RuntimeDoor(FaceReader reader, params string[] settings)
    {
        _reader = reader;
        Places = new Places(_folder.Path, [Places.BuiltInModels]);
        IConfigurationRoot configuration = SimulatedSettings.With(settings.Select(setting => new Setting(setting.Split('=')[0], setting.Split('=')[1])));
        using (FaceReader good = Networks.BuiltIn())
        using (GalleryFile gallery = new(Places.GalleryFile, Time))
        {
            MatchingOptions matching = OptionsRegistration.Bind<MatchingOptions>(configuration);
            new Enroller(gallery, good, FaceReaders.ThresholdsOf(good, matching), new PeopleOptions())
                .Add(PersonName.Parse("adam"), PictureFile.In(Path.Combine(Places.BuiltInPeople, "adam")), AdamsBadge, isExtended: false);
        }

        Lines = new SimulatedGpioLines(Time, 32);
        _scene = new DoorScene(Lines, OptionsRegistration.Bind<Hardware.HardwareOptions>(configuration), Time);
        _scene.MoveDoor(open: false);
        Life = new DoorLife(configuration, Places, reader, Lines, Take, Time);
    }

    public Places Places { get; }

    public SimulatedTime Time { get; } = new(new DateTimeOffset(2026, 3, 2, 7, 55, 0, TimeSpan.Zero), TimeZoneInfo.Utc);

    public SimulatedGpioLines Lines { get; }

    public DoorLife Life { get; }

    public List<DoorEvent> Events { get; } = [];

    public bool IsUnlocked => Lines.IsHigh(RelayLine);

    public bool Has(DoorEventKind kind) => Events.Any(e => e.Kind == kind);

    public bool HasDenied(DenyReason reason) => Events.Any(e => e.Kind == DoorEventKind.Denied && e.Reason == reason);

    public void Badge() => _scene.Do(new PresentBadge(AdamsBadge, PresentBadge.DefaultGap));

    /// <summary>Time goes on with ten frames of adam a second.</summary>
    public async Task GoOnAsync(double seconds)
    {
        TimeSpan until = Time.Elapsed + TimeSpan.FromSeconds(seconds);
        for (TimeSpan frame = Time.Elapsed; frame <= until; frame += TimeSpan.FromMilliseconds(100))
        {
            while (Time.NextDue is { } due && due <= frame)
            {
                Time.AdvanceTo(due);
                await Life.SettleAsync();
            }

            Time.AdvanceTo(frame);
            Life.Camera.Show(picture => PictureFile.Read(_pictures[_shown++ % _pictures.Length], picture));
            await Life.SettleAsync();
        }
    }

    public async Task StopAsync()
    {
        _isStopped = true;
        await Life.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
            await Life.KillAsync();
        Lines.Dispose();
        _reader.Dispose();
        _folder.Dispose();
    }

    private void Take(DoorEvent e) => Events.Add(e);
}
