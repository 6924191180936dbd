using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Tests.Faces;

/// <summary>Degrades pictures as cameras and light do.</summary>
internal static class DegradedPictures
{
    public static void Darken(this Frame frame, double factor) => Change(frame, (from, to) => from.ConvertTo(to, -1, factor));

    /// <summary>Blurs the picture with a Gaussian whose deviation is this part of the face's width, as a lens out of focus does.</summary>
    public static void Blur(this Frame frame, Face face, double part) =>
        Change(frame, (from, to) => Cv2.GaussianBlur(from, to, default, part * face.Box.Width));

    /// <summary>Smears the picture sideways by this part of the face's width, as a movement during the exposure does.</summary>
    public static void Smear(this Frame frame, Face face, double part) =>
        Change(frame, (from, to) => Cv2.Blur(from, to, new Size((int)(part * face.Box.Width), 1)));

    /// <summary>Smears the picture up and down, as a nodding head or a shaking camera does.</summary>
    public static void SmearDown(this Frame frame, Face face, double part) =>
        Change(frame, (from, to) => Cv2.Blur(from, to, new Size(1, (int)(part * face.Box.Width))));

    public static void Resize(this Frame frame, double factor) =>
        Change(frame,
            (from, to) => Cv2.Resize(from, to, default, factor, factor, factor < 1 ? InterpolationFlags.Area : InterpolationFlags.Cubic));

    private static void Change(Frame frame, Action<Mat, Mat> change)
    {
        using Mat from = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Pixels.ToArray());
        using Mat to = new();
        change(from, to);
        MatFrame.Copy(to, frame);
    }
}
