using System.Runtime.InteropServices;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Frames;

/// <summary>Detects a frozen camera, which delivers the same bytes again and again. Keeps a hash of the previous frame.</summary>
internal sealed class FrameHealth(FrameOptions options)
{
    private ulong _hash;
    private TimeSpan? _sameSince;

    /// <summary>Checks the next frame; returns the problem, or null if there is none.</summary>
    public string? Judge(Frame frame)
    {
        ulong hash = Hash(frame.Pixels);
        if (hash != _hash || _sameSince is null)
            (_hash, _sameSince) = (hash, frame.CapturedAt);
        TimeSpan same = frame.CapturedAt - _sameSince.Value;
        return same >= options.FrozenAfter && Brightness(frame) >= options.DarkBelow
            ? $"the picture is frozen: the same bytes for {options.FrozenAfter.TotalSeconds:0.#} s"
            : null;
    }

    /// <summary>Estimates the mean of all bytes, 0 to 255, from every 61st byte: enough to distinguish night from day.</summary>
    public static double Brightness(Frame frame)
    {
        const int Step = 61;
        ReadOnlySpan<byte> pixels = frame.Pixels;
        long sum = 0, count = 0;
        for (int i = 0; i < pixels.Length; i += Step, count++)
            sum += pixels[i];
        return (double)sum / count;
    }

    /// <summary>Computes FNV-1a over eight bytes at a time. A chance collision would have to last for seconds to matter.</summary>
    private static ulong Hash(ReadOnlySpan<byte> pixels)
    {
        const ulong Prime = 0x100000001B3;
        ulong hash = 0xCBF29CE484222325;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(pixels);
        foreach (ulong word in words)
            hash = (hash ^ word) * Prime;
        foreach (byte rest in pixels[(sizeof(ulong) * words.Length)..])
            hash = (hash ^ rest) * Prime;
        return hash;
    }
}
