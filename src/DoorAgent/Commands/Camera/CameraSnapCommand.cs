using System.CommandLine;
using DoorAgent.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Camera;

/// <summary>dooragent camera snap.</summary>
internal static class CameraSnapCommand
{
    internal static Command Create()
    {
        Argument<string> file = new("FILE") { Description = $"Where the picture goes; its ending says the format ({string.Join(", ", PictureFile.Extensions)})." };
        Option<bool> raw = new("--raw") { Description = "Without drawing, for instance to enrol from." };
        Command command = new("snap", """
            Takes a picture with the door's camera and says what the door would make of it.

            Looks for two seconds and keeps the best; faces, their five points and quality are drawn. The file is readable
            for its owner only (0600). Exit code 0 with a usable face, 1 without one, 2 without a picture.
            """) { file, raw };
        command.SetAction(async (result, stopping) =>
        {
            string path = result.GetRequiredValue(file), ending = Path.GetExtension(path);
            if (!PictureFile.Extensions.Contains(ending, StringComparer.OrdinalIgnoreCase))
                throw new UserErrorException($"{path} has no ending of a picture; take one of {string.Join(", ", PictureFile.Extensions)}.");
            ProtectedFiles.EnsureNotOverwritten(path, CommonOptions.PlacesOf(result), CommonOptions.SettingsFileOf(result));
            if (DoorCamera.Hardware(result).Camera is { } source && (ProtectedFiles.IsSame(path, source) || ProtectedFiles.IsSame(Path.GetDirectoryName(Path.GetFullPath(path))!, source)))
                throw new UserErrorException($"{path} lies where the camera's own pictures come from ({source}). Nothing was written; name a file somewhere else.");
            using FacePipeline reader = DoorCamera.OpenReader(result);
            using ICamera camera = DoorCamera.Open(result);
            Console.WriteLine(camera.Description);
            CameraLook look = new(camera, reader, TimeProvider.System);
            if (await look.TakeAsync(stopping) is { } fault)
                throw new UserErrorException(await DoorCamera.WhyNotAsync(result, fault, stopping));
            int turn = look.Turn;
            if (!result.GetValue(raw))
                SightDrawing.Draw(look.Picture, look.Sight, look.Faces);
            PrivateFile.Write(path, FrameDrawing.Encode(look.Picture, ending));
            Console.WriteLine($"{path}: {look.Picture.Width} x {look.Picture.Height}, {look.Sight.Words}");
            if (turn != 0)
                Console.WriteLine($"But {CameraTilt.Words(turn)}: {CameraTilt.Remedy(turn, DoorCamera.Hardware(result).CameraRotation)}.");
            return look.Sight.IsUsable ? 0 : 1;
        });
        return command;
    }
}
