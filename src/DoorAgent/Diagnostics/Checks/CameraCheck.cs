using System.Globalization;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

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

    public async Task LookAsync(Examination door, Findings findings, CancellationToken cancellationToken)
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
            findings.Fault($"a real door refuses a camera of files ({camera.Description})", "Set Hardware:Camera to the number of a webcam (0).");
            return;
        }

        Frame frame = new();
        FrameHealth health = new(options);
        if (await camera.ReadAsync(frame, FirstWithin, cancellationToken) is not CameraFault.None and var fault)
        {
            findings.Fault($"{camera.Description}: {(fault == CameraFault.NoFrame ? $"no picture within {FirstWithin.TotalSeconds:0} s" : fault == CameraFault.Lost ? "it is gone or does not open" : "what it sends is not a picture we can use")}",
                "Is it plugged in ('v4l2-ctl --list-devices'), and does no other program have it ('sudo fuser -v /dev/video*')?");
            return;
        }

        (long Sequence, TimeSpan At) first = (frame.Sequence, frame.CapturedAt);
        string? wrong = health.Judge(frame);
        TimeSpan end = door.Time.Monotonic() + options.FrozenAfter + Longer;
        for (TimeSpan left = end - door.Time.Monotonic(); left > TimeSpan.Zero && wrong is null; left = end - door.Time.Monotonic())
        {
            if (await camera.ReadAsync(frame, left, cancellationToken) == CameraFault.None)
                wrong = health.Judge(frame);
        }

        Judge(camera, frame, first, wrong, options, findings);
    }

    private static void Judge(ICamera camera, Frame last, (long Sequence, TimeSpan At) first, string? wrong, FrameOptions options, Findings findings)
    {
        double seconds = (last.CapturedAt - first.At).TotalSeconds, rate = seconds > 0 ? (last.Sequence - first.Sequence) / seconds : 0;
        double brightness = FrameHealth.Brightness(last);
        string words = string.Create(CultureInfo.InvariantCulture, $"{camera.Description}: {last.Width} x {last.Height}, {rate:0.0} frames/s, brightness {brightness:0} of 255");
        if (wrong is not null)
            findings.Fault($"{words}; {wrong}", "Pull its plug and put it back; is the cable or hub too long for it?");
        else if (rate < SlowRate)
            findings.Warn($"{words}; that is slow", "More light makes it faster; on a shared USB hub give it a port of its own.");
        else if (brightness < options.DarkBelow)
            findings.Warn($"{words}; it is dark", "Take the cap off, or give the door a light: nobody is recognised in the dark.");
        else
            findings.Ok(words);
    }
}
