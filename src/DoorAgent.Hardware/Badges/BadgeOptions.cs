using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware.Badges;

/// <summary>Settings of the badge reader.</summary>
internal sealed class BadgeOptions : ICheckedOptions
{
    /// <summary>Values of <see cref="Reader"/>.</summary>
    public const string Wiegand = "wiegand", Keyboard = "keyboard", Serial = "serial", Osdp = "osdp", Rfid = "rfid";

    /// <summary>Values of <see cref="RfidChip"/>.</summary>
    public const string Mfrc522 = "mfrc522", Pn532 = "pn532";

    private const string None = "none";
    private const string NoKeypad = None;
    private const string Off = "off";

    public static string Section => "Badges";

    [Setting("What reads the badges: the lines `Hardware:D0` and `Hardware:D1` (wiegand), a USB reader that types (keyboard), a serial "
        + "line, a chip on the board's buses (rfid); osdp where that is built in.")]
    [OneOf(Wiegand, Keyboard, Serial, Osdp, Rfid)]
    public string Reader { get; set; } = Wiegand;

    [Setting("The device of any reader other than wiegand.", Form = "a path such as /dev/input/by-id/NAME-event-kbd or /dev/ttyUSB0")]
    public string? Device { get; set; }

    [Setting("The speed of a serial or OSDP line, in baud."), OneOf(1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400)]
    public int Baud { get; set; } = 9600;

    [Setting("How a keyboard or serial reader writes a number: ten digits of 24 bits, H10301 (decimal-10), facility and card as printed "
        + "(decimal-3+5), ten digits of 32 bits (decimal-uid) or hexadecimal (hex-uid). Anything else is a prefix for plain decimal "
        + "numbers.",
        Form = "decimal-10, decimal-3+5, decimal-uid, hex-uid, or a prefix such as `H10302:`")]
    public string TextFormat { get; set; } = "decimal-10";

    [Setting("The address of the OSDP reader on its line."), Range(0, 126)]
    public int OsdpAddress { get; set; }

    [Setting("The file with the key of the OSDP reader's secure channel, 32 hexadecimal digits.", Form = "a path")]
    [Unset("the service's credential dooragent.osdp-key")]
    public string? OsdpKey { get; set; }

    [Setting("The chip of an rfid reader: mfrc522 on /dev/spidev0.0, pn532 on /dev/i2c-1 or a serial line."), OneOf(Mfrc522, Pn532)]
    public string RfidChip { get; set; } = Mfrc522;

    [Setting("The Wiegand layouts that the reader sends, at most one for each length. H10301 has 26 bits.", Form = "a list of names")]
    [Unset("H10301")]
    public IReadOnlyList<string> Formats { get; set; } = [];

    [Setting("The silence that ends a frame. A reader may pause for 20 ms between bits.", IsAdvanced = true), Range("25 ms", "50 ms")]
    public TimeSpan EndGap { get; set; } = TimeSpan.FromMilliseconds(30);

    [Setting("How the reader's keypad sends a key. With none, frames as short as a key are rejected.")]
    [OneOf(NoKeypad, KeypadLayout.FourBits, KeypadLayout.EightBits)]
    public string Keypad { get; set; } = NoKeypad;

    [Setting("Format and facility of badges that are typed on the keypad. With H10301:123 the keys 4567# mean the badge H10301:123:4567.",
        Form = "off, or format and facility such as `H10301:123`")]
    public string TypedFormat { get; set; } = Off;

    [Setting("What reads the badges of people who leave: `none`, or a second reader inside, of any kind that `Reader` has; a wiegand one is "
        + "on the lines `Hardware:ExitD0` and `Hardware:ExitD1`. Formats and the settings of OSDP and RFID are those of the first reader.")]
    [OneOf(None, Wiegand, Keyboard, Serial, Osdp, Rfid)]
    public string ExitReader { get; set; } = None;

    [Setting("The device of any exit reader other than wiegand; not that of the first reader.", Form = "a path, as of `Device`")]
    public string? ExitDevice { get; set; }

    [Setting("The speed of the exit reader's serial or OSDP line, in baud.")]
    [OneOf(1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400), Unset("the value of `Baud`")]
    public int? ExitBaud { get; set; }

    [Setting("How a keyboard or serial exit reader writes a number.", Form = "as `TextFormat`"), Unset("the value of `TextFormat`")]
    public string? ExitTextFormat { get; set; }

    /// <summary>Whether there is an exit reader.</summary>
    public bool HasExitReader => ExitReader != None;

    /// <summary>The options of the exit reader in the form of the first one's; for a door that has one.</summary>
    public BadgeOptions AtExit
    {
        get
        {
            BadgeOptions exit = (BadgeOptions)MemberwiseClone();
            (exit.Reader, exit.Device, exit.ExitReader) = (ExitReader, ExitDevice, None);
            (exit.Baud, exit.TextFormat) = (ExitBaud ?? Baud, ExitTextFormat ?? TextFormat);
            return exit;
        }
    }

    /// <summary>The keypad's layout, for checked options; null when no keypad is configured.</summary>
    public KeypadLayout? KeypadLayout => KeypadLayout.Find(Keypad);

