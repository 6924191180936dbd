using DoorAgent.Hardware.Settings;

namespace DoorAgent.Frames;

/// <summary>When a camera counts as faulty.</summary>
internal sealed class FrameOptions : ICheckedOptions
{
    public static string Section => "Frames";

    /// <value>No frame for so long is a silent camera; 0.5 to 30 s, default 2 s.</value>
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>Byte-identical frames for so long, while it is not dark, are a frozen camera; 0.5 to 30 s, default 2 s.</value>
    public TimeSpan FrozenAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>A frame whose mean is below this, 0 to 255, is dark; 1 to 60, default 10. A dark picture may be the same for long.</value>
    public double DarkBelow { get; set; } = 10;

    public void Check(OptionErrors errors)
    {
        errors.Range(nameof(SilentAfter), SilentAfter, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));
        errors.Range(nameof(FrozenAfter), FrozenAfter, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));
        errors.Range(nameof(DarkBelow), DarkBelow, 1, 60);
    }
}
