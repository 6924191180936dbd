using System.CommandLine;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Commands.Link;

/// <summary>Creates dooragent link, the process for everything that leaves the house.</summary>
internal static class LinkCommand
{
    internal static Command Create()
    {
        Command link = new("link", """
            Sends the door's events to where the settings say: MQTT, webhooks, e-mail, metrics; until it is stopped.

            Runs beside the door under a user of its own, as the service dooragent-link, and reads /etc/dooragent/link.json. The door does not
            depend on the link: what cannot be delivered waits in the door's journal.
            Exit code 0 after a requested stop, 2 when the link did not start.
            """)
        {
            LinkStatusCommand.Create(),
            LinkTestCommand.Create(),
            LinkTotpCommand.Create(),
        };
        link.SetAction((result, stopping) => LinkHost.RunAsync(SettingsOf(result), CommonOptions.DataPlacesOf(result), stopping));
        return link;
    }

    /// <summary>Returns the link's settings from file, environment and command line.</summary>
    /// <exception cref="UserErrorException">A file, key or value cannot be used.</exception>
    public static LoadedSettings SettingsOf(ParseResult result) =>
        LinkSettings.Load(result.GetValue(CommonOptions.Config), result.GetValue(CommonOptions.Set) ?? []);
}
