using System.CommandLine;

namespace DoorAgent.Commands.Models;

/// <summary>dooragent models: the networks that see.</summary>
internal static class ModelsCommand
{
    internal static Command Create() => new("models", "The networks that find and tell faces: which there are, whether they are whole, and bringing others.")
    {
        ModelsListCommand.Create(),
        ModelsShowCommand.Create(),
        ModelsVerifyCommand.Create(),
        ModelsPullCommand.Create(),
        ModelsImportCommand.Create(),
    };
}
