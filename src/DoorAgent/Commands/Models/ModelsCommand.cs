using System.CommandLine;

namespace DoorAgent.Commands.Models;

/// <summary>Creates dooragent models: the verbs on neural networks.</summary>
internal static class ModelsCommand
{
    internal static Command Create() => new("models",
        "Manages the networks that detect, encode and judge faces: list, verify, download, import, add your own.")
    {
        ModelsListCommand.Create(),
        ModelsShowCommand.Create(),
        ModelsVerifyCommand.Create(),
        ModelsPullCommand.Create(),
        ModelsImportCommand.Create(),
        ModelsAddCommand.Create(),
        ModelsCalibrationCommand.Create(),
    };
}
