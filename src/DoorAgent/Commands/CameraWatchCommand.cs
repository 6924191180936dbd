using System.CommandLine;
using DoorAgent.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Commands;

/// <summary>dooragent camera watch.</summary>
internal static class CameraWatchCommand
{
    internal static Command Create()
    {
        Command command = new("watch", """
            Says once a second what the door sees through its camera, until Ctrl-C.

            Frames a second, size, the face with its measures, and why it cannot be used. A camera that is unplugged, busy or
            frozen is named, and followed when it comes back.
            """);
        command.SetAction(async (result, stopping) =>
        {
            using FaceReader reader = DoorCamera.OpenReader(result);
            using ICamera camera = DoorCamera.Open(result);
            Console.WriteLine($"{camera.Description}; Ctrl-C ends");
            CameraWatch watch = new(camera, reader, Frames(result), Print, TimeProvider.System)
            {
                Rotation = DoorCamera.Hardware(result).CameraRotation,
                Explain = fault => DoorCamera.WhyNotAsync(result, fault, stopping),
            };
            using WhileRead reading = new(stopping);
            await watch.RunAsync(reading.Token);
            return 0;
        });
        return command;
    }

    private static DoorAgent.Frames.FrameOptions Frames(ParseResult result) =>
        Settings.OptionsRegistration.Bind<DoorAgent.Frames.FrameOptions>(CommonOptions.SettingsOf(result));

    private static void Print(string line) => Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss}  {line}");
}
