using System.Globalization;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware;

/// <summary>Which hardware, and which line does what.</summary>
internal sealed class HardwareOptions : ICheckedOptions
{
    /// <summary>The kind that opens a real door.</summary>
    public const string RealLines = "gpio";

    /// <summary>The kind that opens none.</summary>
    public const string SimulatedLines = "simulated";

    /// <summary>How many lines simulated hardware has, numbered from 0.</summary>
    public const int SimulatedLineCount = 32;

    /// <summary>How a camera's picture can be turned, in degrees clockwise.</summary>
    public static IReadOnlyList<int> CameraRotations { get; } = [0, 90, 180, 270];

    private const string NoContact = "none";

    public static string Section => "Hardware";

    /// <value>gpio (the lines of a board) or simulated; no default.</value>
    public string? Kind { get; set; }

    /// <value>Label of the GPIO chip, as `dooragent pins` shows it; default the header of a known board (Raspberry Pi 3 to 5, Jetson).</value>
    [Unset("the header of a known board")]
    public string? Chip { get; set; }

    /// <value>A number (0 is /dev/video0), a path such as /dev/v4l/by-id/..., rtsp://..., csi or csi:1 (Raspberry Pi); on simulated hardware also a folder of pictures or a video file; no default.</value>
    public string? Camera { get; set; }

    /// <value>The only camera that is accepted at /dev/video..., as `dooragent camera list` prints its identity; default any.</value>
    [Unset("any")]
    public string? CameraIdentity { get; set; }

    /// <value>By how many degrees the camera's picture is turned clockwise, for one that is mounted on its side or upside down: 0, 90,
    /// 180 or 270; default 0.</value>
    public int CameraRotation { get; set; }

    /// <value>The program that a CSI camera is read with; default rpicam-vid.</value>
    public string RpicamVid { get; set; } = "rpicam-vid";

    /// <value>Line of the reader's D0; 0 to 1023, default 17.</value>
    public int D0 { get; set; } = 17;

    /// <value>Line of the reader's D1; 0 to 1023, default 18.</value>
    public int D1 { get; set; } = 18;

    /// <value>Line of the lock relay; 0 to 1023, default 22: one of those that a Raspberry Pi pulls down at power-up.</value>
    public int Relay { get; set; } = 22;

    /// <value>Whether the relay is energised by a low level; default false.</value>
    public bool RelayActiveLow { get; set; }

    /// <value>Line of the door contact, or none; no default, since a door without one cannot tell forced from opened.</value>
    public string? Contact { get; set; }

    /// <value>Whether the contact's line is low when the door is open; default false (a closed contact pulls it to ground).</value>
    public bool ContactOpenIsLow { get; set; }

    /// <value>Line of the exit button (pressed is low); 0 to 1023, default none.</value>
    [Unset("none")]
    public int? Exit { get; set; }

    /// <value>Line of the reader's green light; 0 to 1023, default none.</value>
    [Unset("none")]
    public int? Green { get; set; }

    /// <value>Line of the reader's red light; 0 to 1023, default none.</value>
    [Unset("none")]
    public int? Red { get; set; }

    /// <value>Line of the reader's buzzer; 0 to 1023, default none.</value>
    [Unset("none")]
    public int? Buzzer { get; set; }

    /// <value>Whether a low level lights them; default true.</value>
    public bool LightsActiveLow { get; set; } = true;

    /// <value>Line of an RFID chip's reset (NRSTPD of an MFRC522, RSTPDN of a PN532), so that every attempt to open the chip resets it; 0 to 1023, default none.</value>
    [Unset("none")]
    public int? RfidReset { get; set; }

    /// <summary>The contact's line; null when none is fitted.</summary>
    public int? ContactLine => Contact is null or NoContact ? null : int.Parse(Contact, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The lines that something is on, by the keys that name them.</summary>
    public IEnumerable<(string Key, int Line)> LinesInUse() => new (string Key, int? Line)[]
    {
        (nameof(D0), D0), (nameof(D1), D1), (nameof(Relay), Relay), (nameof(Contact), ContactLine),
        (nameof(Exit), Exit), (nameof(Green), Green), (nameof(Red), Red), (nameof(Buzzer), Buzzer), (nameof(RfidReset), RfidReset),
    }.Where(use => use.Line is not null).Select(use => (use.Key, use.Line!.Value));

    public void Check(OptionErrors errors)
    {
        errors.Require(Kind is RealLines or SimulatedLines, nameof(Kind), Kind, $"{RealLines} or {SimulatedLines}; there is no default kind of hardware");
        errors.Require(CameraRotations.Contains(CameraRotation), nameof(CameraRotation), CameraRotation, string.Join(", ", CameraRotations));
        bool isLine = int.TryParse(Contact, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        errors.Require(isLine || Contact == NoContact, nameof(Contact), Contact,
            $"a line number, or '{NoContact}' for a door that cannot tell forced from opened");
        (string Name, int? Line)[] uses =
        [
            (nameof(D0), D0), (nameof(D1), D1), (nameof(Relay), Relay), (nameof(Contact), isLine ? ContactLine : null),
            (nameof(Exit), Exit), (nameof(Green), Green), (nameof(Red), Red), (nameof(Buzzer), Buzzer), (nameof(RfidReset), RfidReset),
        ];
        foreach ((string name, int? line) in uses.Where(use => use.Line is not null))
            errors.Range(name, line!.Value, 0, Kind == SimulatedLines ? SimulatedLineCount - 1 : 1023);
        foreach (var same in uses.Where(use => use.Line is not null).GroupBy(use => use.Line).Where(same => same.Count() > 1))
            errors.Require(false, same.Last().Name, same.Key, $"a line of its own; {string.Join(" and ", same.Select(use => use.Name))} share it");
    }
}
