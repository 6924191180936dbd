using System.Net;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Commands.Output;

/// <summary>Puts pictures into a page of HTML as data, so that the page needs no other file.</summary>
internal static class HtmlPicture
{
    private const int LongestSide = 320;

    /// <summary>Returns a frame as an image, halved until its longer side has at most 320 pixels.</summary>
    public static string Of(Frame frame) => Image("image/jpeg", FrameDrawing.Encode(Small(frame), ".jpg"));

    /// <summary>Returns an encoded picture as an image.</summary>
    /// <param name="type">Its type, such as image/png.</param>
    /// <param name="bytes">The file's bytes.</param>
    public static string Image(string type, byte[] bytes) => $"<img alt='' src='data:{type};base64,{Convert.ToBase64String(bytes)}'>";

    /// <summary>Returns a picture with words below it.</summary>
    /// <param name="images">One or several images; empty where a picture can no longer be read.</param>
    /// <param name="caption">The words, not yet encoded.</param>
    /// <param name="style">A class of the page's styles; empty for a single picture of a sheet.</param>
    public static string Figure(string images, string caption, string style = "")
    {
        string attribute = style.Length == 0 ? "" : $" class='{style}'";
        return $"<figure{attribute}>{images}<figcaption>{WebUtility.HtmlEncode(caption)}</figcaption></figure>\n";
    }

    private static Frame Small(Frame frame)
    {
        for (; Math.Max(frame.Width, frame.Height) > LongestSide && Math.Min(frame.Width, frame.Height) >= 2;)
        {
            Frame half = new();
            FrameHalver.Halve(frame, half);
            frame = half;
        }

        return frame;
    }
}
