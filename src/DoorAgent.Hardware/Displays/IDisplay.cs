namespace DoorAgent.Hardware.Displays;

/// <summary>A small display for the people at the door. A call goes over a wire and may block, so that
/// <see cref="DoorDisplay"/> makes each call.</summary>
internal interface IDisplay : IDisposable
{
    /// <summary>Shows a text instead of what was there; an empty one darkens the display.</summary>
    /// <exception cref="IOException">The display does not answer.</exception>
    void Show(string text);
}
