using System.Device.I2c;
using Iot.Device.Ssd13xx;
using Iot.Device.Ssd13xx.Commands;
using Iot.Device.Ssd13xx.Commands.Ssd1306Commands;

namespace DoorAgent.Hardware.Displays;

/// <summary>An SSD1306 with 128 x 64 or 128 x 32 pixels on the I2C bus, through the binding of dotnet/iot.</summary>
/// <param name="bus">The bus; the display disposes it.</param>
/// <param name="height">The number of rows of pixels: 64 or 32.</param>
internal sealed class Ssd1306Display(I2cDevice bus, int height) : IDisplay
{
    private const int Width = 128;

    /// <summary>The number of rows in a page: one byte is eight rows of a column.</summary>
    private const int PageHeight = 8;

    public void Show(string text) => BindingCall.Ask(() =>
    {
        // The panel is initialized for each text: after a dip of its supply a panel still answers but stays dark.
        Panel panel = new(bus, height);
        panel.SendCommand(new SetMultiplexRatio((byte)(height - 1)));
        panel.SendCommand(new SetComPinsHardwareConfiguration(alternativeComPinConfiguration: height == 64));
        panel.SendCommand(new SetColumnAddress());
        panel.SendCommand(new SetPageAddress(PageAddress.Page0, (PageAddress)((height / PageHeight) - 1)));
        byte[] points = TextBitmap.Draw(text, Width, height);
        for (int at = 0; at < points.Length; at += Width)
            panel.SendData(points.AsSpan(at, Width));
        panel.EnableDisplay(text.Length > 0);
        return panel;
    });

    public void Dispose() => bus.Dispose();

    /// <summary>Skips the binding's clearing of the screen, which needs an image library; the next text overwrites the screen.</summary>
    private sealed class Panel(I2cDevice bus, int height) : Ssd1306(bus, Width, height)
    {
        public override void ClearScreen()
        {
        }
    }
}
