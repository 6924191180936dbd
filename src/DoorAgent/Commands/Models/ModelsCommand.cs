using System.CommandLine;

namespace DoorAgent.Commands.Models;

/// <summary>Creates dooragent models: the verbs on neural networks.</summary>
internal static class ModelsCommand
{
    internal static Command Create() => new("models", "The networks that detect and encode faces: list, verify, download and import them.")
    {
        ModelsListCommand.Create(),
        ModelsShowCommand.Create(),
        ModelsVerifyCommand.Create(),
        ModelsPullCommand.Create(),
        ModelsImportCommand.Create(),
    };
}
