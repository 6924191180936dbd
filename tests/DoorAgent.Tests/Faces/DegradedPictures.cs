using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Tests.Faces;

/// <summary>Pictures made worse as cameras and light do.</summary>
internal static class DegradedPictures
{
    public static void Darken(this Frame frame, double factor) => Change(frame, (from, to) => from.ConvertTo(to, -1, factor));

    /// <summary>Out of focus: a Gaussian whose deviation is this part of the face's width.</summary>
    public static void Blur(this Frame frame, Face face, double part) =>
        Change(frame, (from, to) => Cv2.GaussianBlur(from, to, default, part * face.Box.Width));

    /// <summary>The person moved sideways by this part of the face's width while the picture was taken.</summary>
    public static void Smear(this Frame frame, Face face, double part) =>
        Change(frame, (from, to) => Cv2.Blur(from, to, new Size((int)(part * face.Box.Width), 1)));

    /// <summary>The same up and down: a nodding head, or a door that shakes its camera.</summary>
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
