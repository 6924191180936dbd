namespace DoorAgent.Commands.Trying;

/// <summary>How a piece of the picture is meant; a terminal gives it a colour.</summary>
internal enum Tone
{
    Plain,

    /// <summary>Stands back.</summary>
    Dim,
    Good,
    Bad,
    Warning,

    /// <summary>A key that can be pressed.</summary>
    Key,
}
