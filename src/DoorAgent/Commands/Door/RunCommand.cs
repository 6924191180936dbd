using System.CommandLine;
using DoorAgent.Commands.Key;
using DoorAgent.Commands.Page;
using System.Runtime.InteropServices;
using DoorAgent.Running;
using DoorAgent.Simulation;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Door;

/// <summary>Creates dooragent run, the daemon.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    internal static Command Create()
    {
        Command run = new(Name, """
            Runs the door until it is stopped.

            On simulated hardware, badges and the door leaf are typed: 'badge H10301:123:4567', 'door open', 'door close', with
            Hardware:Exit 'exit press', with Badges:Keypad 'keys 4711#'; 'help' lists them. Hardware:Kind and Hardware:Contact
            have no default.
            Exit code 0 after a requested stop, 1 after a failure while the door ran, 2 when it did not start; locked each time.
            """);
        run.SetAction((result, stopping) => RunAsync(result, stopping));
        return run;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken stopping)
    {
        // A door that is paused (Ctrl-Z) could not lock: its relay would keep its state.
        using PosixSignalRegistration neverPaused = PosixSignalRegistration.Create(PosixSignal.SIGTSTP, pause => pause.Cancel = true);
        try
        {
            // Settings that are refused leave nothing behind.
            DoorSettings settings = CommonOptions.SettingsOf(result);
            settings.NeedAll();
            Places places = CommonOptions.PlacesOf(result);
            FirstKey.Ensure(places);
            return await DoorHost.RunAsync(settings, places, DoorConsole.Listen, PagePartsBuilder.Of(result, settings, places), stopping);
        }
        catch (UserErrorException refused)
        {
            await Console.Error.WriteLineAsync($"dooragent: not started, the door stays locked. {refused.Message}");
            return DoorHost.NotStarted;
        }
    }
}
