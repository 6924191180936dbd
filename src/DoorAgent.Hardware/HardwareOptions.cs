using System.Globalization;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware;

/// <summary>Which hardware the door has, and which line does what.</summary>
internal sealed class HardwareOptions : ICheckedOptions
{
    /// <summary>The value of <see cref="Kind"/> for a real door.</summary>
    public const string RealLines = "gpio";

    /// <summary>The kind that opens no real door.</summary>
    public const string SimulatedLines = "simulated";

    /// <summary>The number of lines of simulated hardware, numbered from 0.</summary>
    public const int SimulatedLineCount = 32;

    private const string NoContact = "none";
    private const string KindForm = $"{RealLines} or {SimulatedLines}";
    private const string ContactForm = $"a line number, or '{NoContact}'";

    public static string Section => "Hardware";

    [Setting("Which hardware the door has: the lines of a board (gpio), or none (simulated).", Form = KindForm)]
    public string? Kind { get; set; }

    [Setting("The label of the GPIO chip, as `dooragent pins` shows it. Known boards are the Raspberry Pi 3 to 5 and the Jetson.")]
    [Unset("the header of a known board")]
    public string? Chip { get; set; }

    [Setting("The camera. On simulated hardware also a folder of pictures or a video file.",
        Form = "a number (0 is /dev/video0), a path such as /dev/v4l/by-id/..., rtsp://..., csi or csi:1 (Raspberry Pi)")]
    public string? Camera { get; set; }

    [Setting("The only camera that is accepted at /dev/video..., as `dooragent camera list` prints its identity.")]
    [Unset("any")]
    public string? CameraIdentity { get; set; }

    [Setting("By how many degrees the camera's picture is turned clockwise, for one that is mounted on its side or upside down.")]
    [OneOf(0, 90, 180, 270)]
    public int CameraRotation { get; set; }

    [Setting("The program that reads a CSI camera.")]
    public string RpicamVid { get; set; } = "rpicam-vid";

    [Setting("The line of the reader's D0."), Line]
    public int D0 { get; set; } = 17;

    [Setting("The line of the reader's D1."), Line]
    public int D1 { get; set; } = 18;

    [Setting("The line of the exit reader's D0, where `Badges:ExitReader` is wiegand."), Line, Unset("none")]
    public int? ExitD0 { get; set; }

    [Setting("The line of the exit reader's D1; both lines or none."), Line, Unset("none")]
    public int? ExitD1 { get; set; }

    [Setting("The line of the lock relay. 22 is one of those that a Raspberry Pi pulls down at power-up."), Line]
    public int Relay { get; set; } = 22;

    [Setting("Whether the relay is energised by a low level.")]
    public bool RelayActiveLow { get; set; }

    [Setting("The line of the door contact. A door without one cannot tell forced from opened.", Form = ContactForm)]
    public string? Contact { get; set; }

    [Setting("Whether the contact's line is low when the door is open. A contact that closes with the door "
        + "pulls the line to ground, so that low is closed.")]
    public bool ContactOpenIsLow { get; set; }

    [Setting("The line of the exit button (pressed is low)."), Line, Unset("none")]
    public int? Exit { get; set; }

    [Setting("The line of the reader's green light."), Line, Unset("none")]
    public int? Green { get; set; }

    [Setting("The line of the reader's red light."), Line, Unset("none")]
    public int? Red { get; set; }

    [Setting("The line of the reader's buzzer."), Line, Unset("none")]
    public int? Buzzer { get; set; }

    [Setting("The line of a light to the left of the camera, as a person in front of it sees it. It blinks when a turn of the head to the "
        + "left is asked for; without the two lights the green one blinks once.")]
    [Line, Unset("none")]
    public int? LeftLight { get; set; }

    [Setting("The line of a light to the right of the camera, for a turn to the right; both lights or none. Without them the green one "
        + "blinks twice.")]
    [Line, Unset("none")]
    public int? RightLight { get; set; }

