using DoorAgent.Decisions;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Operating;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The questions of setup as a list: a new question is a new entry. GPIO lines are in the order of their check, so that of two
/// questions with the same line the later one is refused.</summary>
internal static class SetupParts
{
    private const string Copied = $"{Decisions}:{nameof(DecisionOptions.IKnowBadgesCanBeCopied)}";
    private const string Pictures = $"{Decisions}:{nameof(DecisionOptions.IKnowPicturesOpenThisDoor)}";
    private const string Decisions = "Decisions";
    private const string None = "none";

    public static IReadOnlyList<SetupPart> All { get; } =
    [
        new("The board",
            new("--kind", Hardware(nameof(HardwareOptions.Kind)),
                "Hardware: gpio (a board whose relay opens a real door) or simulated (for trying)"),
            new("--chip", Hardware(nameof(HardwareOptions.Chip)), "Label of the GPIO chip; board is that of a known board")
            {
                Unset = "board",
                Applies = draft => draft.IsReal,
            })
        {
            Shows = (_, devices) => devices.Chips().Prepend("GPIO chips:"),
            Check = new ChipLiveCheck(),
        },
        new("The reader",
            new("--reader", Badges(nameof(BadgeOptions.Reader)),
                "The reader: wiegand (the wires D0 and D1), keyboard (USB, types numbers), serial or rfid (a chip on SPI or I2C)"),
            // Before its device: the chip says which bus that can be.
            new("--rfid-chip", Badges(nameof(BadgeOptions.RfidChip)),
                $"Its chip: {BadgeOptions.Mfrc522} (SPI) or {BadgeOptions.Pn532} (I2C or serial)")
            {
                Applies = IsRfid,
            },
            new("--device", Badges(nameof(BadgeOptions.Device)),
                "Its device, such as /dev/input/by-id/NAME-event-kbd, /dev/ttyUSB0, /dev/spidev0.0 or /dev/i2c-1") { Applies = draft =>
                    !draft.HasWires },
            new("--rfid-reset", Hardware(nameof(HardwareOptions.RfidReset)), "Line of the chip's reset, or none") { Unset = None,
                Applies = IsRfid },
            new("--baud", Badges(nameof(BadgeOptions.Baud)),
                "Speed of its line") { Applies = draft => draft.Badges.Reader is BadgeOptions.Serial or BadgeOptions.Osdp },
            new("--text-format", Badges(nameof(BadgeOptions.TextFormat)),
                $"Form of a number: {string.Join(", ", TextFormat.All.Select(format => format.Name))}, "
                    + "or the prefix of a number, such as H10302:")
            {
                Applies = draft => draft.Badges.Reader is BadgeOptions.Keyboard or BadgeOptions.Serial,
            },
            new("--d0", Hardware(nameof(HardwareOptions.D0)), "Line of the reader's D0") { Applies = draft => draft.HasWires },
            new("--d1", Hardware(nameof(HardwareOptions.D1)), "Line of the reader's D1") { Applies = draft => draft.HasWires },
            new("--format", Badges(nameof(BadgeOptions.Formats)),
                $"Formats of its cards ({string.Join(", ", WiegandFormat.All.Select(format => $"{format.Name} {format.Bits} bits"))})")
            {
                IsList = true,
                Proposed = "H10301",
                Applies = draft => draft.HasWires || draft.Badges.Reader == BadgeOptions.Osdp,
            },
            new("--keypad", Badges(nameof(BadgeOptions.Keypad)),
                $"Its keypad: none, {string.Join(", ", KeypadLayout.All.Select(layout => layout.Name))}") { Applies = draft =>
                    draft.HasWires })
        {
            Shows = (_, devices) => devices.Readers().Prepend("Devices that may be readers:"),
            Check = new ReaderLiveCheck(ReaderSide.Entry),
        },
        // Few doors have one: an option, and further questions only where it is given.
        new("The exit reader",
            new("--exit-reader", Badges(nameof(BadgeOptions.ExitReader)),
                "A second reader inside, for people who leave: wiegand, keyboard, serial or rfid, or none") { Applies = _ => false },
            new("--exit-device", Badges(nameof(BadgeOptions.ExitDevice)), "Its device, not that of the first reader")
            {
                Applies = draft => draft.Badges is { HasExitReader: true, ExitReader: not BadgeOptions.Wiegand },
            },
            new("--exit-d0", Hardware(nameof(HardwareOptions.ExitD0)), "Line of the exit reader's D0") { Applies = HasExitWires },
            new("--exit-d1", Hardware(nameof(HardwareOptions.ExitD1)), "Line of the exit reader's D1") { Applies = HasExitWires })
        {
            Check = new ReaderLiveCheck(ReaderSide.Exit),
        },
        new("The lock",
            new("--relay", Hardware(nameof(HardwareOptions.Relay)), "Line of the lock's relay"),
            new("--relay-active-low", Hardware(nameof(HardwareOptions.RelayActiveLow)),
                "Whether a low level energises the relay (not recommended: see the package's INSTALL.md)") { IsSwitch = true })
        {
            Check = new RelayLiveCheck(),
        },
        new("The door contact",
            new("--contact", Hardware(nameof(HardwareOptions.Contact)), "Line of the door contact (23 in our wiring), or none")
            {
                Warns = line => line == None ? "Without a contact the agent cannot notice a forced or held-open door." : null,
            },
            new("--contact-open-is-low", Hardware(nameof(HardwareOptions.ContactOpenIsLow)),
                "Whether its line is low when the door is open")
            {
                IsSwitch = true,
                Applies = draft => draft.Hardware.ContactLine is not null,
            })
        {
            Check = new ContactLiveCheck(),
        },
        new("The exit button",
            new SetupQuestion("--exit", Hardware(nameof(HardwareOptions.Exit)),
                "Line of the exit button (24 in our wiring), or none") { Unset = None }) { Check = new ExitLiveCheck() },
        new("The reader's lights",
            new("--green", Hardware(nameof(HardwareOptions.Green)), "Line of the green light, or none") { Unset = None },
            new("--red", Hardware(nameof(HardwareOptions.Red)), "Line of the red light, or none") { Unset = None },
            new("--buzzer", Hardware(nameof(HardwareOptions.Buzzer)), "Line of the buzzer, or none") { Unset = None },
            new("--left-light", Hardware(nameof(HardwareOptions.LeftLight)),
                "Line of a light to the left of the camera, seen from in front of it, which asks for a turn of the head, or none")
            {
                Unset = None,
            },
            new("--right-light", Hardware(nameof(HardwareOptions.RightLight)), "Line of the light to the right of the camera, or none")
            {
                Unset = None,
            },
            new("--lights-active-low", Hardware(nameof(HardwareOptions.LightsActiveLow)), "Whether a low level turns the lights on")
            {
                IsSwitch = true,
                Applies = draft => LightsLiveCheck.HasLights(draft.Hardware),
            })
        {
            Check = new LightsLiveCheck(),
        },
        // Few doors have one: an option, and no question for all the others.
        new("The display",
            new SetupQuestion("--display", Hardware(nameof(HardwareOptions.Display)),
                "A small display for the people at the door, such as ssd1306@/dev/i2c-1, or none")
            {
                Unset = None,
                Applies = _ => false,
            }),
        new("The camera",
            new("--camera", Hardware(nameof(HardwareOptions.Camera)),
                "The camera: 0 is /dev/video0; on simulated hardware also a folder of pictures or a video file")
            {
                Proposed = "0",
                Means = Located,
            },
            new("--camera-identity", Hardware(nameof(HardwareOptions.CameraIdentity)),
                "The only accepted camera, by its identity in the list, or any")
            {
                Unset = "any",
                Applies = draft => CameraFactory.HasIdentity(draft.Hardware.Camera),
            },
            // The camera's check asks this question where the picture seems to need it.
            new("--camera-rotation", CameraTilt.Key,
                "Degrees by which the picture is rotated clockwise (0, 90, 180, 270)") { Applies = _ => false })
        {
            Shows = (_, devices) => devices.Cameras().Prepend("Cameras:"),
            Check = new CameraLiveCheck(),
        },
        new("Who comes in",
            new("--mode", $"{Decisions}:{nameof(DecisionOptions.Mode)}", $"Mode: {AccessModes.Words}") { Warns = WarningOf,
                Risks = RisksOf },
            new("--i-know-badges-can-be-copied", Copied, "Accept that anyone with a copied badge comes in") { IsSwitch = true,
                Applies = _ => false },
            new("--i-know-pictures-open-this-door", Pictures, "Accept that a picture of somebody enrolled may open the door")
            {
                IsSwitch = true,
                Applies = _ => false,
            }),
    ];

