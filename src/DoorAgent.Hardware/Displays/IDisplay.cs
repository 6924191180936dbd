namespace DoorAgent.Hardware.Displays;

/// <summary>A small display for the people at the door. Calls go over a wire and may block, so <see cref="DoorDisplay"/> makes them on a
/// task of its own.</summary>
internal interface IDisplay : IDisposable
{
    /// <summary>Replaces the text on the display; an empty text darkens the display.</summary>
    /// <exception cref="IOException">The display does not answer.</exception>
    void Show(string text);
}
