using System.CommandLine;
using DoorAgent.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Camera;

/// <summary>Creates dooragent camera snap.</summary>
internal static class CameraSnapCommand
{
    internal static Command Create()
    {
        Argument<string> file = new("FILE") { Description = $"The picture file; its extension selects the format "
            + $"({string.Join(", ", PictureFile.Extensions)})." };
        Option<bool> raw = new("--raw") { Description = "Draws nothing, for instance for enrolment." };
        Command command = new("snap", """
            Takes a picture with the door's camera and reports how the door would judge it.

            The command watches for two seconds and keeps the best picture; faces, their five landmarks and quality are drawn.
            Only its owner can read the file (0600). Exit code 0 with a usable face, 1 without one, 2 without a picture.
            """) { file, raw };
        command.SetAction(async (result, stopping) =>
        {
            string path = result.GetRequiredValue(file), ending = Path.GetExtension(path);
            if (!PictureFile.Extensions.Contains(ending, StringComparer.OrdinalIgnoreCase))
                throw new UserErrorException(
                    $"{path} does not have the extension of a picture; use one of {string.Join(", ", PictureFile.Extensions)}.");
            ProtectedFiles.EnsureNotOverwritten(path, CommonOptions.PlacesOf(result), CommonOptions.SettingsFileOf(result));
            if (DoorCamera.Hardware(result).Camera is { } source
                && (ProtectedFiles.IsSame(path, source) || ProtectedFiles.IsSame(Path.GetDirectoryName(Path.GetFullPath(path))!, source)))
                throw new UserErrorException($"{path} is in the folder that the camera's pictures come from ({source}). "
                    + "Nothing was written; name a file somewhere else.");
            using FacePipeline pipeline = DoorCamera.OpenPipeline(result);
            using ICamera camera = DoorCamera.Open(result);
            Console.WriteLine(camera.Description);
            CameraPreview preview = new(camera, pipeline, TimeProvider.System);
            if (await preview.CaptureAsync(stopping) is { } fault)
                throw new UserErrorException(await DoorCamera.WhyNotAsync(result, fault, stopping));
            int turn = preview.Turn;
            if (!result.GetValue(raw))
                FaceInspectionDrawing.Draw(preview.Picture, preview.Inspection, preview.Faces);
            PrivateFile.Write(path, FrameDrawing.Encode(preview.Picture, ending));
            Console.WriteLine($"{path}: {preview.Picture.Width} x {preview.Picture.Height}, {preview.Inspection.Words}");
            if (turn != 0)
                Console.WriteLine($"But {CameraTilt.Words(turn)}: {CameraTilt.Remedy(turn, DoorCamera.Hardware(result).CameraRotation)}.");
            return preview.Inspection.IsUsable ? 0 : 1;
        });
        return command;
    }
}
