using DoorAgent.Encodings;
using DoorAgent.Events;

namespace DoorAgent.Simulation;

/// <summary>Watches a trial's door; called on the threads on which things happen, and never for long.</summary>
internal interface ITrialWatcher
{
    /// <summary>Something was recorded.</summary>
    void Happened(DoorEvent what);

    /// <summary>The networks looked at a frame.</summary>
    void Looked(FaceReading reading);

    /// <summary>A part is on or off from now on.</summary>
    void Moved(TrialPart part, bool isOn);
}
