using System.Globalization;
using DoorAgent.Decisions;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>The camera opens in time and its pictures live: how many a second, how bright, and what the door sees on one.</summary>
internal sealed class CameraCheck : ICheck
{
    // A slow webcam takes some seconds to open.
    private static readonly TimeSpan FirstWithin = TimeSpan.FromSeconds(15);

    // Beyond the time after which the same picture is a frozen one.
    private static readonly TimeSpan Longer = TimeSpan.FromMilliseconds(500);

    // Three frames that agree shall not take a second.
    private const double SlowRate = 4;

    public string Name => "camera";

    public async Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = door.Options<HardwareOptions>();
        FrameOptions options = door.Options<FrameOptions>();
        if (door.Running is not null)
        {
            findings.Ok($"the running door has it, and its faults stand above; for a picture stop it first: 'systemctl stop dooragent; dooragent doctor --data {door.Places.Data}; systemctl start dooragent'");
            return;
        }

        using ICamera camera = door.OpenCamera(hardware);
        if (door.IsReal && camera.IsSimulated)
        {
            findings.Fault($"a real door refuses a camera of files ({camera.Description})", "Set Hardware:Camera to the number of a camera (0): 'dooragent camera list' shows them.");
            return;
        }

        if (await MeasureAsync(camera, options, door.Options<DecisionOptions>(), door.Time, findings, cancellationToken))
            await TakePictureAsync(camera, door, findings, cancellationToken);
    }

    /// <returns>Whether there are pictures.</returns>
    private static async Task<bool> MeasureAsync(ICamera camera, FrameOptions options, DecisionOptions decisions, TimeProvider time, Findings findings, CancellationToken cancellationToken)
    {
        Frame frame = new();
        if (await camera.ReadAsync(frame, FirstWithin, cancellationToken) is not CaptureStatus.Captured)
        {
            findings.Fault($"{camera.Description}: {camera.FaultDetail ?? $"no picture within {FirstWithin.TotalSeconds:0} s"}",
                "Is it plugged in, and does no other program have it? 'dooragent camera list' shows both.");
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
        Judge(camera, frame, rate.Value, wrong, options, decisions, findings);
        return true;
    }

    private static void Judge(ICamera camera, Frame last, double rate, string? wrong, FrameOptions options, DecisionOptions decisions, Findings findings)
    {
        double brightness = FrameHealth.Brightness(last);
        string words = string.Create(CultureInfo.InvariantCulture, $"{camera.Description}: {last.Width} x {last.Height}, {rate:0.0} frames/s, brightness {brightness:0} of 255");
        if (wrong is not null)
            findings.Fault($"{words}; {wrong}", "Pull its plug and put it back; is the cable or hub too long for it?");
        else if (!FramePace.Suffices(rate, decisions))
            findings.Fault($"{words}; {FramePace.Words(rate, decisions)}", "Nobody can be let in so. More light makes it faster; on a shared USB hub give it a port of its own.");
        else if (brightness < options.DarkBelow)
            findings.Warn($"{words}; it is dark", "Take the cap off, or give the door a light: nobody is recognised in the dark.");
        else if (rate < SlowRate)
            findings.Warn($"{words}; that is slow", "More light makes it faster; on a shared USB hub give it a port of its own.");
        else
            findings.Ok(words);
    }

    private static async Task TakePictureAsync(ICamera camera, DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        string path = door.Request.Picture;
        CameraLook look;
        try
        {
            look = new(camera, door.Reader, door.Time);
        }
        catch (UserErrorException)
        {
            findings.Warn("no picture was kept, since the networks cannot be used", "Fix what stands above of the models, then run 'dooragent doctor' again.");
            return;
        }

        if (await look.TakeAsync(cancellationToken) is { } fault)
        {
            findings.Fault(fault, "It gave pictures before: look at its plug and cable.");
            return;
        }

        if (look.Turn is not 0 and var turn)
            findings.Warn(CameraTilt.Words(turn)!, $"Mount the camera the other way up, or {CameraTilt.Remedy(turn, door.Options<HardwareOptions>().CameraRotation)}.");
        SightDrawing.Draw(look.Picture, look.Sight, look.Faces);
        try
        {
            DataDirectory.Ensure(Path.GetDirectoryName(Path.GetFullPath(path))!, "--picture");
            PrivateFile.Write(path, FrameDrawing.Encode(look.Picture, Path.GetExtension(path)));
            DataDirectory.Protect(path);
            findings.Ok($"the picture {path} shows what the door sees, for its owner only: {look.Sight.Words}");
        }
        catch (UserErrorException refusal)
        {
            findings.Warn($"{look.Sight.Words}; the picture was not kept: {refusal.Message}", "Run it as root ('sudo dooragent doctor'), or name another file with --picture.");
        }
    }
}
