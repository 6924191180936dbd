using DoorAgent.Decisions;
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
    public static FleetStore StoreOf(Places places, TimeProvider time) => new(places.Data, () => FleetReading.InNone,
        (_, _) => throw new UserErrorException(FleetDesk.InNone));
}
