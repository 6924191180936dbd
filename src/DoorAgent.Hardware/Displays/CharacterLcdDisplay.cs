using System.Device.I2c;
using System.Drawing;
using System.Globalization;
using System.Text;
using Iot.Device.CharacterLcd;
using Iot.Device.Graphics;

namespace DoorAgent.Hardware.Displays;

/// <summary>A character LCD (HD44780) behind a PCF8574 on the I2C bus, through the binding of dotnet/iot.</summary>
/// <param name="bus">The bus; the display disposes it.</param>
/// <param name="columns">The number of characters in a row.</param>
/// <param name="rows">The number of rows: 2 or 4.</param>
internal sealed class CharacterLcdDisplay(I2cDevice bus, int columns, int rows) : IDisplay
{
    // A00 is the usual character ROM; the invariant culture does not add custom letters.
    private static readonly LcdCharacterEncoding Letters =
        new LcdCharacterEncodingFactory().Create(CultureInfo.InvariantCulture, "A00", '?', 0);

    public void Show(string text) => BindingCall.Ask(() =>
    {
        // The display is initialized for each text: a pulse of the lock's coil may shift the two halves of a byte undetected.
        Hd44780 lcd = new(new Size(columns, rows), LcdInterface.CreateI2c(bus, uses8Bit: false));
        string spelled = DisplayLetters.Spell(text.Replace('ß', 'β'), letter => "äöüñβ".Contains(letter, StringComparison.Ordinal));
        foreach ((int row, string shown) in TextLayout.Rows(spelled, columns).Take(rows).Index())
        {
            lcd.SetCursorPosition(0, row);
            // The binding expects codes of the ROM as characters.
            lcd.Write(Encoding.Latin1.GetString(Letters.GetBytes(TextLayout.Centred(shown, columns))));
        }

        lcd.BacklightOn = text.Length > 0;
        return lcd;
    });

    public void Dispose() => bus.Dispose();
}
