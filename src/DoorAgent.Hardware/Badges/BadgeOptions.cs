using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware.Badges;

/// <summary>The badge reader.</summary>
internal sealed class BadgeOptions : ICheckedOptions
{
    public static string Section => "Badges";

    /// <value>Names of the Wiegand layouts that the reader sends, at most one of a length; default H10301 (26 bits).</value>
    public IReadOnlyList<string> Formats { get; set; } = [];

    /// <value>Silence that ends a frame; 25 to 50 ms, default 30 ms: longer than the 20 ms that a reader may pause between bits.</value>
    public TimeSpan EndGap { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>The layouts, once checked.</summary>
    public IReadOnlyList<WiegandFormat> Layouts => [.. Names.Select(name => WiegandFormat.Find(name)!)];

    private IReadOnlyList<string> Names => Formats.Count == 0 ? ["H10301"] : Formats;

    public void Check(OptionErrors errors)
    {
        errors.Range(nameof(EndGap), EndGap, TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(50));
        foreach (string name in Names)
            errors.Require(WiegandFormat.Find(name) is not null, nameof(Formats), name, string.Join(", ", WiegandFormat.All.Select(f => f.Name)));
        foreach (IGrouping<int?, string> same in Names.GroupBy(name => WiegandFormat.Find(name)?.Bits).Where(same => same.Key is not null && same.Count() > 1))
            errors.Require(false, nameof(Formats), string.Join(", ", same), $"one layout of {same.Key} bits: the bits do not tell them apart");
    }
}
