using System.CommandLine;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent config: the verbs on settings.</summary>
internal static class ConfigCommand
{
    internal static Command Create() =>
        new("config", "Shows settings, checks whether a door starts with them, and changes the file.")
        {
            ConfigShowCommand.Create(), ConfigCheckCommand.Create(), ConfigSetCommand.Create(), ConfigUnsetCommand.Create(),
            ConfigUpgradeCommand.Create(),
        };
}
