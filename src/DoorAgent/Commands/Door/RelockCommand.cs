using System.CommandLine;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;

namespace DoorAgent.Commands.Door;

/// <summary>Creates dooragent relock, which systemd runs after every end of the daemon.</summary>
internal static class RelockCommand
{
    internal static Command Create()
    {
        Command command = new("relock", """
            Drives the relay's line to locked when no daemon runs. The unit does so after every end of the daemon.

            While a daemon holds the line, relock is refused: use 'dooragent lock' for a running door.
            """);
        command.SetAction(result =>
        {
            HardwareOptions hardware = CommonOptions.SettingsOf(result).Hardware;
            if (hardware.Kind != HardwareOptions.RealLines)
            {
                Console.WriteLine("Simulated hardware: there is no relay to lock.");
                return 0;
            }

            try
            {
                using LinuxGpioLines lines = new(GpioChip.Find(hardware.Chip));
                using IOutputLine relay = lines.RequestOutput("relock", hardware.Relay, hardware.RelayActiveLow, isActive: false);
                Console.WriteLine($"Line {hardware.Relay} is at its locked level.");
                return 0;
            }
            catch (IOException failure)
            {
                throw new UserErrorException(failure.Message, failure);
            }
        });
        return command;
    }
}
