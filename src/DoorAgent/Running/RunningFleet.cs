using DoorAgent.Decisions;
using DoorAgent.Galleries;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>Connects the door's fleet with its gallery, its clock and its file.</summary>
internal static class RunningFleet
{
    /// <summary>Returns the parts of <see cref="DoorFleet"/>.</summary>
    /// <param name="store">Reads the fleet's part of the gallery.</param>
    /// <param name="places">The data directory.</param>
    /// <param name="calendar">The hours and the wall clock.</param>
    /// <param name="built">The build date, which a correct wall clock cannot precede.</param>
    public static FleetParts PartsOf(FleetStore store, Places places, Calendar calendar, DateTimeOffset built) => new()
    {
        First = store.Read(),
        Freshness = new FleetFreshness(built),
        File = new FleetContactFile(places.FleetContactFile),
        TakeHours = calendar.Take,
        Wall = () => calendar.Now,
        ToNextMinute = () => calendar.ToNextMinute,
    };

    /// <summary>Returns what the fleet's requests read and write: the gallery.</summary>
    /// <param name="gallery">The fleet's part of the gallery.</param>
    /// <param name="places">The data directory.</param>
    public static FleetStore StoreOf(FleetGallery gallery, Places places) => new(places.Data, () => Read(gallery, places), gallery.Apply);

    /// <summary>Returns the hours of the fleet's group, for a program beside the door; none where they cannot be read, which another check
    /// says.</summary>
    public static FleetHours HoursOf(Places places)
    {
        try
        {
            return FleetHours.Of(new FleetGallery(places.GalleryFile, TimeProvider.System).Manifest());
        }
        catch (UserErrorException)
        {
            return FleetHours.None;
        }
    }

    private static FleetReading Read(FleetGallery gallery, Places places)
    {
        try
        {
            if (!File.Exists(places.GalleryFile))
                return FleetReading.InNone with { HasGallery = false };
            return gallery.Look() is var (standing, manifest) ? new FleetReading(new FleetView(standing, manifest)) : FleetReading.InNone;
        }
        catch (UserErrorException unreadable)
        {
            return new FleetReading(null, unreadable.ForRecord);
        }
    }
}
