using Iot.Device.Graphics;

namespace DoorAgent.Hardware.Displays;

/// <summary>Draws a text as pixels in the memory order of an SSD1306: pages of eight rows, a byte for each column, the lowest bit on top.
/// Pure.</summary>
internal static class TextBitmap
{
    private const int LetterWidth = 5, CellWidth = 6, CellHeight = 8;

    private static readonly Font5x8 Font = new();

    /// <summary>The marks above letters, in the font's five columns.</summary>
    private static readonly Dictionary<char, ushort> Marks = new()
    {
        ['\u0300'] = 0b01100, ['\u0301'] = 0b00110, ['\u0302'] = 0b00100, ['\u0303'] = 0b01101,
        ['\u0308'] = 0b01010, ['\u030A'] = 0b00100, ['\u030C'] = 0b01010,
    };

    /// <summary>Draws a text in the middle, at double size when it fits.</summary>
    public static byte[] Draw(string text, int width, int height)
    {
        string spelled = DisplayLetters.Spell(text, letter => IsMarked(letter, out _, out _));
        int scale = TextLayout.Fits(spelled, width / (2 * CellWidth), height / (2 * CellHeight)) ? 2 : 1;
        (int columns, int most) = (width / (scale * CellWidth), height / (scale * CellHeight));
        string[] rows = [.. TextLayout.Rows(spelled, columns).Take(most)];
        byte[] points = new byte[width * height / CellHeight];
        int top = (height - (rows.Length * scale * CellHeight)) / 2;
        foreach ((int row, string shown) in rows.Index())
        {
            int left = (width - (shown.Length * scale * CellWidth)) / 2;
            foreach ((int column, char letter) in shown.Index())
                DrawLetter(letter, left + (column * scale * CellWidth), top + (row * scale * CellHeight));
        }

        return points;

        void DrawLetter(char letter, int left, int top)
        {
            ReadOnlySpan<ushort> glyph = Glyph(letter);
            for (int y = 0; y < CellHeight * scale; y++)
            {
                for (int x = 0; x < LetterWidth * scale; x++)
                {
                    if ((glyph[y / scale] >> (LetterWidth - 1 - (x / scale)) & 1) != 0)
                        points[((top + y) / CellHeight * width) + left + x] |= (byte)(1 << ((top + y) % CellHeight));
                }
            }
        }
    }

    private static ushort[] Glyph(char letter)
    {
        bool isMarked = IsMarked(letter, out char plain, out ushort mark);
        Font.GetCharData(isMarked ? plain : letter, out ReadOnlySpan<ushort> found);
        ushort[] rows = found.ToArray();
        if (!isMarked)
            return rows;
        // The font leaves the last row free, so a letter that reaches the top is moved down to make room for its mark.
        if (rows[0] != 0 && plain is not ('i' or 'j'))
            rows = [0, .. rows[..^1]];
        rows[0] = mark;
        return rows;
    }

    private static bool IsMarked(char letter, out char plain, out ushort mark)
    {
        (plain, char found) = DisplayLetters.Split(letter);
        return Marks.TryGetValue(found, out mark) && plain is >= ' ' and <= '~';
    }
}
