using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware.Badges;

/// <summary>The badge reader.</summary>
internal sealed class BadgeOptions : ICheckedOptions
{
    private const string NoKeypad = "none";
    private const string Off = "off";

    public static string Section => "Badges";

    /// <value>Names of the Wiegand layouts that the reader sends, at most one of a length; default H10301 (26 bits).</value>
    public IReadOnlyList<string> Formats { get; set; } = [];

    /// <value>Silence that ends a frame; 25 to 50 ms, default 30 ms: longer than the 20 ms that a reader may pause between bits.</value>
    public TimeSpan EndGap { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <value>none (default), 4-bit or 8-bit: how the reader's keypad sends a key. With none such short frames are no reads.</value>
    public string Keypad { get; set; } = NoKeypad;

    /// <value>What typed digits are the card of, such as H10301:123: then 4567# is the badge H10301:123:4567. Default off.</value>
    public string TypedFormat { get; set; } = Off;

    /// <summary>The keypad's layout, once checked; null when there is none.</summary>
    public KeypadLayout? KeypadLayout => KeypadLayout.Find(Keypad);

    /// <summary>Format and facility of typed badges; null when badges are not typed.</summary>
    public string? TypedPrefix => TypedFormat == Off ? null : TypedFormat;

    /// <summary>The layouts, once checked.</summary>
    public IReadOnlyList<WiegandFormat> Layouts => [.. Names.Select(name => WiegandFormat.Find(name)!)];

    private IReadOnlyList<string> Names => Formats.Count == 0 ? ["H10301"] : Formats;

    public void Check(OptionErrors errors)
    {
        errors.Range(nameof(EndGap), EndGap, TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(50));
        errors.Require(Keypad == NoKeypad || KeypadLayout is not null, nameof(Keypad), Keypad,
            $"{NoKeypad}, {string.Join(", ", KeypadLayout.All.Select(layout => layout.Name))}");
        errors.Require(TypedFormat == Off || IsTypable(TypedFormat), nameof(TypedFormat), TypedFormat,
            $"{Off}, or format and facility of the badges that are typed, such as H10301:123, or H10302: where the format has no facility");
        errors.Require(TypedFormat == Off || Keypad != NoKeypad, nameof(TypedFormat), TypedFormat,
            $"{Off} while {Section}:{nameof(Keypad)} is {NoKeypad}: there is nothing to type on");
        foreach (string name in Names)
            errors.Require(WiegandFormat.Find(name) is not null, nameof(Formats), name, string.Join(", ", WiegandFormat.All.Select(f => f.Name)));
        foreach (IGrouping<int?, string> same in Names.GroupBy(name => WiegandFormat.Find(name)?.Bits).Where(same => same.Key is not null && same.Count() > 1))
            errors.Require(false, nameof(Formats), string.Join(", ", same), $"one layout of {same.Key} bits: the bits do not tell them apart");
    }

    private static bool IsTypable(string prefix) => Badge.TryParse($"{prefix}:1") is { Format: not "UID" };
}
