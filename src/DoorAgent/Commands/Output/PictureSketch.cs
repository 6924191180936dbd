using System.Text;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Output;

/// <summary>A picture in a terminal: two pixels in each character, one above the other. Without colours, letters of different
/// brightness.</summary>
internal sealed class PictureSketch : IRenderable
{
    private const string Ramp = " .:-=+*#%@";
    private const char UpperHalf = '\u2580';

    private static readonly (byte R, byte G, byte B) Green = (80, 220, 80);

    private readonly (byte R, byte G, byte B)[,] _cells;

    /// <param name="frame">The picture.</param>
    /// <param name="width">Characters in a row.</param>
    /// <param name="face">A face to outline; null for none.</param>
    /// <param name="isMirrored">Whether left and right are exchanged, as in a mirror.</param>
    public PictureSketch(Frame frame, int width, FaceBox? face = null, bool isMirrored = false)
    {
        int height = Math.Max(1, (int)Math.Round((double)width * frame.Height / frame.Width / 2));
        _cells = new (byte, byte, byte)[2 * height, width];
        for (int y = 0; y < 2 * height; y++)
        {
            for (int x = 0; x < width; x++)
                _cells[y, isMirrored ? width - 1 - x : x] = MeanOf(frame, x, y, width, 2 * height);
        }

        if (face is { } box)
            Outline(box, (float)width / frame.Width, 2f * height / frame.Height, isMirrored);
    }

    private int Rows => _cells.GetLength(0) / 2;

    private int Columns => _cells.GetLength(1);

    public Measurement Measure(RenderOptions options, int maxWidth) => new(Columns, Columns);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        bool hasColours = options.ColorSystem is not ColorSystem.NoColors && options.Unicode;
        for (int row = 0; row < Rows; row++)
        {
            if (hasColours)
            {
                for (int x = 0; x < Columns; x++)
                    yield return new Segment($"{UpperHalf}", new Style(Colour(_cells[2 * row, x]), Colour(_cells[(2 * row) + 1, x])));
            }
            else
            {
                yield return new Segment(Letters(row));
            }

            yield return Segment.LineBreak;
        }
    }

    /// <summary>Returns a row without colours.</summary>
    internal string Letters(int row)
    {
        StringBuilder letters = new();
        for (int x = 0; x < Columns; x++)
        {
            int both = Grey(_cells[2 * row, x]) + Grey(_cells[(2 * row) + 1, x]);
            letters.Append(Ramp[Math.Min(Ramp.Length - 1, both * Ramp.Length / 512)]);
        }

        return letters.ToString();
    }

    private void Outline(FaceBox box, float byX, float byY, bool isMirrored)
    {
        (int rows, int columns) = (_cells.GetLength(0), Columns);
        int left = (int)(box.X * byX), right = (int)((box.X + box.Width) * byX);
        int top = (int)(box.Y * byY), bottom = (int)((box.Y + box.Height) * byY);
        for (int y = Math.Max(top, 0); y <= Math.Min(bottom, rows - 1); y++)
        {
            for (int x = Math.Max(left, 0); x <= Math.Min(right, columns - 1); x++)
            {
                if (x == left || x == right || y == top || y == bottom)
                    _cells[y, isMirrored ? columns - 1 - x : x] = Green;
            }
        }
    }

    private static int Grey((byte R, byte G, byte B) cell) => ((77 * cell.R) + (150 * cell.G) + (29 * cell.B)) / 256;

    private static Color Colour((byte R, byte G, byte B) cell) => new(cell.R, cell.G, cell.B);

    private static (byte R, byte G, byte B) MeanOf(Frame frame, int x, int y, int columns, int rows)
    {
        (int left, int right) = Part(x, columns, frame.Width);
        (int top, int bottom) = Part(y, rows, frame.Height);
        ReadOnlySpan<byte> pixels = frame.Pixels;
        int blue = 0, green = 0, red = 0, count = (right - left) * (bottom - top);
        for (int v = top; v < bottom; v++)
        {
            for (int i = 3 * ((v * frame.Width) + left), end = i + (3 * (right - left)); i < end; i += 3)
                (blue, green, red) = (blue + pixels[i], green + pixels[i + 1], red + pixels[i + 2]);
        }

        return ((byte)(red / count), (byte)(green / count), (byte)(blue / count));
    }

    private static (int From, int To) Part(int index, int parts, int length)
    {
        int from = Math.Min((int)((long)index * length / parts), length - 1);
        return (from, Math.Clamp((int)((long)(index + 1) * length / parts), from + 1, length));
    }
}
