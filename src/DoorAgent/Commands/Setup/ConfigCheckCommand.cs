using System.CommandLine;
using DoorAgent.Running;

namespace DoorAgent.Commands.Setup;

/// <summary>dooragent config check: would a door start with this?</summary>
internal static class ConfigCheckCommand
{
    internal static Command Create()
    {
        Command check = new("check", """
            Judges the settings as a start does, and says each thing that it would refuse.

            Keys, values and ranges, what cannot stand together, the camera's form, and the networks, which prove themselves. It starts
            nothing, opens no device and writes nothing: whether the devices are there, 'dooragent doctor' says. --config FILE judges a
            file before it takes its place. Exit code 0 when a door starts with them, warnings allowed; 1 when it does not.
            """);
        check.SetAction(Check);
        return check;
    }

    private static int Check(ParseResult result)
    {
        string[] refusals = [.. Refusals(result, out DoorSettings? settings)];
        foreach (string refusal in refusals)
            Console.Error.WriteLine(refusal);
        if (refusals.Length > 0 || settings is null)
        {
            Console.Error.WriteLine($"No door starts with {SourceOf(result)}: correct that.");
            return 1;
        }

        foreach (string warning in StartCheck.Warnings(settings, CommonOptions.PlacesOf(result)))
            Console.WriteLine($"WARNING: {warning}.");
        Console.WriteLine($"A door starts with {SourceOf(result)}.");
        return 0;
    }

    private static IReadOnlyList<string> Refusals(ParseResult result, out DoorSettings? settings)
    {
        settings = null;
        try
        {
            settings = CommonOptions.SettingsOf(result);
            return StartCheck.Refusals(settings, CommonOptions.PlacesOf(result));
        }
        catch (UserErrorException form)
        {
            return [form.Message];
        }
    }

    private static string SourceOf(ParseResult result) => CommonOptions.SettingsFileOf(result) ?? "these settings (there is no file)";
}
