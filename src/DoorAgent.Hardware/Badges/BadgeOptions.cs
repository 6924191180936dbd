using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware.Badges;

/// <summary>The badge reader.</summary>
internal sealed class BadgeOptions : ICheckedOptions
{
    /// <summary>Kinds of <see cref="Reader"/>.</summary>
    public const string Wiegand = "wiegand", Keyboard = "keyboard", Serial = "serial", Osdp = "osdp", Rfid = "rfid";

    /// <summary>Kinds of <see cref="RfidChip"/>.</summary>
    public const string Mfrc522 = "mfrc522", Pn532 = "pn532";

    private const string NoKeypad = "none";
    private const string Off = "off";

    private static readonly string[] Kinds = [Wiegand, Keyboard, Serial, Osdp, Rfid];
    private static readonly int[] Speeds = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400];

    public static string Section => "Badges";

    /// <value>wiegand (default: the lines Hardware:D0 and D1), keyboard (a USB reader that types), serial, rfid (a chip on the board's buses); osdp where it is built in.</value>
    public string Reader { get; set; } = Wiegand;

    /// <value>Device of any other reader than wiegand, such as /dev/input/by-id/NAME-event-kbd or /dev/ttyUSB0; no default.</value>
    public string? Device { get; set; }

    /// <value>Speed of a serial or OSDP line; 1200 to 230400 baud, default 9600.</value>
    public int Baud { get; set; } = 9600;

    /// <value>How a keyboard or serial reader writes a number: decimal-10 (default: ten digits of 24 bits, H10301), decimal-3+5 (facility and card as printed), decimal-uid (ten digits of 32 bits), hex-uid, or what stands before a plain number, such as H10302:</value>
    public string TextFormat { get; set; } = "decimal-10";

    /// <value>Address of the OSDP reader on its line; 0 to 126, default 0.</value>
    public int OsdpAddress { get; set; }

    /// <value>File with the key of the OSDP reader's secure channel, 32 hexadecimal digits; default the service's credential dooragent.osdp-key.</value>
    [Unset("the service's credential dooragent.osdp-key")]
    public string? OsdpKey { get; set; }

    /// <value>mfrc522 (default, on /dev/spidev0.0) or pn532 (on /dev/i2c-1 or a serial line): the chip of an rfid reader.</value>
    public string RfidChip { get; set; } = Mfrc522;

    /// <value>Names of the Wiegand layouts that the reader sends, at most one of a length; default H10301 (26 bits).</value>
    [Unset("H10301")]
    public IReadOnlyList<string> Formats { get; set; } = [];

    /// <value>Silence that ends a frame; 25 to 50 ms, default 30 ms: longer than the 20 ms that a reader may pause between bits.</value>
    public TimeSpan EndGap { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <value>none (default), 4-bit or 8-bit: how the reader's keypad sends a key. With none such short frames are no reads.</value>
    public string Keypad { get; set; } = NoKeypad;

    /// <value>What typed digits are the card of, such as H10301:123: then 4567# is the badge H10301:123:4567. Default off.</value>
    public string TypedFormat { get; set; } = Off;

    /// <summary>The keypad's layout, once checked; null when there is none.</summary>
    public KeypadLayout? KeypadLayout => KeypadLayout.Find(Keypad);

    /// <summary>Whether keys can come: over the lines of badges as <see cref="Keypad"/> says, or in OSDP's own words.</summary>
    public bool HasKeypad => Reader == Osdp || KeypadLayout is not null;

    /// <summary>How the reader writes numbers, once checked.</summary>
    public TextFormat Text => Badges.TextFormat.Find(TextFormat)!;

    /// <summary>Format and facility of typed badges; null when badges are not typed.</summary>
    public string? TypedPrefix => TypedFormat == Off ? null : TypedFormat;

    /// <summary>The layouts, once checked.</summary>
    public IReadOnlyList<WiegandFormat> Layouts => [.. Names.Select(name => WiegandFormat.Find(name)!)];

    private IReadOnlyList<string> Names => Formats.Count == 0 ? ["H10301"] : Formats;

    public void Check(OptionErrors errors)
    {
        CheckReader(errors);
        errors.Range(nameof(EndGap), EndGap, TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(50));
        errors.Require(Keypad == NoKeypad || KeypadLayout is not null, nameof(Keypad), Keypad,
            $"{NoKeypad}, {string.Join(", ", KeypadLayout.All.Select(layout => layout.Name))}");
        errors.Require(TypedFormat == Off || IsTypable(TypedFormat), nameof(TypedFormat), TypedFormat,
            $"{Off}, or format and facility of the badges that are typed, such as H10301:123, or H10302: where the format has no facility");
        errors.Require(TypedFormat == Off || HasKeypad || KeypadLayout is null && Keypad != NoKeypad, nameof(TypedFormat), TypedFormat,
            $"{Off} while {Section}:{nameof(Keypad)} is {NoKeypad}: there is nothing to type on");
        foreach (string name in Names)
            errors.Require(WiegandFormat.Find(name) is not null, nameof(Formats), name, string.Join(", ", WiegandFormat.All.Select(f => f.Name)));
        foreach (IGrouping<int?, string> same in Names.GroupBy(name => WiegandFormat.Find(name)?.Bits).Where(same => same.Key is not null && same.Count() > 1))
            errors.Require(false, nameof(Formats), string.Join(", ", same), $"one layout of {same.Key} bits: the bits do not tell them apart");
    }

    private void CheckReader(OptionErrors errors)
    {
        errors.Require(Kinds.Contains(Reader), nameof(Reader), Reader, string.Join(", ", Kinds));
        errors.Require(Reader != Osdp || BuiltIn.HasOsdp, nameof(Reader), Reader, "another kind: this program was built without OSDP (dotnet build -p:OsdpNet=true)");
        errors.Require(Reader == Wiegand || Device?.StartsWith('/') == true, nameof(Device), Device,
            $"the device of the {Reader} reader, such as {(Reader == Keyboard ? "/dev/input/by-id/NAME-event-kbd" : Reader == Rfid ? RfidChip == Pn532 ? "/dev/i2c-1" : "/dev/spidev0.0" : "/dev/ttyUSB0")}");
        errors.Require(Reader != Rfid || Device?.StartsWith('/') != true || RfidBus.Fits(RfidChip, Device), nameof(Device), Device,
            RfidChip == Mfrc522 ? "the SPI bus of the mfrc522, such as /dev/spidev0.0" : "the I2C bus or the serial line of the pn532, such as /dev/i2c-1 or /dev/ttyS0");
        errors.Require(Reader is Wiegand || Keypad == NoKeypad, nameof(Keypad), Keypad, $"{NoKeypad}, unless {Section}:{nameof(Reader)} is {Wiegand}: it is about keys on the reader's lines");
        errors.Require(Speeds.Contains(Baud), nameof(Baud), Baud, string.Join(", ", Speeds));
        errors.Require(Badges.TextFormat.Find(TextFormat) is not null, nameof(TextFormat), TextFormat,
            $"{string.Join(", ", Badges.TextFormat.All.Select(format => format.Name))}, or format and facility of the badges, such as H10302: or H10301:123");
        errors.Range(nameof(OsdpAddress), OsdpAddress, 0, 126);
        errors.Require(RfidChip is Mfrc522 or Pn532, nameof(RfidChip), RfidChip, $"{Mfrc522}, {Pn532}");
    }

    private static bool IsTypable(string prefix) => Badge.TryParse($"{prefix}:1") is { Format: not "UID" };
}
