using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Looks at the camera's picture with the networks, and says what is seen.</summary>
internal sealed class CameraCheck : ILiveCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

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

        talk.Say($"  Look into the {camera.Description} ...");
        (string seen, bool isGood) = await LookAsync(draft, bench, camera, cancellationToken);
        talk.Say($"  {seen}");
        return isGood || await talk.ConfirmAsync("  Keep this answer?", proposed: true, cancellationToken);
    }

    private static async Task<(string Seen, bool IsGood)> LookAsync(SetupDraft draft, ISetupBench bench, ICamera camera, CancellationToken cancellationToken)
    {
        using FaceReader networks = bench.OpenNetworks(draft.Settings);
        Frame frame = new();
        string seen = "No picture came.";
        for (TimeSpan until = bench.Time.Monotonic() + Patience; bench.Time.Monotonic() < until;)
        {
            CameraFault fault = await camera.ReadAsync(frame, Each, cancellationToken);
            if (fault != CameraFault.None)
            {
                seen = Words(fault);
                continue;
            }

            FaceReading reading = networks.ReadFrame(frame);
            seen = $"{frame.Width} x {frame.Height} pixels: {Words(reading)}";
            if (reading.Problem == UnusableReason.None)
                return (seen, true);
        }

        return (seen, false);
    }

    private static string Words(CameraFault fault) => fault switch
    {
        CameraFault.Lost => "It is not there, or another program uses it.",
        CameraFault.WrongFormat => "What it sends is not a picture.",
        _ => "No picture came.",
    };

    private static string Words(FaceReading reading) => reading switch
    {
        { Face: null } => "a picture without a face",
        { Problem: UnusableReason.None } => $"one face, {reading.Face.Value.Box.Width:0} pixels wide, good",
        { Problem: UnusableReason.SeveralFaces } => $"{reading.CountingFaces} faces",
        _ => $"a face, {reading.Face.Value.Box.Width:0} pixels wide, {reading.Problem switch
        {
            UnusableReason.TooDark => "too dark",
            UnusableReason.Blurred => "blurred",
            UnusableReason.TooSmall => "too small: come closer",
            UnusableReason.FaceTurned => "turned away",
            _ => "not to be used",
        }}",
    };

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
