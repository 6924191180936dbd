using System.CommandLine;
using DoorAgent.Running;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent config check, which says whether a door would start with the settings.</summary>
internal static class ConfigCheckCommand
{
    internal static Command Create()
    {
        Command check = new("check", """
            Checks the settings as a start does, and reports everything that a start would refuse.

            Checks keys, values and ranges, conflicts, the form of the camera's name, and the networks, which prove themselves. The
            command starts nothing, opens no device and writes nothing: 'dooragent doctor' checks the devices. --config FILE checks
            a file before it is installed. Exit code 0 when a door would start, warnings allowed; 1 when not.
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
            Console.Error.WriteLine($"No door starts with {SourceOf(result)}: fix the above.");
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