    [Setting("Whether a low level lights the lights and sounds the buzzer.")]
    public bool LightsActiveLow { get; set; } = true;

    [Setting("The line of an RFID chip's reset (NRSTPD of an MFRC522, RSTPDN of a PN532). Every attempt to open the chip resets it.")]
    [Line, Unset("none")]
    public int? RfidReset { get; set; }

    [Setting("A small display for the people at the door: an SSD1306 panel, or a character LCD behind a PCF8574.",
        Form = DisplayPlace.Forms)]
    [Unset("none")]
    public string? Display { get; set; }

    /// <summary>The display, once checked; null when none is fitted.</summary>
    public DisplayPlace? DisplayPlace => Display is null or DisplayPlace.None ? null : DisplayPlace.TryParse(Display);

    /// <summary>The contact's line; null when none is fitted.</summary>
    public int? ContactLine => Contact is null or NoContact ? null : int.Parse(Contact, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Whether there are lights on both sides of the camera.</summary>
    public bool HasSideLights => LeftLight is not null && RightLight is not null;

    /// <summary>Whether lights or a display can show a person a direction; a buzzer alone cannot.</summary>
    public bool CanShowDirections => HasSideLights || Green is not null || DisplayPlace is not null;

    /// <summary>The lines in use, by the keys that name them.</summary>
    public IEnumerable<(string Key, int Line)> LinesInUse() => LinesWith(ContactLine);

    public void Check(OptionErrors errors)
    {
        errors.Require(Kind is RealLines or SimulatedLines, nameof(Kind), Kind, $"{KindForm}; there is no default kind of hardware");
        errors.Require(
            Display is null or DisplayPlace.None || (DisplayPlace is { } place && (place.Device is not null || Kind != RealLines)),
            nameof(Display), Display, DisplayPlace.Forms);
        bool isLine = int.TryParse(Contact, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        errors.Require(isLine || Contact == NoContact, nameof(Contact), Contact,
            $"{ContactForm} for a door that cannot tell forced from opened");
        errors.Require(LeftLight is null == RightLight is null, nameof(RightLight), RightLight,
            $"a line where {nameof(LeftLight)} has one, else none: one light cannot show two directions");
        errors.Require(ExitD0 is null == ExitD1 is null, nameof(ExitD1), ExitD1,
            $"a line where {nameof(ExitD0)} has one, else none: a Wiegand reader needs both");
        LineAttribute lines = new();
        if (isLine)
            errors.Require(lines.Allows(ContactLine!, this), nameof(Contact), ContactLine, lines.Words(this));
        foreach (var same in LinesWith(isLine ? ContactLine : null).GroupBy(use => use.Line).Where(same => same.Count() > 1))
        {
            errors.Require(false, same.Last().Key, same.Key,
                $"a separate line; {string.Join(" and ", same.Select(use => use.Key))} share it");
        }
    }

    private IEnumerable<(string Key, int Line)> LinesWith(int? contact) => new (string Key, int? Line)[]
    {
        (nameof(D0), D0), (nameof(D1), D1), (nameof(ExitD0), ExitD0), (nameof(ExitD1), ExitD1), (nameof(Relay), Relay), (nameof(Contact), contact),
        (nameof(Exit), Exit), (nameof(Green), Green), (nameof(Red), Red), (nameof(Buzzer), Buzzer),
        (nameof(LeftLight), LeftLight), (nameof(RightLight), RightLight), (nameof(RfidReset), RfidReset),
    }.Where(use => use.Line is not null).Select(use => (use.Key, use.Line!.Value));
}

/// <summary>Checks the number of a line; simulated hardware has fewer lines than a real chip may have.</summary>
internal sealed class LineAttribute() : RangeAttribute(0, 1023)
{
    protected override IComparable MaxAmong(ICheckedOptions among) => among is HardwareOptions { Kind: HardwareOptions.SimulatedLines }
        ? (double)(HardwareOptions.SimulatedLineCount - 1) : base.MaxAmong(among);
}
