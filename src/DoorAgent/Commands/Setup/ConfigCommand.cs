using System.CommandLine;

namespace DoorAgent.Commands.Setup;

/// <summary>dooragent config: the verbs about the settings.</summary>
internal static class ConfigCommand
{
    internal static Command Create() =>
        new("config", "Settings: what holds on this machine, whether a door starts with it, and changes of the file.")
        {
            ConfigShowCommand.Create(), ConfigCheckCommand.Create(), ConfigSetCommand.Create(), ConfigUnsetCommand.Create(),
        };
}
