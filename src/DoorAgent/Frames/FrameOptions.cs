using DoorAgent.Hardware.Settings;

namespace DoorAgent.Frames;

/// <summary>When a camera counts as faulty.</summary>
internal sealed class FrameOptions : ICheckedOptions
{
    public static string Section => "Frames";

    [Setting("The time without a frame after which the camera counts as silent."), Range("500 ms", "30 s")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("The time with byte-identical frames, unless they are dark, after which the camera counts as frozen."),
        Range("500 ms", "30 s")]
    public TimeSpan FrozenAfter { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("A frame is dark when its mean brightness, 0 to 255, is below this. A dark picture may stay the same for long."), Range(1, 60)]
    public double DarkBelow { get; set; } = 10;
}
