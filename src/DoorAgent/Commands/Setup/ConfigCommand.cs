using System.CommandLine;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Setup;

/// <summary>dooragent config, and config show: what holds, and where it comes from.</summary>
internal static class ConfigCommand
{
    internal static Command Create()
    {
        Command show = new("show", "Shows every setting with its value and where it comes from. Values that nobody set are the defaults.\n\n"
            + "What a start would refuse of them is said below, and the exit code is 1 then.");
        show.SetAction(result => Show(CommonOptions.SettingsOf(result), CommonOptions.PlacesOf(result)));
        return new Command("config", "Settings: what holds on this machine, whether a door starts with it, and changes of the file.")
        {
            show, ConfigCheckCommand.Create(), ConfigSetCommand.Create(), ConfigUnsetCommand.Create(),
        };
    }

    private static int Show(IConfigurationRoot configuration, Places places)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("setting", "value", "from");
        foreach (EffectiveSetting setting in EffectiveSettings.Of(configuration))
            table.AddRow(Markup.Escape(setting.Key), Markup.Escape(setting.Value), Markup.Escape(setting.Origin));
        AnsiConsole.Write(table);
        Console.WriteLine($"data: {places.Data}");
        Console.WriteLine($"models: {string.Join(", ", places.ModelDirectories)}");
        IReadOnlyList<string> refusals = StartCheck.RefusalsOfSettings(configuration);
        foreach (string refusal in refusals)
            Console.Error.WriteLine($"A start refuses this: {refusal}");
        return refusals.Count > 0 ? 1 : 0;
    }
}
