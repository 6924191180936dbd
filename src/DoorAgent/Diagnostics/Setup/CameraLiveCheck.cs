using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Looks at the camera's picture with the door's networks, and says what is seen.</summary>
internal sealed class CameraLiveCheck : ILiveCheck
{
    /// <summary>Why a camera cannot be the one of these answers; null when it can.</summary>
    public static string? Refusal(SetupDraft draft, ICamera camera) => draft.IsReal && camera.IsSimulated
        ? $"A real relay refuses a simulated camera ({camera.Description}): whoever has a picture would come in."
        : null;

    public async Task<bool> RunAsync(SetupDraft draft, ISetupBench bench, SetupTalk talk, CancellationToken cancellationToken)
    {
        using ICamera camera = Open(draft, bench);
        if (Refusal(draft, camera) is { } refusal)
        {
            talk.Say($"  {refusal}");
            return false;
        }

        talk.Say($"  Look into the camera ({camera.Description}) ...");
        using FaceReader networks = bench.OpenNetworks(draft.Settings);
        CameraLook look = new(camera, networks, bench.Time);
        if (await look.TakeAsync(cancellationToken) is { } why)
            talk.Say($"  {why}.");
        else
            talk.Say($"  {look.Picture.Width} x {look.Picture.Height} pixels, faces: {look.Faces.Count}. {look.Sight.Words}.");
        return look.Sight.IsUsable || await talk.ConfirmAsync("  Keep this answer?", proposed: false, cancellationToken);
    }

    private static ICamera Open(SetupDraft draft, ISetupBench bench)
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
