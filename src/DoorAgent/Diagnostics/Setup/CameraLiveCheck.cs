using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Looks at the camera's picture with the door's networks, and says what is seen.</summary>
internal sealed class CameraLiveCheck : ILiveCheck
{
    /// <summary>Why a camera cannot be the one of these answers; null when it can.</summary>
    public static string? Refusal(SetupDraft draft, ICamera camera) => draft.IsReal && camera.IsSimulated ? CameraFactory.SimulatedAtReal(camera) : null;

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices bench, SetupPrompts talk, CancellationToken cancellationToken)
    {
        while (true)
        {
            (bool? isUsable, int turn) = await LookAsync(draft, bench, talk, cancellationToken);
            if (isUsable is null)
                return false;
            int rotation = draft.Hardware.CameraRotation;
            if (turn == 0 || !await talk.ConfirmAsync($"  But {CameraTilt.Words(turn)}. Turn it: {CameraTilt.Remedy(turn, rotation)}?", proposed: true, cancellationToken))
                return isUsable == true || await talk.ConfirmAsync("  Keep this answer?", proposed: false, cancellationToken);
            draft.Set(CameraTilt.Key, CameraTilt.Wanted(turn, rotation).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Says what is seen; null when the camera cannot be this door's.</summary>
    private static async Task<(bool? IsUsable, int Turn)> LookAsync(SetupDraft draft, ISetupDevices bench, SetupPrompts talk, CancellationToken cancellationToken)
    {
        using ICamera camera = Open(draft, bench);
        if (Refusal(draft, camera) is { } refusal)
        {
            talk.Say($"  {refusal}");
            return (null, 0);
        }

        talk.Say($"  Look into the camera ({camera.Description}) ...");
        using FacePipeline networks = bench.OpenNetworks(draft.Settings);
        CameraLook look = new(camera, networks, bench.Time);
        if (await look.TakeAsync(cancellationToken) is { } why)
        {
            talk.Say($"  {why}.");
            return (false, 0);
        }

        talk.Say($"  {look.Picture.Width} x {look.Picture.Height} pixels, faces: {look.Faces.Count}. {look.Sight.Words}.");
        return (look.Sight.IsUsable, look.Turn);
    }

    private static ICamera Open(SetupDraft draft, ISetupDevices bench)
    {
        try
        {
            return bench.OpenCamera(draft.Hardware);
        }
        catch (InvalidDataException damaged)
        {
            throw new IOException(damaged.Message, damaged);
        }
    }
}
