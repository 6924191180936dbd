using System.CommandLine;
using DoorAgent.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Models;

namespace DoorAgent.Commands.Camera;

/// <summary>dooragent camera watch.</summary>
internal static class CameraWatchCommand
{
    internal static Command Create()
    {
        Command command = new("watch", """
            Says once a second what the door sees through its camera, until Ctrl-C.

            Frames a second, size, who is nearest and how far (what a badge of theirs would be compared with: a distance below
            the threshold matches), the face with its measures, and why it cannot be used. A camera that is unplugged, busy or
            frozen is named, and followed when it comes back.
            """);
        command.SetAction(async (result, stopping) =>
        {
            using FacePipeline reader = DoorCamera.OpenReader(result);
            using ICamera camera = DoorCamera.Open(result);
            Console.WriteLine($"{camera.Description}; Ctrl-C ends");
            CameraWatch watch = new(camera, reader, Frames(result), Print, TimeProvider.System)
            {
                Name = NamesOf(result, reader),
                Rotation = DoorCamera.Hardware(result).CameraRotation,
                Explain = fault => DoorCamera.WhyNotAsync(result, fault, stopping),
            };
            using WhileRead reading = new(stopping);
            await watch.RunAsync(reading.Token);
            return 0;
        });
        return command;
    }

    private static DoorAgent.Frames.FrameOptions Frames(ParseResult result) => CommonOptions.SettingsOf(result).Frames;

    /// <summary>Names the people of the gallery; where that cannot be, it is said once, and faces stay without a name.</summary>
    private static Func<FaceEncoding, string?> NamesOf(ParseResult result, FacePipeline reader)
    {
        try
        {
            using GalleryFile file = GalleryFile.OpenToRead(CommonOptions.PlacesOf(result).GalleryFile);
            MatchingOptions options = CommonOptions.SettingsOf(result).Matching;
            NearestPerson nearest = new(file.Read(EncoderIdentity.Of(reader)), FacePipelineFactory.ThresholdsForCommands(reader, options));
            return nearest.WordsOf;
        }
        catch (UserErrorException why)
        {
            Console.WriteLine($"Faces get no names: {why.Message}");
            return _ => null;
        }
    }

    private static void Print(string line) => Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss}  {line}");
}
