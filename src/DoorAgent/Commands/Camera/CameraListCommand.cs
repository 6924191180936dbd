using System.CommandLine;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras.Linux;
using Spectre.Console;

namespace DoorAgent.Commands.Camera;

/// <summary>Creates dooragent camera list.</summary>
internal static class CameraListCommand
{
    internal static Command Create()
    {
        Command command = new("list", """
            Lists the cameras of this machine: formats, identity, and which program uses each.

            The identity (port and model) may be pinned as Hardware:CameraIdentity: then no other device is accepted, whatever
            its number. A device that a program feeds is marked: a real door refuses such a device. The command takes no
            picture. Exit code 1 when there is no camera.
            """);
        command.SetAction(result =>
        {
            HardwareOptions hardware = DoorCamera.Hardware(result);
            IReadOnlyList<VideoDevice> devices = VideoDevice.All(out IReadOnlyList<string> refused);
            foreach (string why in refused)
                Console.WriteLine($"cannot be queried: {why} (is the user in the group video?)");
            foreach (VideoDevice device in devices)
                AnsiConsole.Write(Facts(device));
            if (ChildProgram.Find(hardware.RpicamVid) is { } program)
                Console.WriteLine($"{program} is installed: a CSI camera of the board is 'csi' (the second one 'csi:1').");
            if (devices.Count == 0)
                Console.WriteLine("There is no camera at /dev/video.... Without one, Hardware:Camera of a "
                    + "simulated door is a folder of pictures.");
            Console.WriteLine($"Hardware:Camera is "
                + $"{(hardware.Camera is null ? "not set" : Settings.EffectiveSettings.WithoutPassword(hardware.Camera))}.");
            return devices.Count > 0 ? 0 : 1;
        });
        return command;
    }

    private static Rows Facts(VideoDevice device)
    {
        IReadOnlyList<DeviceHolder> holders = DeviceHolder.Of(device.Path);
        Grid facts = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn();
        Fact(facts, "identity", device.Identity);
        Fact(facts, "driver", device.IsMadeByAProgram ? $"{device.Driver} (a program feeds it: a real door refuses it)" : device.Driver);
        Fact(facts, "formats", FormatsOf(device));
        Fact(facts, "held by", holders.Count > 0 ? string.Join("; ", holders) : "no program that this user can see");
        return new Rows(new Text($"{device.Path}: {device.Card}"), facts);
    }

    private static string FormatsOf(VideoDevice device)
    {
        string[] usable = [.. VideoDevice.Usable.Where(device.Formats.Contains)];
        return usable.Length == 0 ? $"{string.Join(", ", device.Formats)} (no {string.Join(" or ", VideoDevice.Usable)}: cannot be used)"
            : device.Formats.Count == usable.Length ? string.Join(", ", usable)
            : $"{string.Join(", ", usable)} (and {device.Formats.Count - usable.Length} that are not used)";
    }

    private static void Fact(Grid facts, string name, string value) => facts.AddRow($"[grey]{name}[/]", Markup.Escape(value));
}
