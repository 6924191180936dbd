using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Draws on frames and encodes them as picture files.</summary>
internal static class FrameDrawing
{
    /// <summary>Draws an outline; parts beyond the frame are clipped.</summary>
    public static void Box(Frame frame, float x, float y, float width, float height, (byte B, byte G, byte R) colour) =>
        On(frame, picture => Cv2.Rectangle(picture, new Rect((int)x, (int)y, (int)width, (int)height), Of(colour), thickness: 2));

    /// <summary>Draws a small filled circle.</summary>
    public static void Dot(Frame frame, float x, float y, (byte B, byte G, byte R) colour) => On(frame, picture =>
        Cv2.Circle(picture, (int)x, (int)y, 2, Of(colour), thickness: -1));

    /// <summary>Draws a filled rectangle; parts beyond the frame are clipped.</summary>
    public static void Fill(Frame frame, float x, float y, float width, float height, (byte B, byte G, byte R) colour) =>
        On(frame, picture => Cv2.Rectangle(picture, new Rect((int)x, (int)y, (int)width, (int)height), Of(colour), thickness: -1));

    /// <summary>Draws a line of text on black, with its lower left corner at a point.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="x">Left end, in pixels.</param>
    /// <param name="y">Base line, in pixels.</param>
    /// <param name="text">The text; letters other than those of ASCII are shown as question marks.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="scale">Size as a multiple of OpenCV's default size; null for a size by the picture's width.</param>
    public static void Text(Frame frame, float x, float y, string text, (byte B, byte G, byte R) colour, double? scale = null) =>
        On(frame, picture =>
    {
        double by = scale ?? SizeOn(picture);
        Size size = Cv2.GetTextSize(text, HersheyFonts.HersheySimplex, by, 1, out int below);
        int left = Math.Max(0, Math.Min((int)x, picture.Width - size.Width));
        int bottom = Math.Clamp((int)y, size.Height + 2, Math.Max(size.Height + 2, picture.Height - below));
        Cv2.Rectangle(picture, new Rect(left, bottom - size.Height - 2, size.Width, size.Height + below + 2), Scalar.Black, thickness: -1);
        Point corner = new(left, bottom);
        Cv2.PutText(picture, text, corner, HersheyFonts.HersheySimplex, by, Of(colour), 1, LineTypes.AntiAlias);
    });

    /// <summary>Encodes a frame as a JPEG file of good quality and small size (quality 90 of 100).</summary>
    public static byte[] ToJpeg(Frame frame)
    {
        byte[] bytes = [];
        On(frame, picture => Cv2.ImEncode(".jpg", picture, out bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, 90)));
        return bytes;
    }

    /// <summary>Encodes a frame as the bytes of a picture file.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="ending">.png, .jpg or another of <see cref="PictureFile.Extensions"/>; selects the format.</param>
    /// <exception cref="InvalidDataException">OpenCV cannot write this format.</exception>
    public static byte[] Encode(Frame frame, string ending)
    {
        byte[] bytes = [];
        try
        {
            On(frame, picture => Cv2.ImEncode(ending, picture, out bytes));
        }
        catch (OpenCVException failure)
        {
            throw new InvalidDataException($"A picture cannot be written as {ending}.", failure);
        }

        return bytes;
    }

    /// <summary>Scales the font with the picture: half of OpenCV's default size at 640 pixels.</summary>
    private static double SizeOn(Mat picture) => Math.Clamp(picture.Width / 1280.0, 0.3, 1);

    private static Scalar Of((byte B, byte G, byte R) colour) => new(colour.B, colour.G, colour.R);

    private static unsafe void On(Frame frame, Action<Mat> draw)
    {
        fixed (byte* pixels = frame.Pixels)
        {
            using Mat picture = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, (nint)pixels);
            draw(picture);
        }
    }
}
