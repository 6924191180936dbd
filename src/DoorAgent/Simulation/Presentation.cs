namespace DoorAgent.Simulation;

/// <summary>How a picture of a person is brought before the camera.</summary>
internal enum Presentation
{
    /// <summary>On a sheet of paper, held by hand.</summary>
    Print,

    /// <summary>On the screen of a phone, held by hand; several pictures play there as a film.</summary>
    Replay,

    /// <summary>Filling the camera's view, without any movement.</summary>
    Still,

    /// <summary>As a living person, who does not understand what the lights ask.</summary>
    Live,

    /// <summary>As a living person, who turns the head to the side that the lights ask for.</summary>
    Turn,

    /// <summary>As a living person, who turns the head to the other side.</summary>
    WrongTurn,
}