    public static IEnumerable<SetupQuestion> Questions => All.SelectMany(part => part.Questions);

    private static bool HasExitWires(SetupDraft draft) => draft.Badges.ExitReader == BadgeOptions.Wiegand;

    private static bool IsRfid(SetupDraft draft) => draft.Badges.Reader == BadgeOptions.Rfid;

    private static string Badges(string key) => $"{BadgeOptions.Section}:{key}";

    private static string Hardware(string key) => $"{HardwareOptions.Section}:{key}";

    /// <summary>Makes the path of a folder or a file absolute: the door runs in another directory.</summary>
    private static string Located(string camera) => Path.Exists(camera) ? Path.GetFullPath(camera) : camera;

    private static string? WarningOf(string mode) => AccessModes.Find(mode)?.Identifies() == true
        ? "Where a face alone opens, a good video or a mask of somebody enrolled may still open: 'dooragent help liveness' says what helps."
        : null;

    private static IEnumerable<(string, string)> RisksOf(string mode, SetupDraft draft, ISetupDevices devices)
    {
        if (AccessModes.Find(mode)?.OpensForBadgeAlone() == true)
            yield return (Copied, "A badge alone opens the door, so anyone with a copied badge comes in.");
        if (AccessModes.Find(mode) is null)
            yield break;
        // The draft does not have the answer yet.
        LivenessSummary answered = devices.LivenessOf(draft.Settings) with { Decisions = new DecisionOptions { Mode = mode } };
        if (answered.PictureRisk is { } risk)
            yield return (Pictures, risk);
    }
}
