using DoorAgent.Fuzz.Targets;

namespace DoorAgent.Fuzz;

/// <summary>All parsers that read bytes of strangers. A new one is a file in Targets and a line here.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new WiegandTarget(),
        new BadgeTextTarget(),
        new OsdpTarget(),
        new SettingsTarget(),
        new ScheduleTarget(),
        new ScenarioTarget(),
        new NetworkDescriptionTarget(),
        new OnnxTarget(),
        new NetworkTarget(),
        new OpenVinoTarget(),
        new ListTarget(),
        new PictureHeaderTarget(),
        new PictureTarget(),
        new JpegStreamTarget(),
        new OperatorTarget(),
        new GalleryFileTarget(),
        new GalleryRowsTarget(MadeGallery.NoKey),
        new GalleryRowsTarget(MadeGallery.OneKey),
        new JournalFileTarget(),
        new JournalRowsTarget(),
        new ArchiveTarget(),
        new SealTarget(),
        new AnchorTarget(),
        new FleetPersonTarget(),
        new FleetManifestTarget(),
        new FleetKeysTarget(),
        new FleetConfirmationTarget(),
        new FleetRequestTarget(),
        new FleetAnswerTarget(),
        new FleetParcelTarget(),
    ];

    /// <summary>Returns the target with that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FuzzTarget Find(string name) => All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target {name}. The targets are {string.Join(", ", All)}.", nameof(name));
}
