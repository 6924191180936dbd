using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Models;

namespace DoorAgent.Commands.Camera;

/// <summary>Creates dooragent camera watch.</summary>
internal static class CameraWatchCommand
{
    internal static Command Create()
    {
        Command command = new("watch", """
            Prints once a second what the door sees through its camera, until Ctrl-C.

            Each line has frames a second, size, the nearest person and distance (a distance below the threshold would match
            that person's badge), the face with its measures, and why the face cannot be used. A camera that is unplugged,
            busy or frozen is reported, and used again when it comes back.
            """);
        command.SetAction(async (result, stopping) =>
        {
            using FacePipeline pipeline = DoorCamera.OpenPipeline(result);
            using ICamera camera = DoorCamera.Open(result);
            Console.WriteLine($"{camera.Description}; Ctrl-C stops");
            CameraMonitor watch = new(camera, pipeline, Frames(result), Print, TimeProvider.System)
            {
                Name = NamesOf(result, pipeline),
                Rotation = DoorCamera.Hardware(result).CameraRotation,
                Explain = fault => DoorCamera.WhyNotAsync(result, fault, stopping),
            };
            using OutputCancellation reading = new(stopping);
            await watch.RunAsync(reading.Token);
            return 0;
        });
        return command;
    }

    private static DoorAgent.Frames.FrameOptions Frames(ParseResult result) => CommonOptions.SettingsOf(result).Frames;

    /// <summary>Returns a function that names the people of the gallery; without a usable gallery it prints why, and faces get no
    /// names.</summary>
    private static Func<FaceEncoding, string?> NamesOf(ParseResult result, FacePipeline pipeline)
    {
        try
        {
            using GalleryFile file = GalleryFile.OpenToRead(CommonOptions.PlacesOf(result).GalleryFile);
            MatchingOptions options = CommonOptions.SettingsOf(result).Matching;
            Gallery gallery = file.Read(EncoderIdentity.Of(pipeline));
            Thresholds thresholds = FacePipelineFactory.ThresholdsForCommands(pipeline, options, gallery.Rule);
            _ = new LoadedNetworks(pipeline, thresholds).ForProbes();
            NearestPerson nearest = new(gallery, thresholds);
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
