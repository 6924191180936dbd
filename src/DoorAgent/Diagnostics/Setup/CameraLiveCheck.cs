using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Looks at the camera's picture with the door's networks, and says what is seen.</summary>
internal sealed class CameraLiveCheck : ILiveCheck
{
    /// <summary>Why a camera cannot be the one of these answers; null when it can.</summary>
    public static string? Refusal(SetupDraft draft, ICamera camera) => draft.IsReal && camera.IsSimulated ? CameraFactory.SimulatedAtReal(camera) : null;

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken)
    {
        while (true)
        {
            (bool? isUsable, int turn) = await LookAsync(draft, devices, prompts, cancellationToken);
            if (isUsable is null)
                return false;
            int rotation = draft.Hardware.CameraRotation;
            if (turn == 0 || !await prompts.ConfirmAsync($"  But {CameraTilt.Words(turn)}. Turn it: {CameraTilt.Remedy(turn, rotation)}?", proposed: true, cancellationToken))
                return isUsable == true || await prompts.ConfirmAsync("  Keep this answer?", proposed: false, cancellationToken);
            draft.Set(CameraTilt.Key, CameraTilt.Wanted(turn, rotation).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Says what is seen; null when the camera cannot be this door's.</summary>
    private static async Task<(bool? IsUsable, int Turn)> LookAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken)
    {
        using ICamera camera = Open(draft, devices);
        if (Refusal(draft, camera) is { } refusal)
        {
            prompts.Say($"  {refusal}");
            return (null, 0);
        }

        prompts.Say($"  Look into the camera ({camera.Description}) ...");
        using FacePipeline networks = devices.OpenPipeline(draft.Settings);
        CameraPreview look = new(camera, networks, devices.Time);
        if (await look.TakeAsync(cancellationToken) is { } why)
        {
            prompts.Say($"  {why}.");
            return (false, 0);
        }

        prompts.Say($"  {look.Picture.Width} x {look.Picture.Height} pixels, faces: {look.Faces.Count}. {look.FaceInspection.Words}.");
        return (look.FaceInspection.IsUsable, look.Turn);
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
