using System.CommandLine;
using DoorAgent.Diagnostics;
using DoorAgent.Hardware.Cameras;
using Spectre.Console;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent doctor.</summary>
internal static class DoctorCommand
{
    private const int MostSeconds = 300;

    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Option<int?> listen = new("--listen") { Description = $"Listens to the badge reader for this many seconds, 1 to {MostSeconds}, "
            + $"while somebody presents a badge; no door may run." };
        Option<string?> picture = new("--picture") { Description = "File for the camera's picture with faces drawn, readable only by its "
            + "owner; default doctor.jpg in the data directory." };
        Option<bool> move = new("--move-relay") { Description = "Unlocks for a moment and watches the door's contact, "
            + "after a yes on the terminal. Stand at the door." };
        Command command = new("doctor", """
            Checks everything that the door needs, and names the next step where something is wrong.

            The doctor changes nothing but the picture, and does not move the relay without --move-relay. While a door runs on
            these data, the doctor asks that door, which has the devices; otherwise it opens them. Root sees more. Exit code 0
            when there is no fault (warnings allowed), 1 when there is a fault, 2 when the doctor could not check.
            Examples: sudo dooragent doctor     sudo dooragent doctor --listen 10     sudo dooragent doctor --move-relay
            """) { json, listen, picture, move };
        command.Validators.Add(result =>
        {
            if (result.GetValue(listen) is < 1 or > MostSeconds)
                result.AddError($"--listen is {result.GetValue(listen)}; it must be from 1 to {MostSeconds}.");
            if (result.GetValue(picture) is { } path
                && !PictureFile.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                result.AddError($"{path} does not have the extension of a picture; use one of "
                    + $"{string.Join(", ", PictureFile.Extensions)}.");
        });
        command.SetAction(async (result, stopping) =>
        {
            using DoctorContext door = await DoctorRunner.OpenAsync(result, result.GetValue(listen), result.GetValue(picture),
                result.GetValue(move), stopping);
            if (!result.GetValue(json))
                Console.WriteLine($"data: {door.Places.Data}");
            IReadOnlyList<CheckResult> results =
                await DoctorRunner.WithProgressAsync(looking => Doctor.RunAsync(Doctor.Checks, door, looking, stopping));
            if (result.GetValue(json))
                Console.WriteLine(DoctorReport.Json(results, door.Places.Data));
            else
                AnsiConsole.Write(DoctorView.Of(results));
            return DoctorReport.Worst(results) == FindingLevel.Fault ? 1 : 0;
        });
        return command;
    }
}
