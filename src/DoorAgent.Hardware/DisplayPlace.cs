using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Hardware;

/// <summary>Which display it is, and where.</summary>
internal enum DisplayKind
{
    /// <summary>Remembers what it shows.</summary>
    Simulated,

    /// <summary>128 x 64 points.</summary>
    Ssd1306,

    /// <summary>128 x 32 points.</summary>
    Ssd1306Half,

    /// <summary>2 rows of 16 characters behind a PCF8574.</summary>
    Lcd1602,

    /// <summary>4 rows of 20 characters behind a PCF8574.</summary>
    Lcd2004,
}

/// <summary>What <c>Hardware:Display</c> names.</summary>
/// <param name="Kind">The display.</param>
/// <param name="Bus">Number of the I2C bus; 0 where it is simulated.</param>
/// <param name="Address">Address on that bus.</param>
internal sealed partial record DisplayPlace(DisplayKind Kind, int Bus, int Address)
{
    public const string None = "none";

    /// <summary>The forms that a setting can have.</summary>
    public const string Forms = $"{None}, ssd1306@/dev/i2c-1 (128 x 64 points), ssd1306-128x32@/dev/i2c-1, "
        + "lcd1602@/dev/i2c-1 or lcd2004@/dev/i2c-1 (a character LCD behind a PCF8574), each also with its address, "
        + "such as lcd1602@/dev/i2c-1:0x3f; simulated on simulated hardware";

    private const int PanelAddress = 0x3C, ExpanderAddress = 0x27;

    /// <summary>The device file; null where it is simulated.</summary>
    public string? Device => Kind == DisplayKind.Simulated ? null : string.Create(CultureInfo.InvariantCulture, $"/dev/i2c-{Bus}");

    /// <summary>Reads a setting; null when it has none of the <see cref="Forms"/>.</summary>
    public static DisplayPlace? TryParse(string text)
    {
        if (text == "simulated")
            return new DisplayPlace(DisplayKind.Simulated, 0, 0);
        if (Form().Match(text) is not { Success: true } match)
            return null;
        DisplayKind kind = match.Groups["kind"].Value switch
        {
            "ssd1306" => DisplayKind.Ssd1306,
            "ssd1306-128x32" => DisplayKind.Ssd1306Half,
            "lcd1602" => DisplayKind.Lcd1602,
            _ => DisplayKind.Lcd2004,
        };
        int address = match.Groups["address"] is { Success: true } given
            ? int.Parse(given.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : kind is DisplayKind.Ssd1306 or DisplayKind.Ssd1306Half ? PanelAddress : ExpanderAddress;
        return new DisplayPlace(kind, int.Parse(match.Groups["bus"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), address);
    }

    public override string ToString() => Device is { } device
        ? string.Create(CultureInfo.InvariantCulture, $"{Kind} at 0x{Address:x2} of {device}") : "simulated";

    // Addresses 0x08 to 0x77 are those of devices (I2C specification, 3.1.12).
    [GeneratedRegex(@"\A(?<kind>ssd1306(-128x32)?|lcd1602|lcd2004)@/dev/i2c-(?<bus>[0-9]{1,4})"
        + @"(:0x(?<address>0[89a-fA-F]|[1-6][0-9a-fA-F]|7[0-7]))?\z")]
    private static partial Regex Form();
}
