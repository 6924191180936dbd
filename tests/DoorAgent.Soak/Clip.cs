using OpenCvSharp;

namespace DoorAgent.Soak;

/// <summary>Makes the video file that the door's camera plays: built-in adam before the door, each frame with noise of its own, since a
/// picture that repeats counts as a frozen camera.</summary>
internal static class Clip
{
    private const int Frames = 90, Seed = 1;
    private const double Noise = 2;

    /// <summary>Writes the clip.</summary>
    /// <param name="file">The file, an AVI with Motion JPEG.</param>
    /// <param name="rate">Frames per second.</param>
    /// <param name="pictures">Folder of the pictures.</param>
    public static void Write(string file, double rate, string pictures)
    {
        Cv2.SetTheRNG(Seed);
        string[] files = [.. Directory.GetFiles(pictures, "*.jpg").Order(StringComparer.Ordinal)];
        using Mat first = Cv2.ImRead(files[0]);
        using VideoWriter writer = new(file, FourCC.MJPG, rate, first.Size());
        if (!writer.IsOpened())
            throw new IOException($"{file} cannot be written as a video.");
        using Mat noise = new(first.Size(), MatType.CV_16SC3);
        for (int i = 0; i < Frames; i++)
        {
            using Mat picture = Cv2.ImRead(files[i % files.Length]);
            using Mat wide = new();
            picture.ConvertTo(wide, MatType.CV_16SC3);
            Cv2.Randn(noise, Scalar.All(0), Scalar.All(Noise));
            using Mat sum = wide + noise;
            using Mat narrow = new();
            sum.ConvertTo(narrow, MatType.CV_8UC3);
            writer.Write(narrow);
        }
    }
}