    /// <summary>Whether the reader can send keys: over its lines, as <see cref="Keypad"/> says, or as OSDP messages.</summary>
    public bool HasKeypad => Reader == Osdp || KeypadLayout is not null;

    /// <summary>The format in which the reader writes numbers, for checked options.</summary>
    public TextFormat Text => Badges.TextFormat.Find(TextFormat)!;

    /// <summary>Format and facility of typed badges; null when typing badges is off.</summary>
    public string? TypedPrefix => TypedFormat == Off ? null : TypedFormat;

    /// <summary>The Wiegand layouts, for checked options.</summary>
    public IReadOnlyList<WiegandFormat> Layouts => [.. Names.Select(name => WiegandFormat.Find(name)!)];

    private IReadOnlyList<string> Names => Formats.Count == 0 ? ["H10301"] : Formats;

    public void Check(OptionErrors errors)
    {
        CheckReader(errors);
        CheckExitReader(errors);
        errors.Require(TypedFormat == Off || IsTypable(TypedFormat), nameof(TypedFormat), TypedFormat,
            $"{Off}, or format and facility of the typed badges, such as H10301:123, or H10302: where the format has no facility");
        errors.Require(TypedFormat == Off || HasKeypad || KeypadLayout is null && Keypad != NoKeypad, nameof(TypedFormat), TypedFormat,
            $"{Off} while {Section}:{nameof(Keypad)} is {NoKeypad}: without a keypad nobody can type a badge");
        foreach (string name in Names)
        {
            errors.Require(WiegandFormat.Find(name) is not null, nameof(Formats), name,
                string.Join(", ", WiegandFormat.All.Select(f => f.Name)));
        }

        foreach (IGrouping<int?, string> same in Names.GroupBy(name => WiegandFormat.Find(name)?.Bits)
            .Where(same => same.Key is not null && same.Count() > 1))
        {
            errors.Require(false, nameof(Formats), string.Join(", ", same),
                $"one layout of {same.Key} bits: the reader cannot tell them apart");
        }
    }

    private void CheckReader(OptionErrors errors)
    {
        errors.Require(Reader != Osdp || BuiltIn.HasOsdp, nameof(Reader), Reader,
            "another kind: this program was built without OSDP (dotnet build -p:OsdpNet=true)");
        errors.Require(Reader == Wiegand || Device?.StartsWith('/') == true, nameof(Device), Device,
            $"the device of the {Reader} reader, such as {UsualDevice}");
        errors.Require(Reader != Rfid || Device?.StartsWith('/') != true || RfidBus.Fits(RfidChip, Device), nameof(Device), Device,
            RfidChip == Mfrc522 ? "the SPI bus of the mfrc522, such as /dev/spidev0.0"
                : "the I2C bus or the serial line of the pn532, such as /dev/i2c-1 or /dev/ttyS0");
        errors.Require(Reader is Wiegand || Keypad == NoKeypad, nameof(Keypad), Keypad,
            $"{NoKeypad}, unless {Section}:{nameof(Reader)} is {Wiegand}: this setting is about keys on the Wiegand lines");
        errors.Require(Badges.TextFormat.Find(TextFormat) is not null, nameof(TextFormat), TextFormat,
            $"{string.Join(", ", Badges.TextFormat.All.Select(format => format.Name))}, or format and facility "
            + "of the badges, such as H10302: or H10301:123");
    }

    private void CheckExitReader(OptionErrors errors)
    {
        errors.Require(ExitReader != Osdp || BuiltIn.HasOsdp, nameof(ExitReader), ExitReader,
            "another kind: this program was built without OSDP (dotnet build -p:OsdpNet=true)");
        errors.Require(ExitReader is None or Wiegand || ExitDevice?.StartsWith('/') == true, nameof(ExitDevice), ExitDevice,
            $"the device of the {ExitReader} reader, such as {AtExit.UsualDevice}");
        errors.Require(ExitReader != Rfid || ExitDevice?.StartsWith('/') != true || RfidBus.Fits(RfidChip, ExitDevice), nameof(ExitDevice),
            ExitDevice, $"a bus of the {RfidChip}, such as {AtExit.UsualDevice}: both readers have the chip of {nameof(RfidChip)}");
        errors.Require(ExitReader is None or Wiegand || Reader == Wiegand || ExitDevice != Device, nameof(ExitDevice), ExitDevice,
            $"another device than {nameof(Device)}: two readers cannot share one");
        errors.Require(ExitTextFormat is null || Badges.TextFormat.Find(ExitTextFormat) is not null, nameof(ExitTextFormat), ExitTextFormat,
            $"as {nameof(TextFormat)}");
    }

    private string UsualDevice => Reader switch
    {
        Keyboard => "/dev/input/by-id/NAME-event-kbd",
        Rfid when RfidChip == Pn532 => "/dev/i2c-1",
        Rfid => "/dev/spidev0.0",
        _ => "/dev/ttyUSB0",
    };

    private static bool IsTypable(string prefix) => Badge.TryParse($"{prefix}:1") is { Format: not "UID" };
}
