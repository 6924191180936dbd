using System.Globalization;
using DoorAgent.Decisions;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that the camera opens in time and delivers live frames, measures rate and brightness, and keeps a picture.</summary>
internal sealed class CameraCheck : ICheck
{
    // A slow webcam takes some seconds to open.
    private static readonly TimeSpan FirstWithin = TimeSpan.FromSeconds(15);

    // Added to the time after which an unchanged picture counts as frozen.
    private static readonly TimeSpan Longer = TimeSpan.FromMilliseconds(500);

    // At this rate three agreeing frames take less than a second.
    private const double SlowRate = 4;

    public string Name => "camera";

    public async Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = door.Options<HardwareOptions>();
        FrameOptions options = door.Options<FrameOptions>();
        if (door.Running is not null)
        {
            findings.Ok($"the running door has the camera, and its faults are listed above; for a picture stop the door first: "
                + $"'systemctl stop dooragent; dooragent doctor --data {door.Places.Data}; systemctl start dooragent'");
            return;
        }

        using ICamera camera = door.OpenCamera(hardware);
        if (door.IsReal && camera.IsSimulated)
        {
            findings.Fault($"a real door refuses a camera of files ({camera.Description})",
                "Set Hardware:Camera to the number of a camera (0): 'dooragent camera list' shows them.");
            return;
        }

        if (await MeasureAsync(camera, options, door.Options<DecisionOptions>(), door.Options<LivenessOptions>(), door.Time, findings,
            cancellationToken))
            await TakePictureAsync(camera, door, findings, cancellationToken);
    }

    /// <returns>Whether the camera delivers frames.</returns>
    private static async Task<bool> MeasureAsync(ICamera camera, FrameOptions options, DecisionOptions decisions, LivenessOptions liveness,
        TimeProvider time, Findings findings, CancellationToken cancellationToken)
    {
        Frame frame = new();
        if (await camera.ReadAsync(frame, FirstWithin, cancellationToken) is not CaptureStatus.Captured)
        {
            findings.Fault($"{camera.Description}: {camera.FaultDetail ?? $"no picture within {FirstWithin.TotalSeconds:0} s"}",
                "Is the camera plugged in, and does no other program use it? 'dooragent camera list' shows both.");
            return false;
        }

        FrameHealth health = new(options);
        FrameRate rate = new();
        string? wrong = null;
        TimeSpan end = time.Monotonic() + options.FrozenAfter + Longer;
        CaptureStatus fault = CaptureStatus.Captured;
        do
        {
            if (fault == CaptureStatus.Captured)
            {
                wrong = health.Judge(frame);
                rate.Add(frame);
            }

            TimeSpan left = end - time.Monotonic();
            if (left <= TimeSpan.Zero)
                break;
            fault = await camera.ReadAsync(frame, left, cancellationToken);
        }
        while (wrong is null);
        Judge(camera, frame, rate.Value, wrong, options, decisions, liveness, findings);
        return true;
    }

    private static void Judge(ICamera camera, Frame last, double rate, string? wrong, FrameOptions options, DecisionOptions decisions,
        LivenessOptions liveness, Findings findings)
    {
        double brightness = FrameHealth.Brightness(last);
        string words = string.Create(CultureInfo.InvariantCulture,
            $"{camera.Description}: {last.Width} x {last.Height}, {rate:0.0} frames/s, brightness {brightness:0} of 255");
        if (wrong is not null)
            findings.Fault($"{words}; {wrong}", "Unplug the camera and plug it in again; is the cable or hub too long?");
        else if (!FramePace.Suffices(rate, decisions, liveness))
            findings.Fault($"{words}; {FramePace.Words(rate, decisions, liveness)}",
                "Nobody can be let in at this rate. More light makes it faster; on a shared USB hub give it a port of its own.");
        else if (brightness < options.DarkBelow)
            findings.Warn($"{words}; it is dark", "Take the lens cap off, or give the door a light: nobody is recognised in the dark.");
        else if (rate < SlowRate)
            findings.Warn($"{words}; that is slow", "More light makes it faster; on a shared USB hub give it a port of its own.");
        else
            findings.Ok(words);
    }

    private static async Task TakePictureAsync(ICamera camera, DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        string path = door.Request.Picture;
        CameraPreview preview;
        try
        {
            preview = new(camera, door.Pipeline, door.Time);
        }
        catch (UserErrorException)
        {
            findings.Warn("no picture was kept, since the networks cannot be used",
                "Fix the faults of the models above, then run 'dooragent doctor' again.");
            return;
        }

        if (await preview.CaptureAsync(cancellationToken) is { } fault)
        {
            findings.Fault(fault, "The camera delivered frames before: check its plug and cable.");
            return;
        }

        if (preview.Turn is not 0 and var turn)
            findings.Warn(CameraTilt.Words(turn)!,
                $"Mount the camera the other way up, or {CameraTilt.Remedy(turn, door.Options<HardwareOptions>().CameraRotation)}.");
        FaceInspectionDrawing.Draw(preview.Picture, preview.Inspection, preview.Faces);
        try
        {
            DataDirectory.Ensure(Path.GetDirectoryName(Path.GetFullPath(path))!, "--picture");
            PrivateFile.Write(path, FrameDrawing.Encode(preview.Picture, Path.GetExtension(path)));
            DataDirectory.Protect(path);
            findings.Ok($"the picture {path} shows what the door sees, and only its owner can read it: {preview.Inspection.Words}");
        }
        catch (UserErrorException refusal)
        {
            findings.Warn($"{preview.Inspection.Words}; the picture was not kept: {refusal.Message}",
                "Run the doctor as root ('sudo dooragent doctor'), or name another file with --picture.");
        }
    }
}
