using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Operating.Metrics;

namespace DoorAgent.Running;

/// <summary>What operators and the mode see of the loop, on its own thread.</summary>
internal sealed partial class DecisionLoop : IOperatedDoor
{
    DoorState IOperatedDoor.State => _door.State;
    string IOperatedDoor.Camera => _devices.Camera.Description;

    DoorStatus IOperatedDoor.Status()
    {
        string?[] faults =
        [
            _gallery.Fault, _networks.OfFaces, _networks.OfLiveness, _recorder.Fault, _log.Fault, _display.Fault, _modes.Fault,
            .. _fleet.Faults,
        ];
        DoorStatus status = _desk.Status(_door.State, _access, _lights.Shown, _faces, faults, _now);
        status = status with
        {
            Mode = _modes.Status(), Schedules = _calendar.Schedules, Rollback = _history.Words, Fleet = _fleet.Status(_now),
            NamelessFaults = [.. status.Faults.Select(fault => fault == _gallery.Fault ? _gallery.NamelessFault! : fault)],
        };
        return DeviceStatus.With(status, _devices, _framesPerSecond());
    }

    string IOperatedDoor.Metrics() => _metrics.Print(DoorLevels.Of(_access, _devices, _faces.Gallery) with { Fleet = _fleet.Status(_now) });
    Gallery? IOperatedDoor.Gallery => _faces.Gallery;
    string? IOperatedDoor.GalleryFault => _faces.Gallery is null ? null : _gallery.NamelessFault;
    string? IOperatedDoor.Remember(GalleryHead gallery) => _history.Remember(gallery);
    bool IOperatedDoor.Record(DoorEvent raised) => Record(raised);
    void IOperatedDoor.Advance(DoorInputEvent input) => Advance(input);
    void IOperatedDoor.Advance(AccessEvent accessEvent) => Advance(accessEvent);
}
