using System.Device.I2c;

namespace DoorAgent.Hardware.Displays;

/// <summary>Opens the configured display.</summary>
internal static class DisplayFactory
{
    /// <summary>Opens the display of checked <see cref="HardwareOptions.Display"/>; null when no display is configured. A display that does
    /// not answer is reported later, in <see cref="DoorDisplay.Health"/>.</summary>
    public static DoorDisplay? Open(HardwareOptions options, TimeProvider time) =>
        options.DisplayPlace is { } place ? new DoorDisplay(place.ToString(), () => Open(place), time) : null;

    /// <summary>Opens a display. On a real bus nothing is sent before the first text.</summary>
    public static IDisplay Open(DisplayPlace place) => place.Kind switch
    {
        DisplayKind.Ssd1306 => new Ssd1306Display(Bus(place), height: 64),
        DisplayKind.Ssd1306Half => new Ssd1306Display(Bus(place), height: 32),
        DisplayKind.Lcd1602 => new CharacterLcdDisplay(Bus(place), columns: 16, rows: 2),
        DisplayKind.Lcd2004 => new CharacterLcdDisplay(Bus(place), columns: 20, rows: 4),
        _ => new SimulatedDisplay(),
    };

    private static I2cDevice Bus(DisplayPlace place) => I2cDevice.Create(new I2cConnectionSettings(place.Bus, place.Address));
}
