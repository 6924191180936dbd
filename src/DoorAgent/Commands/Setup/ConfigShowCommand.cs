using System.CommandLine;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent config show, which shows values and their origins, and explains single settings.</summary>
internal static class ConfigShowCommand
{
    internal static Command Create()
    {
        Argument<string[]> keys = new("KEY")
        {
            Description = "A setting (Doors:AccessTime) or a section (Doors): shows its meaning and allowed values.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> markdown = new("--markdown")
        {
            Description = "Writes the tables of the guide instead: every setting with meaning, values and default.",
        };
        Command show = new("show", """
            Shows every setting with its value and where it comes from. Values that nobody set are the defaults.

            With KEY only these settings, each with meaning, allowed values and default. Settings that a start would refuse are
            listed below, with exit code 1.
            """) { keys, markdown };
        show.SetAction(result =>
        {
            if (result.GetValue(markdown))
            {
                Console.Write(SettingsPage.Markdown());
                return 0;
            }

            return result.GetValue(keys) is { Length: > 0 } some
                ? Explain(CommonOptions.SettingsOf(result), some)
                : Show(CommonOptions.SettingsOf(result), CommonOptions.PlacesOf(result));
        });
        return show;
    }

    private static int Show(DoorSettings settings, Places places)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("setting", "value", "from");
        foreach (EffectiveSetting setting in settings.Effective)
            table.AddRow(Markup.Escape(setting.Key), Markup.Escape(setting.Value), Markup.Escape(setting.Origin));
        AnsiConsole.Write(table);
        Console.WriteLine($"data: {places.Data}");
        Console.WriteLine($"models: {string.Join(", ", places.ModelDirectories)}");
        return Refused(StartCheck.RefusalsOfSettings(settings));
    }

    private static int Explain(DoorSettings settings, string[] keys)
    {
        // An unknown key is refused before anything is printed about the others.
        (string Key, SettingDescription[] Meant)[] asked = [.. keys.Select(key => (key, Find(key)))];
        foreach (SettingDescription setting in asked.SelectMany(one => one.Meant).Distinct())
        {
            AnsiConsole.MarkupLine($"[bold]{Markup.Escape(setting.Key)}[/]");
            foreach (EffectiveSetting now in settings.Effective.Where(now => setting.IsMeantBy(now.Key)))
                AnsiConsole.Write(Indented($"{(now.Key == setting.Key ? "" : now.Key + " ")}is {now.Value} ({now.Origin})"));
            AnsiConsole.Write(Indented(SettingsPage.Plain(setting.Meaning)));
            AnsiConsole.Write(Indented(SettingsPage.Plain($"allowed: {setting.Allowed}; default: {setting.DefaultWords}")));
        }

        return Refused([.. StartCheck.RefusalsOfSettings(settings).Where(refusal => asked.Any(one => IsAbout(refusal, one.Key)))]);
    }

    /// <exception cref="UserErrorException">There is no such setting; the message names the nearest.</exception>
    private static SettingDescription[] Find(string key)
    {
        SettingDescription[] meant = [.. SettingDescription.All.Where(setting => setting.IsMeantBy(key))];
        // A setting that is not a list has nothing below it.
        if (meant.Length > 0 && (!meant.Any(setting => key.Length > setting.Key.Length) || KnownKeys.Find(KnownKeys.All, key) is not null))
            return meant;
        IReadOnlyList<string> wrong = SettingsCheck.Normalise(new SettingsLayer("command line", [new(key, "")]));
        throw new UserErrorException(wrong.Count > 0 ? wrong[0]
            : $"{key} is of section {KnownKeys.SerilogSection}, which Serilog reads by itself: 'dooragent config show' lists what is set "
            + "there, and the guide's page about the configuration says what can be written.");
    }

    private static Padder Indented(string text) => new(new Text(text), new Padding(2, 0, 0, 0));

    private static bool IsAbout(string refusal, string key) => refusal.StartsWith($"{key} ", StringComparison.OrdinalIgnoreCase)
        || refusal.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase);

    private static int Refused(IReadOnlyList<string> refusals)
    {
        foreach (string refusal in refusals)
            Console.Error.WriteLine($"A start refuses this: {refusal}");
        return refusals.Count > 0 ? 1 : 0;
    }
}
