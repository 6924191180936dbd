using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Takes a picture with the camera and reports what the door's networks see.</summary>
internal sealed class CameraLiveCheck : ILiveCheck
{
    /// <summary>Returns why a camera does not fit the answers; null when it fits.</summary>
    public static string? Refusal(SetupDraft draft, ICamera camera) =>
        draft.IsReal && camera.IsSimulated ? CameraFactory.SimulatedAtReal(camera) : null;

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken)
    {
        while (true)
        {
            (bool? isUsable, int turn) = await LookAsync(draft, devices, prompts, cancellationToken);
            if (isUsable is null)
                return false;
            int rotation = draft.Hardware.CameraRotation;
            if (turn == 0 || !await prompts.ConfirmAsync($"  But {CameraTilt.Words(turn)}. Turn it: {CameraTilt.Remedy(turn, rotation)}?",
                proposed: true, cancellationToken))
                return isUsable == true || await prompts.ConfirmAsync("  Keep this answer?", proposed: false, cancellationToken);
            draft.Set(CameraTilt.Key, CameraTilt.Wanted(turn, rotation).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reports what the networks see; IsUsable is null when the camera does not fit the answers.</summary>
    private static async Task<(bool? IsUsable, int Turn)> LookAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts,
        CancellationToken cancellationToken)
    {
        using ICamera camera = Open(draft, devices);
        if (Refusal(draft, camera) is { } refusal)
        {
            prompts.Say($"  {refusal}");
            return (null, 0);
        }

        prompts.Say($"  Look into the camera ({camera.Description}) ...");
        using FacePipeline networks = devices.OpenPipeline(draft.Settings);
        CameraPreview preview = new(camera, networks, devices.Time);
        if (await preview.CaptureAsync(cancellationToken) is { } why)
        {
            prompts.Say($"  {why}.");
            return (false, 0);
        }

        prompts.Say($"  {preview.Picture.Width} x {preview.Picture.Height} pixels, faces: "
            + $"{preview.Faces.Count}. {preview.Inspection.Words}.");
        return (preview.Inspection.IsUsable, preview.Turn);
    }

    private static ICamera Open(SetupDraft draft, ISetupDevices devices)
    {
        try
        {
            return devices.OpenCamera(draft.Hardware);
        }
        catch (InvalidDataException damaged)
        {
            throw new IOException(damaged.Message, damaged);
        }
    }
}
